"""Looking for good settings: what is searched, the studies, and what came of them."""
