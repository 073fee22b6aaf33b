"""Looking for good settings: what is searched, the studies, and what came of them."""

from studio.pages.search.page import Search

__all__ = ["Search"]
