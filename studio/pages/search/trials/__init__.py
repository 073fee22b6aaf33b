"""The table of trials."""

from studio.pages.search.trials.table import TrialsTable

__all__ = ["TrialsTable"]
