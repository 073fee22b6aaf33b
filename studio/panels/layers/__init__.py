"""The network as a table: every layer with its shape and its cost."""

from studio.panels.layers.table import LayerTable

__all__ = ["LayerTable"]
