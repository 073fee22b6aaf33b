"""Blocks by real mouse and keys: made, entered, named, left and taken apart, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from engine.spec import Graph, Link, Node, Project, write_project
from tests.journeys.desk import Desk, screen, window

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(120)]

CHAIN = {"start": "Input", "first": "Linear", "gate": "ReLU", "last": "Linear", "end": "Output"}


def drawing() -> Graph:
    nodes = [
        Node(id=name, kind=kind, position=(0.0, 120.0 * place)) for place, (name, kind) in enumerate(CHAIN.items())
    ]
    nodes[0] = nodes[0].set(shape=(16,))
    return Graph(nodes=tuple(nodes), links=tuple(Link(source=one, target=other) for one, other in pairwise(CHAIN)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One window for all of these."""
    folder = tmp_path_factory.mktemp("blocks")
    file = folder / "drawing.netloom"
    write_project(file, Project(networks={"model": drawing()}))
    with screen() as display, window(display, file, folder / "space", folder / "home") as made:
        made.until(lambda: made.ask("where", "node:start"))
        made.until(lambda: made.ask("analyzed"))
        yield made


def networks(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.ask("project")["networks"]
    return found


def sees(desk: Desk, condition: Callable[[], Any]) -> None:
    desk.until(condition, within=15)


def group(desk: Desk, *names: str) -> None:
    """Choose by clicks and press Ctrl+G."""
    for place, name in enumerate(names):
        desk.tap(desk.ask("where", f"node:{name}"), keys=["shift"] if place else [])
    sees(desk, lambda: set(desk.ask("chosen")["nodes"]) == set(names))
    desk.press("ctrl+g")
    sees(desk, lambda: "block" in networks(desk))


def take_back(desk: Desk, start: Any) -> None:
    """Press Ctrl+Z until everything is as it was."""
    for _ in range(8):
        before = desk.ask("project")
        if before == start:
            return
        desk.press("ctrl+z")
        sees(desk, partial(_differs, desk, before))
    assert desk.ask("project") == start


def _differs(desk: Desk, project: Any) -> bool:
    return bool(desk.ask("project") != project)


def test_that_layers_become_a_block_that_is_entered_left_and_taken_apart(desk: Desk) -> None:
    start = desk.ask("project")
    group(desk, "first", "gate")
    assert desk.ask("chosen")["nodes"] == ["block_1"]
    desk.tap(desk.ask("where", "node:block_1"), times=2)
    sees(desk, lambda: desk.ask("level") == ["block", ["block_1"]])
    sees(desk, lambda: desk.ask("where", "node:gate"))
    desk.press("Escape")
    sees(desk, lambda: desk.ask("level") == ["model", []])
    assert desk.ask("chosen")["nodes"] == ["block_1"]
    desk.press("Return")
    sees(desk, lambda: desk.ask("level") == ["block", ["block_1"]])
    desk.click("model")
    sees(desk, lambda: desk.ask("level") == ["model", []])
    desk.press("ctrl+shift+g")
    sees(desk, lambda: list(networks(desk)) == ["model"])
    assert desk.ask("project") == start
    take_back(desk, start)


def test_that_a_switch_in_the_inspector_lets_the_block_set_a_parameter(desk: Desk) -> None:
    start = desk.ask("project")
    group(desk, "first", "gate")
    desk.press("Return")
    sees(desk, lambda: desk.ask("where", "node:first"))
    desk.tap(desk.ask("where", "node:first"))
    desk.click("Let blocks set out_features")
    sees(desk, lambda: networks(desk)["block"].get("exposed"))
    desk.click("model")
    sees(desk, lambda: desk.ask("level") == ["model", []])
    desk.click("out_features")
    desk.press("ctrl+a")
    desk.write("7")
    desk.press("Return")
    block = "network", "out_features"
    sees(desk, lambda: tuple(_block(desk)["parameters"]) == block and _block(desk)["parameters"]["out_features"] == 7)
    desk.tap(desk.ask("at", -150, 500))
    take_back(desk, start)


def _block(desk: Desk) -> dict[str, Any]:
    return next(node for node in networks(desk)["model"]["nodes"] if node["id"] == "block_1")


def test_that_a_group_that_data_would_reenter_is_refused_and_nothing_changes(desk: Desk) -> None:
    start = desk.ask("project")
    for place, name in enumerate(("first", "last")):
        desk.tap(desk.ask("where", f"node:{name}"), keys=["shift"] if place else [])
    sees(desk, lambda: set(desk.ask("chosen")["nodes"]) == {"first", "last"})
    desk.press("ctrl+g")
    sees(desk, lambda: any("cannot be one block" in text for text in desk.ask("told")))
    assert desk.ask("project") == start
