"""Will it fit: an item in the status line, and the card it opens."""

from studio.shell.fit.fit import Fit

__all__ = ["Fit"]
