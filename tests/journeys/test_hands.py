"""Every habit of the hands on the canvas, by real mouse and keys; each is taken back to the very start."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.spec import Graph, Link, Node, Project, write_project
from tests.journeys.desk import Desk, screen, window

pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(120)]

CHAIN = ("Input", "Linear", "ReLU", "Dropout", "Output")
IDS = ("start", "first", "gate", "drop", "end")


def drawing() -> Graph:
    """A chain, and a layer that stands beside it without wires."""
    nodes = [
        Node(id=name, kind=kind, position=(0.0, 120.0 * place))
        for place, (name, kind) in enumerate(zip(IDS, CHAIN, strict=True))
    ]
    nodes[0] = nodes[0].set(shape=(16,))
    links = tuple(Link(source=one, target=other) for one, other in pairwise(IDS))
    return Graph(nodes=(*nodes, Node(id="loose", kind="Tanh", position=(320.0, 240.0))), links=links)


class Hands:
    """A desk with the drawing on it, and what it was at the start."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.start = desk.ask("project")

    @property
    def network(self) -> Any:
        return self.desk.ask("project")["networks"]["model"]

    def links(self) -> set[str]:
        """The wires, as `source target`."""
        return {f"{link['source']} {link['target']}" for link in self.network["links"]}

    def node(self, name: str) -> dict[str, Any]:
        return next((node for node in self.network["nodes"] if node["id"] == name), {})

    def searched(self, name: str, parameter: str) -> dict[str, Any]:
        """The mark of a node's parameter; empty where it has none."""
        value = self.node(name)["parameters"].get(parameter)
        return value.get("search", {}) if isinstance(value, dict) else {}

    def nodes(self) -> list[str]:
        return [node["id"] for node in self.network["nodes"]]

    def box(self, name: str) -> list[int]:
        place: list[int] = self.desk.ask("where", f"node:{name}")
        return place

    def at(self, x: float, y: float) -> list[int]:
        place: list[int] = self.desk.ask("at", x, y)
        return place

    def chosen(self) -> list[str]:
        names: list[str] = self.desk.ask("chosen")["nodes"]
        return names

    def chose(self, names: set[str]) -> bool:
        return set(self.chosen()) == names

    def sees(self, condition: Callable[[], Any]) -> None:
        self.desk.until(condition, within=10)

    def rest(self) -> None:
        """A click in the empty: nothing is chosen, and the canvas has the keyboard."""
        self.desk.tap(self.at(-150, 500))
        self.sees(lambda: self.desk.ask("focused") == "Network" and not any(self.desk.ask("chosen").values()))

    def undo(self) -> None:
        """Take everything back, step by step, to the very start."""
        for _ in range(12):
            before = self.desk.ask("project")
            if before == self.start:
                return
            self.desk.press("ctrl+z")
            self.sees(partial(self._is_not, before))
        assert self.desk.ask("project") == self.start

    def _is_not(self, project: Any) -> bool:
        return bool(self.desk.ask("project") != project)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """One window for all of these."""
    folder: Path = tmp_path_factory.mktemp("hands")
    file = folder / "drawing.netloom"
    write_project(file, Project(networks={"model": drawing()}))
    with screen() as display, window(display, file, folder / "space", folder / "home") as desk:
        desk.until(lambda: desk.ask("where", "node:start"))
        desk.until(lambda: desk.ask("analyzed"))
        yield Hands(desk)


@pytest.fixture
def it(shared: Hands) -> Iterator[Hands]:
    """The drawing at its start, with nothing chosen; whatever a test did is taken back."""
    shared.rest()
    yield shared
    shared.desk.press("Escape")
    shared.undo()


def test_that_a_double_click_in_the_empty_adds_a_layer_found_by_another_name(it: Hands) -> None:
    it.desk.tap(it.at(-160, 260), times=2)
    it.sees(lambda: it.desk.ask("focused") == "Search layers")
    it.desk.write("dense")
    it.desk.press("Return")
    it.sees(lambda: "linear_1" in it.nodes())


@pytest.mark.parametrize("key", ["space", "Tab"])
def test_that_space_and_tab_add_after_the_chosen_layer_whatever_was_mistyped(it: Hands, key: str) -> None:
    it.desk.tap(it.box("first"))
    it.sees(lambda: it.chosen() == ["first"])
    it.desk.press(key)
    it.sees(lambda: it.desk.ask("focused") == "Search layers")
    it.desk.write("sigmod")
    it.desk.press("Return")
    it.sees(lambda: {"first sigmoid_1", "sigmoid_1 gate"} <= it.links())


