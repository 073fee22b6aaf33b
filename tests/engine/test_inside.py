"""What is known within a block is known of the very place where it stands."""

import pytest

from engine.analyze import analyze, inside
from engine.spec import Exposed, Graph, Project
from tests.engine.drawn import CATALOGUE, drawn


def wide() -> Graph:
    graph = drawn({"x": "Input", "w": "Wide", "y": "Output"}, "x -> w", "w -> y")
    return graph.expose(Exposed(name="width", targets=(("w", "out_features"),)))


def twice() -> Project:
    """A block used twice, and the second time behind another and within a third."""
    outer = drawn({"x": "Input", "u": ("Block", {"network": "unit"}), "y": "Output"}, "x -> u.x", "u.prediction -> y")
    model = drawn(
        {
            "data": ("Input", {"shape": (4,)}),
            "first": ("Block", {"network": "unit", "width": 6}),
            "second": ("Block", {"network": "stage", "repeat": 2}),
            "end": "Output",
        },
        "data -> first.x",
        "first.prediction -> second.x",
        "second.prediction -> end",
    )
    return Project(networks={"model": model, "unit": wide(), "stage": outer})


@pytest.mark.parametrize(
    ("path", "network", "weights"), [(("first",), "unit", 4 * 6 + 6), (("second", "u"), "unit", 6 * 4 + 4)]
)
def test_that_the_same_network_is_told_apart_by_the_way_into_it(
    path: tuple[str, ...], network: str, weights: int
) -> None:
    report = inside(twice(), CATALOGUE, path=path)
    assert list(report.networks) == [network]
    assert report.networks[network]["w"].parameters == weights


@pytest.mark.parametrize("path", [("nobody",), ("data",), ("first", "w")])
def test_that_where_no_block_is_nothing_is_known(path: tuple[str, ...]) -> None:
    assert inside(twice(), CATALOGUE, path=path).networks == {}
    assert inside(twice(), CATALOGUE, root="nowhere").networks == {}


def test_that_a_problem_inside_is_told_where_it_is() -> None:
    project = twice().with_network("unit", wide().remove("w"))
    assert [one.node for one in inside(project, CATALOGUE, path=("first",)).problems] == ["y"]


def test_that_a_thousand_times_a_thousand_copies_are_counted() -> None:
    unit = wide().replace(wide()["w"].set(out_features=4))
    stage = drawn(
        {"x": "Input", "u": ("Block", {"network": "unit", "repeat": 1000}), "y": "Output"},
        "x -> u.x",
        "u.prediction -> y",
    )
    model = drawn(
        {"data": ("Input", {"shape": (4,)}), "b": ("Block", {"network": "stage", "repeat": 1000}), "end": "Output"},
        "data -> b.x",
        "b.prediction -> end",
    )
    report = analyze(Project(networks={"model": model, "unit": unit, "stage": stage}), CATALOGUE)
    assert report.nodes["b"].parameters == 20_000_000


def test_that_a_network_kept_for_later_stops_no_run() -> None:
    spare = drawn({"x": "Input", "s": "Stern", "y": "Output"}, "x -> s", "s -> y")
    report = analyze(twice().with_network("spare", spare), CATALOGUE)
    assert [one for one in report.problems if one.network == "spare" and one.severity == "error"] == []
