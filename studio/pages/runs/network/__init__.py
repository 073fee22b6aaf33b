"""What became of the network of one run in another, drawn on a canvas."""

from studio.pages.runs.network.view import Network

__all__ = ["Network"]
