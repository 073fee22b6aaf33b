"""Ways to look at a study."""

from studio.pages.search.plots.actions import declare_plot
from studio.pages.search.plots.contour import Contour
from studio.pages.search.plots.coordinates import Coordinates
from studio.pages.search.plots.curves import TrialCurves
from studio.pages.search.plots.history import History
from studio.pages.search.plots.importance import Importance
from studio.pages.search.plots.pareto import Pareto
from studio.pages.search.plots.slices import Slice
from studio.pages.search.plots.timeline import Timeline
from studio.pages.search.plots.view import StudyView

VIEWS: tuple[type[StudyView], ...] = (History, TrialCurves, Coordinates, Importance, Slice, Contour, Pareto, Timeline)
"""In the order of their tabs."""

__all__ = ["VIEWS", "StudyView", "declare_plot"]
