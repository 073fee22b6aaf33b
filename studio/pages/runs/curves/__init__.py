"""The curves of the selected runs: any number of charts, looked at together."""

from studio.pages.runs.curves.curves import Curves

__all__ = ["Curves"]
