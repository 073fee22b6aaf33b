"""All runs by what they were set to and what came of it: parallel coordinates and scatter plots."""

from studio.pages.runs.plots.view import Plots

__all__ = ["Plots"]
