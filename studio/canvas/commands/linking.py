"""Joining and naming from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action
from studio.canvas.editing.joining import End, Joining
from studio.canvas.overlays.name_editor import NameEditor
from studio.canvas.search.finding import Entry

if TYPE_CHECKING:
    from studio.canvas.canvas import Canvas

Wire = tuple[End, End]


class Linking:
    """Declares what joins the chosen layer to another, and what names it.

    Args:
        canvas: where they are.
        tell: shows a sentence to the person.
    """

    def __init__(self, canvas: Canvas, tell: Callable[[str], object]) -> None:
        self._canvas = canvas
        self._tell = tell
        self.name_editor = NameEditor(canvas, tell)

    def actions(self) -> tuple[Action, ...]:
        """All of them, for the window's list."""
        act = partial(Action, group="Network", owner=self._canvas, section="canvas")
        return (
            act(
                id="edit.join",
                text="Join to…",
                phrase="Join the layer to…",
                handler=self.join,
                shortcut="W",
                icon="link",
                enabled=lambda: len(self._canvas.selection.nodes) in (1, 2),
            ),
            act(
                id="edit.rename",
                text="Rename layer…",
                wording=lambda: "Edit the frame's words…" if self._framed() else "Rename layer…",
                handler=self.rename,
                shortcut="F2",
                icon="edit",
                enabled=lambda: self._framed() or len(self._canvas.selection.nodes) == 1,
            ),
        )

    def rename(self) -> None:
        """Write another name on the chosen box, or other words on the chosen frame."""
        if self._framed():
            self._canvas.frame_opened.emit(self._canvas.selection.frames[0])
        else:
            self.name_editor.open(self._canvas.selection.nodes[0])

    def _framed(self) -> bool:
        """Whether one frame is chosen and nothing else."""
        selection = self._canvas.selection
        return len(selection.frames) == 1 and not selection.nodes

    def join(self) -> None:
        """Ask which input the chosen layer feeds; of two chosen ones, the upper feeds the lower."""
        chosen = self._by_height()
        source = chosen[0]
        wires = list(self._wires(source, chosen[1:] or [node for node in self._canvas.graph.index if node != source]))
        if not wires:
            self._tell(f"Nothing can be joined to {source}: whatever has an input feeds it already, or is fed by it.")
        elif len(wires) == 1 and len(chosen) == 2:
            self._canvas.editing.connect(*wires[0])
        else:
            self._ask(source, wires)

    def _ask(self, source: str, wires: list[Wire]) -> None:
        canvas = self._canvas
        several = len({start.port for start, _ in wires}) > 1
        offered = {f"{place}": wire for place, wire in enumerate(wires)}
        entries = tuple(self._entry(key, *wire, several=several) for key, wire in offered.items())
        place = canvas.mapFromScene(canvas.network.nodes[source].rect.bottomLeft())

        def connect(key: str) -> None:
            start, end = offered[key]
            canvas.editing.connect(start, end)
            canvas.selection.set([end.node])

        canvas.popup.choose(place, connect, entries, hint=f"Join {source} to")

    def _wires(self, source: str, targets: Iterable[str]) -> Iterator[Wire]:
        """Every wire that may be drawn, the free inputs and the nearest boxes first."""
        scene = self._canvas.network
        here = scene.nodes[source].rect.center()
        found: list[tuple[bool, float, Wire]] = []
        for start in (end for end in scene.nodes[source].ends() if end.output):
            joining = Joining(self._canvas.graph, start)
            for name in targets:
                item = scene.nodes[name]
                far = (item.rect.center() - here).manhattanLength()
                ends = [end for end in item.ends() if not end.output and not joining.refusal(end)]
                found += [(joining.replaced(end) is not None, far, (start, end)) for end in ends]
        return (wire for _, _, wire in sorted(found, key=lambda one: one[:2]))

    def _entry(self, key: str, start: End, end: End, *, several: bool) -> Entry:
        layer = self._canvas.editing.catalogue.layers.get(self._canvas.graph[end.node].kind)
        single = len([one for one in self._canvas.network.nodes[end.node].ends() if not one.output]) == 1
        given = f"{start.port} → " if several else ""
        gone = Joining(self._canvas.graph, start).replaced(end)
        title = layer.title() if layer else self._canvas.graph[end.node].kind
        return Entry(
            kind=key,
            title=f"{given}{end.node}" + ("" if single else f".{end.port}"),
            summary=f"{title}, takes the place of {gone.source}" if gone else title,
            category=layer.category if layer else "",
            synonyms=(title,),
        )

    def _by_height(self) -> list[str]:
        nodes = self._canvas.network.nodes
        return sorted(self._canvas.selection.nodes, key=lambda name: nodes[name].rect.top())
