"""A new search: marks, settings, and the start."""

from studio.pages.search.setup.panel import Setup, variables_of

__all__ = ["Setup", "variables_of"]
