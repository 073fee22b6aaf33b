"""From the gallery to a network on the canvas, in the real window, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.spec import Project, project_to_json, read_project, write_project
from tests.journeys.desk import Desk, screen, window

TEMPLATES = Path(__file__).parents[2] / "assets" / "templates"
SEARCH = "Search templates, layers, tasks"
pytestmark = [pytest.mark.slow, pytest.mark.journey, pytest.mark.timeout(120)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The real window on an empty project."""
    file = tmp_path / "empty.netloom"
    write_project(file, Project())
    with screen() as display, window(display, file, tmp_path / "space", tmp_path / "home") as made:
        made.until(lambda: made.ask("analyzed"))
        yield made


def template(name: str) -> object:
    return project_to_json(read_project(TEMPLATES / f"{name}.netloom"))


def test_that_a_template_is_found_by_typing_and_opened_by_keys_alone(desk: Desk) -> None:
    desk.press("ctrl+shift+n")
    desk.until(lambda: desk.ask("focused") == SEARCH)
    desk.write("transformer")
    desk.press("Down", "Right")
    desk.until(lambda: str(desk.ask("focused")).startswith("Transformer encoder."))
    desk.press("Return")
    desk.until(lambda: desk.ask("project") == template("transformer-encoder"))
    desk.until(lambda: desk.ask("analyzed"))
    assert desk.ask("where", "node:encoder")


def test_that_an_empty_canvas_offers_templates_and_escape_changes_nothing(desk: Desk) -> None:
    before = desk.ask("project")
    desk.click("Start from a template")
    desk.until(lambda: desk.ask("focused") == SEARCH)
    desk.press("Escape")
    desk.until(lambda: not desk.ask("where", SEARCH))
    assert desk.ask("project") == before
    desk.click("Start from a template")
    desk.click("LeNet-5")
    desk.until(lambda: desk.ask("project") == template("lenet-5"))
