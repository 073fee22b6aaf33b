"""Pages of the window, one for each thing a person does."""

from studio.pages.page import Page

__all__ = ["Page"]
