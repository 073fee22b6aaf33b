"""The Data page: what is learned from, seen before anything is trained on it."""

from studio.pages.data.page import Data

__all__ = ["Data"]