def test_that_a_wire_dropped_in_the_empty_asks_what_to_add(it: Hands) -> None:
    it.desk.drag(it.desk.ask("port", "loose", "output"), it.at(424, 400))
    it.sees(lambda: it.desk.ask("focused") == "Search layers")
    it.desk.write("softmax")
    it.desk.press("Return")
    it.sees(lambda: "loose softmax_1" in it.links())


def test_that_a_layer_dropped_on_a_wire_goes_into_it(it: Hands) -> None:
    it.desk.drag(it.box("loose"), it.at(300, 200), it.at(104, 208))
    it.sees(lambda: {"first loose", "loose gate"} <= it.links())


def test_that_the_end_of_a_wire_is_put_elsewhere(it: Hands) -> None:
    it.desk.drag(it.desk.ask("port", "gate", "x"), it.at(300, 220), it.desk.ask("port", "loose", "x"))
    it.sees(lambda: "first loose" in it.links() and "first gate" not in it.links())


def test_that_a_rubber_band_and_delete_heal_the_chain(it: Hands) -> None:
    it.desk.drag(it.at(-60, 130), it.at(100, 300))
    it.sees(lambda: it.chosen() == ["first", "gate"])
    it.desk.press("Delete")
    it.sees(lambda: it.links() == {"start drop", "drop end"})


def test_that_ctrl_delete_leaves_a_gap(it: Hands) -> None:
    it.desk.tap(it.box("gate"))
    it.desk.press("ctrl+Delete")
    it.sees(lambda: it.links() == {"start first", "drop end"})


def test_that_a_point_is_put_on_a_wire_dragged_and_taken_off(it: Hands) -> None:
    def via() -> list[list[float]]:
        return next((link["via"] for link in it.network["links"] if "via" in link), [])

    it.desk.tap(it.at(104, 328), times=2)
    it.sees(via)
    x, y = via()[0]
    it.desk.drag(it.at(x, y), it.at(x + 60, y), it.at(x + 120, y))
    it.sees(lambda: via() == [[x + 120, y]])
    it.desk.press("Delete")
    it.sees(lambda: not via())


def test_that_m_mutes_several_layers_and_brings_them_back(it: Hands) -> None:
    it.desk.tap(it.box("gate"))
    it.desk.tap(it.box("drop"), keys=["shift"])
    it.sees(lambda: it.chosen() == ["gate", "drop"])
    it.desk.press("m")
    it.sees(lambda: it.node("gate").get("muted") and it.node("drop").get("muted"))
    it.desk.press("m")
    it.sees(lambda: it.desk.ask("project") == it.start)


def test_that_layers_are_duplicated_by_key_and_by_dragging_with_ctrl(it: Hands) -> None:
    it.desk.tap(it.box("gate"))
    it.desk.press("ctrl+d")
    it.sees(lambda: len(it.nodes()) == 7)
    it.desk.drag(it.box("loose"), it.at(500, 300), it.at(560, 420), keys=["ctrl"])
    it.sees(lambda: "tanh_1" in it.nodes())


def test_that_copies_are_text_and_what_was_cut_comes_back(it: Hands) -> None:
    it.desk.drag(it.at(-60, 130), it.at(100, 300))
    it.desk.press("ctrl+c")
    it.sees(lambda: "netloom-nodes" in it.desk.ask("clipboard"))
    assert {node["id"] for node in json.loads(it.desk.ask("clipboard"))["nodes"]} == {"first", "gate"}
    it.desk.press("ctrl+v")
    it.sees(lambda: "linear_1 relu_1" in it.links())
    it.desk.press("ctrl+x")
    it.sees(lambda: "linear_1" not in it.nodes())


def test_that_shift_adds_ctrl_toggles_and_keys_choose_all_the_others_and_the_joined(it: Hands) -> None:
    it.desk.tap(it.box("start"))
    it.desk.tap(it.box("gate"), keys=["shift"])
    it.desk.tap(it.box("end"), keys=["ctrl"])
    it.desk.tap(it.box("start"), keys=["ctrl"])
    it.sees(lambda: it.chosen() == ["gate", "end"])
    for key, found in (("ctrl+i", {"start", "first", "drop", "loose"}), ("ctrl+a", {*IDS, "loose"})):
        it.desk.press(key)
        it.sees(partial(it.chose, found))
    it.desk.tap(it.box("gate"))
    for key, found in (("shift+Down", {"gate", "drop", "end"}), ("ctrl+l", set(IDS))):
        it.desk.press(key)
        it.sees(partial(it.chose, found))


