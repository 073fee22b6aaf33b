"""The Train page: one run as it happens, or as it happened."""

from studio.pages.train.page import Train

__all__ = ["Train"]
