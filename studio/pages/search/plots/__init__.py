"""Ways to look at a study."""

from studio.pages.search.plots.view import StudyView

VIEWS: tuple[type[StudyView], ...] = ()
"""In the order of their tabs."""

__all__ = ["VIEWS", "StudyView"]
