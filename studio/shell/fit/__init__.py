"""Will it fit: an item in the status line, and the card it opens."""
