"""Every template that ships is sound, costs what the gallery says, and learns."""

import json
from pathlib import Path

import pytest

from engine import check
from engine.runs import Workspace
from engine.spec import Block, Component, Graph, Project, format_project, read_project
from engine.train import train_run

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "templates"
PATHS = sorted(FOLDER.glob("*.netloom"))
PROJECTS = {path.stem: read_project(path) for path in PATHS}
GALLERY: dict[str, dict[str, int]] = json.loads((FOLDER / "gallery.json").read_text("utf-8"))
CHANCE = {"Digits": 0.1, "BreastCancer": 0.63, "Wine": 0.4}
"""What always giving the most frequent class would reach."""
NAMES = [name for name, project in PROJECTS.items() if project.dataset is not None]


def test_that_the_gallery_lists_every_template_once() -> None:
    listed = [name for names in GALLERY.values() for name in names]
    assert sorted(listed) == list(PROJECTS)


@pytest.mark.parametrize("name", PROJECTS)
def test_that_a_template_has_no_problem_and_as_many_parameters_as_the_gallery_says(name: str) -> None:
    report = check(PROJECTS[name])
    assert [problem.message for problem in report.problems] == []
    assert {**report.totals}["parameters"] == next(names[name] for names in GALLERY.values() if name in names)


@pytest.mark.parametrize("name", PROJECTS)
def test_that_a_template_says_what_it_is_and_is_saved_as_it_would_be(name: str) -> None:
    project = PROJECTS[name]
    assert project.about.endswith(".")
    assert len(project.about) <= 180
    assert format_project(project) == (FOLDER / f"{name}.netloom").read_text("utf-8")


@pytest.mark.parametrize("name", PROJECTS)
def test_that_boxes_of_a_template_lie_apart_and_on_the_grid(name: str) -> None:
    for graph in PROJECTS[name].networks.values():
        places = [node.position for node in graph.nodes]
        assert all(x % 8 == y % 8 == 0 for x, y in places)
        assert all(abs(a[0] - b[0]) >= 208 or abs(a[1] - b[1]) >= 72 for a, b in pairs(places))


def pairs(places: list[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return [(one, other) for place, one in enumerate(places) for other in places[:place]]


@pytest.mark.parametrize("name", PROJECTS)
def test_that_blocks_of_a_template_expose_what_they_are_set_by(name: str) -> None:
    project = PROJECTS[name]
    used = [node for graph in project.networks.values() for node in graph.of_kind(Block.kind())]
    assert {node.parameters["network"] for node in used} == set(project.networks) - {"model"}
    for node in used:
        inner: Graph = project.networks[node.parameters["network"]]
        settings = set(node.parameters) - {"network", "repeat"}
        assert settings <= {one.name for one in inner.exposed}


def trained(project: Project, folder: Path, *, epochs: int) -> dict[str, float]:
    training = project.training.having(epochs=epochs, early_stop=0)
    run = Workspace(folder).prepare().new_run(project.having(training=training), device="cpu", folder=folder)
    train_run(run, "cpu")
    return run.summary().last


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_that_a_template_learns_more_than_chance_at_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "engine.train.making.worth", lambda project, report: 1
    )  # cores that others use are not waited for
    project = PROJECTS[name]
    found = trained(project, tmp_path, epochs=2 if project.dataset == Component(kind="Digits") else 4)
    assert project.dataset is not None
    if project.task.kind == "Classify":
        assert found["validation/accuracy"] > CHANCE[project.dataset.kind] + 0.15
    else:
        assert found["validation/r2"] > 0.1
