"""What stands in frames."""

from __future__ import annotations

from collections.abc import Iterable

from studio.canvas.scene import NetworkScene


def standing(scene: NetworkScene, nodes: Iterable[str], frames: Iterable[str]) -> tuple[list[str], list[str]]:
    """Nodes and frames together with all that stands in these frames: boxes by their middle, frames whole."""
    all_nodes, all_frames = set(nodes), set(frames)
    for area in [scene.frames[name].box for name in all_frames]:
        all_nodes |= {name for name, item in scene.nodes.items() if area.contains(item.rect.center())}
        all_frames |= {name for name, item in scene.frames.items() if area.contains(item.box)}
    return [name for name in scene.graph.index if name in all_nodes], sorted(all_frames)
