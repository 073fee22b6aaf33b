"""Lighting up what the pointer is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.canvas.hands.below import Below

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas


class _Lit(Protocol):
    def set_hovered(self, on: bool) -> None: ...


class Hovering:
    """Knows which box, wire or frame is lit.

    Args:
        canvas: where the pointer moves.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._was = Below()

    def over(self, now: Below) -> None:
        """The pointer is over this now."""
        scene, was = self._canvas.network, self._was
        self._light(scene.nodes, _box(was), _box(now))
        self._light(scene.links, was.link, now.link)
        self._light(scene.frames, was.frame and was.frame.frame.id, now.frame and now.frame.frame.id)
        self._was = now
        self._canvas.viewport().setCursor(now.cursor)

    def _light(self, items: object, was: object, now: object) -> None:
        if was == now:
            return
        assert isinstance(items, dict)
        for one, on in ((was, False), (now, True)):
            lit: _Lit | None = items.get(one)
            if lit is not None:
                lit.set_hovered(on)


def _box(what: Below) -> str:
    return what.end.node if what.end else what.node
