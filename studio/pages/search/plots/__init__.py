"""Ways to look at a study."""

from studio.pages.search.plots.curves import TrialCurves
from studio.pages.search.plots.history import History
from studio.pages.search.plots.view import StudyView

VIEWS: tuple[type[StudyView], ...] = (History, TrialCurves)
"""In the order of their tabs."""

__all__ = ["VIEWS", "StudyView"]
