"""Painting the pictures of what is in sight, and no more of them in a frame than it has time for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap

from studio.canvas.items.link import PILL_ROOM
from studio.canvas.items.sprite import Sprite, painted
from studio.canvas.look import Detail

if TYPE_CHECKING:
    from studio.canvas.items.node import NodeItem
    from studio.canvas.scene import NetworkScene

ALWAYS = 40
"""So many are painted in a frame whatever the time: few enough never to be noticed, and a small network whole."""
KEPT = 1500
"""So many pictures may be out of sight before they are given back."""


class Pictures:
    """Keeps the sprites of a scene painted; equal ones share a picture as long as the look stays what it is.

    Args:
        scene: whose sprites they are.
    """

    def __init__(self, scene: NetworkScene) -> None:
        self._scene = scene
        self._made: dict[Hashable, QPixmap] = {}
        self._stamp: Hashable = None
        self._kept: Hashable = None
        self._holding: set[Sprite] = set()
        self.bare: set[Sprite] = set()
        """Those in sight whose picture is still to be painted and that have no older one."""
        self.guests: set[NodeItem] = set()
        """Boxes that stand for no node, such as the ghost of one that is being placed."""

    def freshen(self, sight: QRectF, seconds: float) -> bool:
        """Paint what is in sight and not painted yet, in about so much time; return whether that was all."""
        scene, stage, until = self._scene, self._scene.stage, perf_counter() + seconds
        self._renew()
        if scene.look.detail is Detail.FAR:
            self.bare = set()
            return self._paint([guest.sprite for guest in self.guests], until)
        nodes = [scene.nodes[one] for one in scene.node_places.near(sight)]
        wires = [scene.links[one] for one in scene.wire_places.near(sight.adjusted(-PILL_ROOM, 0, PILL_ROOM, 0))]
        stage.clear_beside((*nodes, *wires))
        for item in (*wires, *nodes):
            stage.enter(item)
        sprites: list[Sprite] = [node.sprite for node in (*self.guests, *nodes)]
        if scene.look.detail is Detail.NEAR:
            sprites += [wire.pill for wire in wires if wire.tensor]
        else:  # where a pill cannot be read, the one that was painted when it could be does not stay
            self._drop([pill for wire in wires if (pill := wire.pictured) is not None and not pill.bare])
        if len(self._holding) > KEPT + len(sprites):
            self._drop(self._holding.difference(sprites))
        return self._paint(sprites, until)

    def _renew(self) -> None:
        """Forget the pictures of another state of the look; dimming comes and goes, and both kinds are kept."""
        look = self._scene.look
        self._stamp = look.stamp
        if (kept := (look.age, look.detail, look.whole_shapes, look.painted_ratio)) != self._kept:
            self._kept = kept
            self._made.clear()

    def _paint(self, sprites: list[Sprite], until: float) -> bool:
        """Paint those that are stale, the ones without any picture first."""
        stale = [sprite for sprite in sprites if sprite.stamp != self._stamp]
        stale.sort(key=lambda sprite: not sprite.bare)
        done = 0
        for sprite in stale:
            self._show(sprite)
            done += 1
            if done >= ALWAYS and perf_counter() > until:
                break
        self.bare = {sprite for sprite in stale[done:] if sprite.bare}
        return done == len(stale)

    def _show(self, sprite: Sprite) -> None:
        sprite.prepare()
        ratio, key = self._scene.look.painted_ratio, (type(sprite), self._stamp, sprite.appearance())
        if key not in self._made:
            self._made[key] = painted(sprite, ratio)
        sprite.show_picture(self._made[key], ratio, self._stamp)
        self._holding.add(sprite)

    def forget(self, sprite: Sprite | None) -> None:
        """Its item is gone; one that never was in sight has none."""
        if sprite is not None:
            self._holding.discard(sprite)
            self.bare.discard(sprite)

    def clear(self) -> None:
        """Give all pictures back: nothing is in sight any longer."""
        self._drop(self._holding)
        self._made.clear()
        self.bare = set()

    def _drop(self, sprites: Iterable[Sprite]) -> None:
        for sprite in sprites:
            sprite.drop()
        self._holding = self._holding.difference(sprites)
