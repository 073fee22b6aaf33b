"""What keeps a network from being written as source code."""


class ExportError(ValueError):
    """A network that cannot be written; the sentence says which of its layers, and why."""
