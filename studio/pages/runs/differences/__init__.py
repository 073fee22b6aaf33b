"""Runs laid beside each other, line by line."""

from studio.pages.runs.differences.view import Differences

__all__ = ["Differences"]
