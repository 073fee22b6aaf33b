"""What several seeds of the selected runs say: means with intervals, and whether two groups differ."""

from studio.pages.runs.seeds.view import SeedsView

__all__ = ["SeedsView"]
