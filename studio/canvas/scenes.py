"""The scenes of the networks that were looked at lately: going back to one makes nothing anew."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QObject

from studio.canvas.scene import NetworkScene

KEPT = 6
"""So many scenes at most; of a network of two thousand nodes one takes some ten megabytes."""


class Scenes:
    """Keeps a scene for each network, the ones that were shown last.

    Args:
        first: the scene of the network that is shown now; others have its look.
        network: which network that is.
        owner: with whom the scenes go.
    """

    def __init__(self, first: NetworkScene, network: str, *, owner: QObject) -> None:
        self._look = first.look
        self._owner = owner
        self._kept = {network: first}

    def of(self, network: str) -> NetworkScene:
        """The scene of a network: as it was left, or a new and empty one."""
        scene = self._kept.pop(network, None)
        if scene is None:
            scene = NetworkScene(self._look)
            scene.setParent(self._owner)
        self._kept[network] = scene  # the newest stands last
        for oldest in list(self._kept)[:-KEPT]:
            self._forget(oldest)
        return scene

    def keep(self, networks: Container[str]) -> None:
        """Forget the scenes of networks that are not among these; the one that was asked for last stays."""
        for name in [name for name in list(self._kept)[:-1] if name not in networks]:
            self._forget(name)

    def _forget(self, network: str) -> None:
        self._kept.pop(network).deleteLater()