def test_that_what_is_dragged_is_drawn_to_its_neighbors(it: Hands) -> None:
    it.desk.drag(it.box("loose"), it.at(400, 300), it.at(301, 391))
    it.sees(lambda: it.node("loose").get("position") == [200.0, 360.0])


def test_that_layers_are_aligned_and_given_equal_gaps(it: Hands) -> None:
    it.desk.press("ctrl+a")
    it.desk.press("shift+a")
    it.sees(lambda: {node["position"][0] for node in it.network["nodes"]} == {0.0})
    it.undo()
    it.desk.press("ctrl+a", "shift+v")
    it.sees(lambda: it.desk.ask("project") != it.start)


def test_that_the_network_is_arranged(it: Hands) -> None:
    it.desk.drag(it.box("gate"), it.at(-60, 300), it.at(-130, 330))
    it.sees(lambda: it.node("gate")["position"] != [0.0, 240.0])
    it.desk.press("l")
    it.sees(lambda: it.node("gate")["position"][0] == it.node("first")["position"][0])


def test_that_a_frame_is_put_around_layers_named_moved_and_sized(it: Hands) -> None:
    def frame() -> dict[str, Any]:
        return next(iter(it.network.get("frames", ())), {})

    it.desk.drag(it.at(-60, 130), it.at(100, 300))
    it.sees(lambda: it.chosen() == ["first", "gate"])
    it.desk.press("c")
    it.sees(lambda: it.desk.ask("focused") == "Title of the frame")
    it.desk.write("Stem")
    it.desk.press("Return")
    it.sees(lambda: frame().get("title") == "Stem")
    (x, y), (wide, high) = frame()["position"], frame()["size"]
    it.desk.drag(it.at(x + 40, y + 18), it.at(x - 20, y + 18), it.at(x - 60, y + 18))
    it.sees(lambda: frame()["position"][0] < x and it.node("first")["position"][0] < 0)
    x, y = frame()["position"]
    it.desk.drag(it.at(x + wide - 5, y + high - 5), it.at(x + wide + 30, y + high), it.at(x + wide + 75, y + high + 3))
    it.sees(lambda: frame()["size"][0] > wide)
    it.desk.press("Delete")
    it.sees(lambda: not frame() and "first" in it.nodes())


def test_that_a_comment_stands_alone(it: Hands) -> None:
    it.desk.press("c")
    it.sees(lambda: it.desk.ask("focused") == "Title of the frame")
    it.desk.write("Try a deeper one")
    it.desk.press("Return")
    it.sees(lambda: [one.get("title") for one in it.network.get("frames", ())] == ["Try a deeper one"])


def test_that_a_bookmark_brings_its_place_back(it: Hands) -> None:
    seen = it.desk.ask("sight")
    it.desk.press("shift+3")
    it.sees(lambda: it.network.get("bookmarks"))
    it.desk.turn(it.at(104, 260), 3)
    it.sees(lambda: it.desk.ask("sight")[2] > seen[2])
    it.desk.press("3")
    it.sees(lambda: it.desk.ask("sight")[2] == seen[2])
    assert [round(abs(now - then)) <= 2 for now, then in zip(it.desk.ask("sight"), seen, strict=True)] == [True] * 3


def test_that_find_goes_from_match_to_match(it: Hands) -> None:
    it.desk.press("ctrl+f")
    it.sees(lambda: it.desk.ask("focused") == "Find on the canvas")
    it.desk.write("output")
    it.sees(lambda: it.chosen() == ["end"])
    it.desk.press("ctrl+a")
    it.desk.write("out_features=64")
    it.sees(lambda: it.chosen() == ["first"])
    it.desk.press("Escape")
    it.sees(lambda: it.desk.ask("focused") == "Network")


def test_that_the_paper_moves_zooms_and_fits(it: Hands) -> None:
    seen = it.desk.ask("sight")
    it.desk.drag(it.at(300, 60), it.at(360, 60), it.at(420, 90), button=2)
    it.sees(lambda: it.desk.ask("sight")[0] < seen[0] - 50)
    it.desk.turn(it.at(104, 260), -4)
    it.sees(lambda: it.desk.ask("sight")[2] < seen[2])
    it.desk.press("f")
    it.sees(lambda: it.desk.ask("sight")[2] == seen[2])
    assert it.desk.ask("project") == it.start


