"""Gestures: each is a small class that lives from the press to the release and can always be given up."""

from studio.canvas.hands.tools.band import Band
from studio.canvas.hands.tools.connect import Connect
from studio.canvas.hands.tools.copy import Copy
from studio.canvas.hands.tools.frame import Carry, Resize
from studio.canvas.hands.tools.knife import Knife
from studio.canvas.hands.tools.lead import Lead, add_point, place_in
from studio.canvas.hands.tools.move import Move
from studio.canvas.hands.tools.pan import Pan
from studio.canvas.hands.tools.place import Place
from studio.canvas.hands.tools.tool import Tool

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
    "add_point",
    "place_in",
]
