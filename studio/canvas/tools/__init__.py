"""Gestures: each is a small class that lives from the press to the release and can always be given up."""

from studio.canvas.tools.band import Band
from studio.canvas.tools.connect import Connect
from studio.canvas.tools.copy import Copy
from studio.canvas.tools.frame import Carry, Resize
from studio.canvas.tools.knife import Knife
from studio.canvas.tools.lead import Lead, place_in
from studio.canvas.tools.move import Move
from studio.canvas.tools.pan import Pan
from studio.canvas.tools.place import Place
from studio.canvas.tools.tool import Tool

__all__ = [
    "Band",
    "Carry",
    "Connect",
    "Copy",
    "Knife",
    "Lead",
    "Move",
    "Pan",
    "Place",
    "Resize",
    "Tool",
    "place_in",
]
