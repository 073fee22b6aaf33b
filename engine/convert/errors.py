"""The one way in which a conversion fails."""

from __future__ import annotations


class ConvertError(ValueError):
    """A model that cannot be drawn, in one sentence for whoever asked for it."""
