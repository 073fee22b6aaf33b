"""A user's mistake is one clear sentence on standard error, and status 2."""

import json
from pathlib import Path

import pytest

from engine.runs import Workspace
from tests.cli.conftest import Netloom


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("training.epochs=0", "training.epochs"),
        ("training.epoks=3", "There is: accumulate"),
        ("training.optimizer.lr=-1", "Adam.lr is -1"),
        ("training.optimizer.momentum=1", "Adam has no parameter 'momentum'"),
        ("training.optimizer=Foo", "'Foo' is not a known optimizer"),
        ("model.linear_1.out_features=0", "Linear.out_features is 0"),
        ("model.linear_9.out_features=3", "no node 'linear_9'"),
        ("dataset=Nothing", "'Nothing' is not a known dataset"),
        ("epochs 3", "write it as in training.epochs=3"),
    ],
)
def test_that_a_setting_that_cannot_be_is_refused(netloom: Netloom, file: Path, setting: str, words: str) -> None:
    said = netloom("check", file, "--set", setting)
    assert said.status == 2
    assert words in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty or was cut off"),
        ("{", "cut off"),
        ("[]", "not a Netloom project"),
        ('{"format": "netloom", "version": 99}', "newer Netloom"),
        ("\x00\x01", "is not JSON"),
    ],
)
def test_that_a_file_that_is_no_project_is_refused_by_name(
    netloom: Netloom, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "broken.netloom"
    path.write_text(text)
    said = netloom("train", path, "--workspace", tmp_path / "w", "--json")
    assert said.status == 2
    assert words in said.err
    assert "broken.netloom" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("train", "nowhere.netloom"), "There is no file 'nowhere.netloom'"),
        (("train",), "Missing argument"),
        (("train", "x", "--fast"), "--fast"),
        (("resume", "nothing"), "There is no run 'nothing'"),
        (("import", "torchvision:resnt50"), "Did you mean resnet50"),
        (("import",), "Say which model to import"),
    ],
)
def test_that_a_command_line_that_cannot_be_read_is_refused(
    netloom: Netloom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("NETLOOM_HOME", str(tmp_path))
    said = netloom(*arguments)
    assert said.status == 2
    assert words in said.err
    assert "Traceback" not in said.err


def test_that_a_device_that_is_not_there_is_refused_before_a_run_is_made(
    netloom: Netloom, file: Path, workspace: Workspace
) -> None:
    said = netloom("train", file, "--workspace", workspace.path, "--device", "abacus")
    assert said.status == 2
    assert "'abacus' is not a device" in said.err
    assert list(workspace.all_runs()) == []


def test_that_a_project_with_a_problem_is_refused_at_its_place(
    netloom: Netloom, file: Path, workspace: Workspace
) -> None:
    said = netloom("train", file, "--workspace", workspace.path, "--set", "model.linear_1.out_features=7")
    assert said.status == 2
    assert "7" in said.err
    assert list(workspace.all_runs()) == []


def test_that_a_workspace_that_cannot_be_written_is_refused(netloom: Netloom, file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    said = netloom("train", file, "--workspace", tmp_path / "taken")
    assert said.status == 2
    assert "Choose another folder" in said.err


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--page", "kitchen", "There are: design, data"),
        ("--theme", "pink", "There are: dark, light"),
        ("--size", "big", "1600x1000"),
        ("--out", "/nowhere/a.png", "no folder"),
    ],
)
def test_that_a_picture_that_cannot_be_taken_is_refused(
    netloom: Netloom, file: Path, option: str, value: str, words: str
) -> None:
    said = netloom("shot", file, option, value)
    assert said.status == 2
    assert words in said.err


def test_that_an_unknown_layer_is_named(netloom: Netloom, file: Path) -> None:
    data = json.loads(file.read_text())
    data["networks"]["model"]["nodes"][1]["kind"] = "Magic"
    file.write_text(json.dumps(data))
    said = netloom("check", file)
    assert said.status == 2
    assert "'Magic'" in said.err
