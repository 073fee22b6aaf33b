"""What keeps a study from being searched."""

from __future__ import annotations


class StudyError(ValueError):
    """A study that cannot be searched (any further), in the user's words."""
