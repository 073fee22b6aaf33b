"""Whatever is done to a document, in whatever order, it stays whole, can be taken back, saved and seen.

Run `NETLOOM_EDITS=10000 pytest tests/studio/canvas/test_random_edits.py -s` for ten thousand steps; by itself the test
takes few. Its last line says how many steps there were, and how many of them changed the document.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QPointF

from engine.spec import Bookmark, Frame, Graph, Node, Project, format_project, parse_project, read_project
from studio import blocks
from studio.canvas.canvas import Canvas
from studio.canvas.editing.joining import End, Joining
from studio.canvas.layout.arrange import laid_out
from studio.canvas.look import Look
from studio.canvas.scene import NetworkScene
from studio.canvas.showing import Level
from studio.document import Document
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import CATALOGUE, chain
from tests.studio.canvas.test_scene import shown

EDITS = int(os.environ.get("NETLOOM_EDITS", "150"))
STEPS = 50
MOST = 14
"""A network with more nodes is cut down before anything is added: what can go wrong goes wrong with few."""
KINDS = ("Input", "Conv2d", "ReLU", "Linear", "Concat", "Bilinear", "Output", "Unheard")

START = Project(
    networks={
        "model": chain("Input", "Conv2d", "ReLU", "Linear", "Output"),
        "stage": chain("Input", "Conv2d", "Output"),
    }
)
SHARED = Project(
    name="Shared",
    networks={
        "unit": chain("Input", "Linear", "Output"),
        "tower": chain("Input", "ReLU", "Output").add(Node(id="u", kind="Block", parameters={"network": "unit"})),
    },
)


class Edits(RuleBasedStateMachine):
    """Edits of every kind through the doors that hands and panels use; `history` is what undo has to give back."""

    desk: ClassVar[Desk]
    folder: ClassVar[Path]
    counts: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open(self) -> None:
        self.document.replace(START)
        self.history, self.place = [START], 0

    @property
    def document(self) -> Document:
        return self.desk.document

    @property
    def canvas(self) -> Canvas:
        return self.desk.canvas

    @property
    def graph(self) -> Graph:
        return self.canvas.graph

    @property
    def network(self) -> str:
        return self.canvas.showing.network

    # Every step

    def done(self, way: str) -> None:
        """Write down what the last step made of the document."""
        self.counts["steps"] += 1
        if self.document.history.index == self.place:
            assert self.document.project == self.history[self.place], f"{way} changed the document without a step"
            return
        self.counts["edits"] += 1
        self.counts[way] += 1
        self.history = [*self.history[: self.place + 1], self.document.project]
        self.place += 1
        assert self.document.history.index == self.place, f"{way} was more than one step"

    @rule(seed=some.integers(0, 2**32), theme=some.sampled_from(("node", "wire", "place", "block", "network", "time")))
    def step(self, seed: int, theme: str) -> None:
        draw = Random(seed)
        name, edit = draw.choice(self.ways()[theme])
        try:
            edit(draw)
        except ValueError:
            self.counts["refused"] += 1
        self.done(name)

    def ways(self) -> dict[str, list[tuple[str, Callable[[Random], object]]]]:
        """The kinds of edits that can be made now, by theme."""
        themes: dict[str, tuple[Callable[[Random], object], ...]] = {
            "node": (self.add, self.remove, self.mute, self.rename, self.change, self.paste, self.duplicate),
            "wire": (self.connect, self.connect, self.disconnect, self.lead),
            "place": (self.move, self.arrange, self.frame, self.unframe, self.bookmark),
            "block": (self.group, self.group, self.ungroup, self.repeat, self.use, self.own, self.bring),
            "network": (*self.networks(), *self.exposing()),
            "time": (self.undo, self.undo, self.redo, self.go, self.save),
        }
        return {theme: [(way.__name__, way) for way in ways] for theme, ways in themes.items()}

    # Nodes

    def node(self, draw: Random) -> str:
        if not self.graph.nodes:
            raise ValueError("there is none")
        return str(draw.choice([node.id for node in self.graph.nodes]))

    def some_nodes(self, draw: Random) -> list[str]:
        return [self.node(draw) for _ in range(draw.randint(1, 4))]

    def add(self, draw: Random) -> None:
        if len(self.graph.nodes) > MOST:
            self.canvas.selection.set([node.id for node in self.graph.nodes[: MOST // 2]])
            self.canvas.editing.delete(self.canvas.selection)
            return
        kind = draw.choice(KINDS)
        place = QPointF(*self.spot(draw))
        into = draw.choice((None, *self.graph.links))
        self.canvas.making.add(kind, place, into=into)

    def remove(self, draw: Random) -> None:
        self.canvas.selection.set(self.some_nodes(draw))
        self.canvas.editing.delete(self.canvas.selection, heal=draw.random() < 0.5)

    def mute(self, draw: Random) -> None:
        self.canvas.editing.mute(tuple(self.some_nodes(draw)), muted=draw.random() < 0.5)

    def rename(self, draw: Random) -> None:
        graph = self.graph.rename(self.node(draw), draw.choice(("stem", "head", "x", "1", "tail")))
        self.canvas.editing.commit("Rename", graph)

    def change(self, draw: Random) -> None:
        node = self.graph[self.node(draw)]
        name, value = draw.choice((("out_channels", 8), ("out_features", 3), ("name", "other"), ("odd", 1)))
        self.canvas.editing.commit(
            "Change", self.graph.replace(node.having(parameters=node.set(**{name: value}).parameters))
        )

    def paste(self, draw: Random) -> None:
        self.canvas.selection.set(self.some_nodes(draw))
        self.desk.actions.trigger("edit.copy")
        if draw.random() < 0.5:
            self.go(draw)
        if len(self.graph.nodes) < MOST:
            self.desk.actions.trigger("edit.paste")

    def duplicate(self, draw: Random) -> None:
        self.canvas.selection.set(self.some_nodes(draw)[:3])
        if len(self.graph.nodes) < MOST:
            self.desk.actions.trigger("edit.duplicate")

    # Wires

    def connect(self, draw: Random) -> None:
        ends = [end for item in self.canvas.network.nodes.values() for end in item.ends()]
        outputs, inputs = [end for end in ends if end.output], [end for end in ends if not end.output]
        if outputs and inputs:
            start: End = draw.choice(outputs)
            end: End = draw.choice(inputs)
            if not Joining(self.graph, start).refusal(end):
                self.canvas.editing.connect(start, end)

    def disconnect(self, draw: Random) -> None:
        if self.graph.links:
            self.canvas.editing.disconnect(draw.choice(self.graph.links))

    def lead(self, draw: Random) -> None:
        if self.graph.links:
            link = draw.choice(self.graph.links)
            self.canvas.editing.lead(link, tuple(self.spot(draw) for _ in range(draw.randint(0, 2))), "Lead")

    # Places

    def spot(self, draw: Random) -> tuple[float, float]:
        return draw.randint(-40, 40) * 8.0, draw.randint(-40, 40) * 8.0

    def move(self, draw: Random) -> None:
        places = {node: self.spot(draw) for node in self.some_nodes(draw)}
        self.canvas.editing.commit("Move", self.graph.move(places))

    def arrange(self, draw: Random) -> None:
        self.canvas.editing.commit("Arrange", laid_out(self.graph, self.canvas.editing.sizes()))

    def frame(self, draw: Random) -> None:
        name = draw.choice(("f", "g"))
        text = draw.choice(("", "What this is for"))
        self.canvas.editing.commit("Frame", self.graph.frame(Frame(id=name, text=text, position=self.spot(draw))))

    def unframe(self, draw: Random) -> None:
        self.canvas.editing.commit("Remove frame", self.graph.unframe(draw.choice(("f", "g"))))

    def bookmark(self, draw: Random) -> None:
        marked = self.graph.mark(Bookmark(key=draw.randint(1, 3), center=self.spot(draw)))
        self.canvas.editing.commit("Bookmark", marked)

    # Blocks

    def block(self, draw: Random) -> Node:
        found = tuple(self.graph.of_kind("Block"))
        if not found:
            raise ValueError("there is none")
        chosen: Node = draw.choice(found)
        return chosen

    def group(self, draw: Random) -> None:
        self.canvas.selection.set(self.some_nodes(draw))
        self.desk.actions.trigger("block.group")

    def ungroup(self, draw: Random) -> None:
        self.canvas.selection.set([self.block(draw).id])
        self.desk.actions.trigger("block.ungroup")

    def repeat(self, draw: Random) -> None:
        node = self.block(draw)
        times = draw.choice((1, 2, 3, 1000))
        self.canvas.editing.commit("Repeat", self.graph.replace(node.set(repeat=times)))

    def use(self, draw: Random) -> None:
        """Let a block stand for another network, be it the one that it stands in."""
        node = self.block(draw)
        name = draw.choice((*self.document.project.networks, "nowhere"))
        changed = node.set(network=name)
        before = self.document.project
        self.canvas.editing.commit("Use", self.graph.replace(changed))
        if name == self.network:
            assert self.document.project is before, "a block was put inside itself"

    def own(self, draw: Random) -> None:
        self.canvas.selection.set([self.block(draw).id])
        self.desk.actions.trigger("block.own")

    def bring(self, draw: Random) -> None:
        """Add a block from a file, with the networks that it uses."""
        if len(self.document.project.networks) > 6 or len(self.graph.nodes) >= MOST:
            return
        with self.document.together("Add a block"):
            project, called = blocks.brought(self.document.project, SHARED, "tower")
            self.document.edit("Bring", project)
            node = Node(id=self.graph.fresh_id("Block"), kind="Block", parameters={"network": called["tower"]})
            self.canvas.editing.commit("Add", self.graph.add(node))

    # Networks, and what they expose

    def networks(self) -> tuple[Callable[[Random], object], ...]:
        project, edit = self.document.project, self.document.edit

        def new(draw: Random) -> None:
            if len(project.networks) < 6:
                edit("New", blocks.added(project, Graph(), "network")[0])

        def copy(draw: Random) -> None:
            if len(project.networks) < 6:
                edit("Copy", blocks.duplicated(project, self.network)[0])

        def call(draw: Random) -> None:
            edit("Call", blocks.renamed(project, self.network, draw.choice(("encoder", "model", "a b"))))

        def drop(draw: Random) -> None:
            edit("Drop", blocks.removed(project, draw.choice(tuple(project.networks))))

        def order(draw: Random) -> None:
            edit("Order", blocks.reordered(project, draw.sample(list(project.networks), len(project.networks))))

        return new, copy, call, drop, order

    def exposing(self) -> tuple[Callable[[Random], object], ...]:
        project, edit, network = self.document.project, self.document.edit, self.network

        def expose(draw: Random) -> None:
            node = self.node(draw)
            names = [one.name for one in project.parameters_of(self.graph[node], CATALOGUE.layers)]
            if names:
                other = draw.choice(("", *(one.name for one in self.graph.exposed)))
                edit("Expose", blocks.expose(project, network, node, draw.choice(names), name=other))

        def hide(draw: Random) -> None:
            targets = [target for one in self.graph.exposed for target in one.targets]
            if targets:
                edit("Hide", blocks.unexpose(project, network, *draw.choice(targets)))

        def title(draw: Random) -> None:
            if self.graph.exposed:
                old = draw.choice(self.graph.exposed).name
                edit("Title", blocks.rename_exposed(project, network, old, draw.choice(("width", "repeat"))))

        def give(draw: Random) -> None:
            node = self.block(draw)
            inner = project.networks.get(str(node.parameters.get("network")), Graph())
            for one in inner.exposed[:1]:
                changed = node.set(**{one.name: 5})
                self.canvas.editing.commit("Give", self.graph.replace(changed))

        return expose, expose, hide, title, give

    # Back, forth and elsewhere

    def undo(self, draw: Random) -> None:
        for _ in range(draw.randint(1, 5)):
            if self.place:
                self.document.undo()
                self.place -= 1
                assert self.document.project == self.history[self.place]

    def redo(self, draw: Random) -> None:
        for _ in range(draw.randint(1, 5)):
            if self.place + 1 < len(self.history):
                self.document.redo()
                self.place += 1
                assert self.document.project == self.history[self.place]

    def go(self, draw: Random) -> None:
        """Look at another network, by its tab or through a block."""
        showing = self.canvas.showing
        inside = [node.id for node in self.graph.of_kind("Block")]
        if inside and draw.random() < 0.5:
            showing.enter(draw.choice(inside))
        elif draw.random() < 0.5 or not showing.leave():
            showing.show(Level(draw.choice(tuple(self.document.project.networks))))

    def save(self, draw: Random) -> None:
        path = self.folder / "random.netloom"
        self.document.save_as(path)
        assert read_project(path) == self.document.project
        assert not self.document.dirty
        if draw.random() < 0.5:
            before = self.document.project
            self.document.open(path)
            assert self.document.project.having(networks=None) == before.having(networks=None)
            self.history, self.place = [self.document.project], 0

    # What always holds

    @invariant()
    def the_document_is_valid(self) -> None:
        project = self.document.project
        assert parse_project(format_project(project)) == project
        assert blocks.circle(project) == ()
        for graph in project.networks.values():
            assert Graph.model_validate(graph.model_dump()) == graph
            assert len({link.ends for link in graph.links}) == len(graph.links)
            assert not graph.loop

    @invariant()
    def undo_gives_the_very_values_back(self) -> None:
        if hasattr(self, "history"):
            assert self.document.project == self.history[self.place]

    @invariant()
    def the_scene_shows_exactly_the_document(self) -> None:
        canvas, showing = self.canvas, self.canvas.showing
        assert showing.network in self.document.project.networks
        graph = self.document.project.networks[showing.network]
        assert canvas.network.graph == graph
        fresh = NetworkScene(Look(canvas.look.colors))
        fresh.show_graph(graph, canvas._describe)
        seen, wanted = shown(canvas.network), shown(fresh)
        assert seen["nodes"] == wanted["nodes"]
        assert seen["frames"] == wanted["frames"]
        assert seen["links"] == wanted["links"]
        assert set(canvas.selection.nodes) <= graph.index.keys()

    def teardown(self) -> None:
        while self.place:
            self.document.undo()
            self.place -= 1
            assert self.document.project == self.history[self.place]


def test_that_random_edits_leave_the_document_valid_undoable_savable_and_shown(
    desk: Callable[[Graph], Desk], tmp_path: Path
) -> None:
    Edits.desk, Edits.folder = desk(Graph()), tmp_path
    Edits.counts.clear()
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=max(EDITS // STEPS, 1),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{Edits.counts['steps']} steps, {Edits.counts['edits']} edits: {dict(Edits.counts.most_common())}")
    assert Edits.counts["steps"] >= EDITS // 2