def test_that_a_network_is_walked_joined_and_named_by_keys_alone(it: Hands) -> None:
    it.desk.press("Down", "Down", "Down")
    it.sees(lambda: it.chosen() == ["gate"])
    it.desk.press("Right")
    it.sees(lambda: it.chosen() == ["loose"])
    it.desk.press("w")
    it.sees(lambda: it.desk.ask("focused") == "Search layers")
    it.desk.write("end")
    it.desk.press("Return")
    it.sees(lambda: "loose end" in it.links())
    it.desk.press("F2")
    it.sees(lambda: it.desk.ask("focused") == "Name of the layer")
    it.desk.write("head")
    it.desk.press("Return")
    it.sees(lambda: "head" in it.nodes())
    it.desk.press("alt+Right", "Delete")
    it.sees(lambda: "head" not in it.nodes())


def test_that_a_layer_comes_out_of_its_wires_by_alt_by_shaking_and_by_key(it: Hands) -> None:
    out = {"start first", "first drop", "drop end"}
    x, y = it.box("gate")
    it.desk.drag((x, y), (x + 100, y), (x + 260, y - 60), keys=["alt"])
    it.sees(lambda: it.links() == out)
    it.undo()
    swings = [(x + way, y) for way in (*(60, -60) * 6, 250)]  # some more than needed: a busy window misses a few
    it.desk.drag((x, y), *swings)
    it.sees(lambda: it.links() == out)
    it.undo()
    it.desk.tap(it.box("gate"))
    it.desk.press("ctrl+shift+d")
    it.sees(lambda: it.links() == out)


@pytest.mark.parametrize(("keys", "button"), [(["ctrl", "shift"], 1), (["ctrl"], 3)])
def test_that_a_knife_cuts_wires(it: Hands, keys: list[str], button: int) -> None:
    it.desk.drag(it.at(40, 208), it.at(90, 208), it.at(180, 208), keys=keys, button=button)
    it.sees(lambda: "first gate" not in it.links() and len(it.links()) == 3)


def test_that_a_wire_that_would_close_a_loop_is_refused(it: Hands) -> None:
    it.desk.drag(it.desk.ask("port", "drop", "output"), it.at(-120, 300), it.desk.ask("port", "first", "x"))
    it.desk.tap(it.box("gate"))
    it.sees(lambda: it.chosen() == ["gate"])
    assert it.desk.ask("project") == it.start


def test_that_several_layers_are_set_at_once(it: Hands) -> None:
    it.desk.tap(it.box("first"))
    it.sees(lambda: it.chosen() == ["first"])
    it.desk.press("ctrl+d")
    it.sees(lambda: "linear_1" in it.nodes())
    it.desk.press("shift+g")
    it.sees(lambda: it.chose({"first", "linear_1"}))
    it.desk.click("out_features")
    it.desk.press("ctrl+a")
    it.desk.write("24")
    it.desk.press("Return")
    it.sees(lambda: all(it.node(name)["parameters"].get("out_features") == 24 for name in ("first", "linear_1")))
    it.desk.tap(it.at(-150, 200))  # the keyboard is in the field
    it.sees(lambda: it.desk.ask("focused") == "Network")


def test_that_a_press_on_the_map_goes_there_and_the_keyboard_bends_a_wire(it: Hands) -> None:
    it.desk.press("plus", "plus", "plus", "plus")
    it.sees(lambda: it.desk.ask("where", "Minimap"))
    x, y = it.desk.ask("where", "Minimap")
    before = it.desk.ask("sight")
    it.desk.tap((x, y + 30))
    it.sees(lambda: it.desk.ask("sight") != before)
    it.desk.press("f")
    it.sees(lambda: it.desk.ask("sight")[2] <= 1)
    it.desk.tap(it.box("first"))
    it.sees(lambda: it.chosen() == ["first"])
    it.desk.press("e", "p", "alt+Right")
    it.sees(lambda: any(len(link.get("via", ())) == 1 for link in it.network["links"]))


def test_that_a_width_and_the_learning_rate_are_marked_for_search_where_they_stand(it: Hands) -> None:
    it.desk.tap(it.box("first"))
    it.sees(lambda: it.chosen() == ["first"])
    it.desk.click("Search out_features")
    it.sees(lambda: it.searched("first", "out_features"))
    it.desk.click("out_features: most")
    it.desk.press("ctrl+a")
    it.desk.write("256")
    it.desk.press("Return")
    it.sees(lambda: it.searched("first", "out_features").get("high") == 256)
    it.desk.tap(it.at(-150, 200))
    it.sees(lambda: it.desk.ask("where", "Optimizer"))
    it.desk.turn(it.desk.ask("where", "Optimizer"), -20)
    it.desk.click("Search lr")
    it.sees(lambda: it.desk.ask("project")["training"]["optimizer"]["parameters"].get("lr", {}).get("search"))
    it.desk.tap(it.at(-150, 200))  # the keyboard is in the inspector
    it.sees(lambda: it.desk.ask("focused") == "Network")
