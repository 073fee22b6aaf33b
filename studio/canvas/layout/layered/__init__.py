"""Drawing networks in layers, after Sugiyama, Tagawa and Toda (1981): ranks, order within them, coordinates.

Everything here works on names and numbers, knows no Qt, and may run in any thread.
"""

from studio.canvas.layout.layered.columns import columns
from studio.canvas.layout.layered.crossings import untangled
from studio.canvas.layout.layered.mesh import Mesh, meshed
from studio.canvas.layout.layered.ranks import ranked

__all__ = ["Mesh", "columns", "meshed", "ranked", "untangled"]
