"""Export: a drawn network as the PyTorch that a person would have written, in one file that needs no Netloom."""

from engine.export.errors import ExportError
from engine.export.source import source_of

__all__ = ["ExportError", "source_of"]
