"""Projects from templates, on the command line."""

import json
from pathlib import Path

import pytest

from engine import load
from tests.cli.conftest import Netloom


def test_that_templates_are_listed_for_programs_and_people(netloom: Netloom) -> None:
    rows = json.loads(netloom("new", "--json").out)
    assert (rows[0]["template"], rows[0]["category"], rows[0]["parameters"]) == ("lenet-5", "Images", 61706)
    assert "lenet-5" in netloom("new").out


def test_that_a_template_becomes_a_project_file(netloom: Netloom, tmp_path: Path) -> None:
    path = tmp_path / "mine.netloom"
    said = netloom("new", "lenet-5", "--to", path, "--json")
    assert said.lines == [{"template": "lenet-5", "file": str(path)}]
    assert load(path).name == "LeNet-5"


def test_that_a_file_that_is_there_is_not_written_over(netloom: Netloom, file: Path) -> None:
    before = file.read_text("utf-8")
    said = netloom("new", "mlp", "--to", file)
    assert said.status == 2
    assert "name another file with --to" in said.err
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("name", ["lenet", "../examples/digits-cnn", ""])
def test_that_an_unknown_template_is_told_those_there_are(netloom: Netloom, name: str) -> None:
    said = netloom("new", name)
    assert said.status == 2
    assert said.err.startswith(f"There is no template '{name}'. There are: lenet-5, vgg")
