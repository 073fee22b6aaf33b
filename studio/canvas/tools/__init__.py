"""Gestures: each is a small class that lives from the press to the release and can always be given up."""

from studio.canvas.tools.band import Band
from studio.canvas.tools.connect import Connect
from studio.canvas.tools.move import Move
from studio.canvas.tools.pan import Pan
from studio.canvas.tools.place import Place
from studio.canvas.tools.tool import Tool

__all__ = ["Band", "Connect", "Move", "Pan", "Place", "Tool"]
