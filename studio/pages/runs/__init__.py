"""The Runs page: every run of the workspace, and their curves over each other."""

from studio.pages.runs.page import Runs

__all__ = ["Runs"]
