"""What the commands do and print."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import cli
from engine.doctor import packages, tracking
from engine.events import Ended, Metrics, Started, Stop
from engine.runs import Workspace
from engine.spec import read_project
from tests.cli.conftest import Netloom


def test_that_check_tells_programs_what_every_node_gives(netloom: Netloom, file: Path) -> None:
    said = netloom("check", file, "--json")
    [report] = said.lines
    assert said.status == 0
    assert said.err == ""
    assert report["nodes"]["linear_1"]["outputs"]["output"]["shape"] == ["batch", 3]
    assert report["totals"]["parameters"] == 13 * 3 + 3
    assert report["problems"] == []


def test_that_check_tells_people_shapes_and_problems(netloom: Netloom, file: Path) -> None:
    said = netloom("check", file, "--set", "model.linear_1.out_features=7")
    assert said.status == 2
    assert "batch × 7" in said.out
    assert "output_1" in said.err


def test_that_check_lists_what_a_search_tries_and_says_what_it_cannot_try(netloom: Netloom, file: Path) -> None:
    marks = ("--set", 'model.linear_1.bias={"search": {"choices": [true, false]}}')
    wrong = ("--set", 'training.batch_size={"search": {"low": 0, "high": 64}}')
    [report] = netloom("check", file, *marks, "--json").lines
    assert report["search"]["size"] == 2
    assert [one["path"] for one in report["search"]["marks"]] == ["model.linear_1.bias"]
    said = netloom("check", file, *marks, *wrong)
    assert said.status == 0  # it can be trained as it stands
    assert "130 combinations" in said.out
    assert "batch_size" in said.err


@pytest.mark.usefixtures("untracked")
def test_that_training_prints_machine_readable_lines_alone(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    said = netloom("train", file, "--workspace", workspace.path, "--set", "training.epochs=3", "--json")
    assert said.status == 0
    assert [line["epoch"] for line in said.lines if line["type"] == "metrics"] == [1, 2, 3]
    [run] = workspace.all_runs()
    assert said.lines[0] == {"type": "run", "run": run.id, "folder": str(run.path)}
    assert said.lines[-1]["outcome"] == "finished"
    assert said.lines[-1]["metrics"]["test/accuracy"] == run.summary().last["test/accuracy"]
    assert said.err == ""


def test_that_training_tells_people_epochs_result_run_and_mlflow(
    netloom: Netloom, file: Path, workspace: Workspace, untracked: list[Path]
) -> None:
    said = netloom("train", file, "--workspace", workspace.path)
    [run] = workspace.all_runs()
    assert len(re.findall(r"^epoch +\d", said.out, re.MULTILINE)) == 2
    assert "test/accuracy" in said.out
    assert run.id in said.out
    assert "MLflow" in said.out
    assert set(untracked) == {workspace.path}


@pytest.mark.usefixtures("untracked")
def test_that_a_stopped_run_is_resumed_to_its_end(
    netloom: Netloom, file: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after_first_epoch(workspace, monkeypatch)
    said = netloom("train", file, "--workspace", workspace.path, "--set", "training.epochs=500")
    assert said.status == 130
    [run] = workspace.all_runs()
    assert f"netloom resume {run.id}" in said.out
    monkeypatch.undo()
    summary = run.summary()
    assert summary.state == "stopped"
    assert summary.epoch < 500


def stop_after_first_epoch(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Ctrl+C were pressed when the first epoch's line appears."""
    from engine.cli.telling import Words

    tell = Words.tell

    def press(self: Words, event: object) -> None:
        tell(self, event)  # type: ignore[arg-type]
        if isinstance(event, Metrics) and event.epoch == 1:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Words, "tell", press)


def test_that_a_finished_run_cannot_be_resumed(netloom: Netloom, workspace: Workspace) -> None:
    from engine.spec import Project

    run = workspace.prepare().new_run(Project())
    journal = run.journal()
    journal.write(Started(device="cpu", pid=1, host="h", epochs=1, steps_per_epoch=1), Ended(outcome="finished"))
    journal.close()
    said = netloom("resume", run.path)
    assert said.status == 2
    assert "has finished" in said.err


@pytest.mark.usefixtures("untracked")
def test_that_a_run_that_fails_has_status_1_and_says_why(netloom: Netloom, workspace: Workspace, file: Path) -> None:
    said = netloom(
        "train",
        file,
        "--workspace",
        workspace.path,
        "--set",
        "training.optimizer.lr=1e30",
        "--set",
        "training.epochs=9",
    )
    assert said.status == 1
    assert "not a number" in said.err.lower() or "nan" in said.err.lower()


@pytest.mark.usefixtures("untracked")
def test_that_runs_lists_every_run_for_programs_and_people(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    netloom("train", file, "--workspace", workspace.path)
    [line] = netloom("runs", "--workspace", workspace.path, "--json").lines
    [run] = workspace.all_runs()
    assert line["run"] == run.id
    assert line["state"] == "finished"
    assert line["last"]["test/accuracy"] > 0
    said = netloom("runs", "--workspace", workspace.path)
    assert run.id in said.out
    assert "2/2" in said.out


def test_that_an_empty_workspace_says_how_to_make_a_run(netloom: Netloom, workspace: Workspace) -> None:
    said = netloom("runs", "--workspace", workspace.path)
    assert said.status == 0
    assert "netloom train FILE" in said.out


def test_that_without_a_command_the_window_is_opened_on_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    became: list[list[str]] = []

    def become(program: str, command: list[str], environment: dict[str, str]) -> None:
        became.append(command)
        assert environment["PYTHONSAFEPATH"] == "1"
        raise SystemExit(0)

    monkeypatch.setattr("engine.cli.window.os.execve", become)
    for arguments in ([], [str(file)], ["--workspace", "w"]):
        with pytest.raises(SystemExit):
            cli.main(arguments)
    assert [command[1:] for command in became] == [
        ["-m", "studio"],
        ["-m", "studio", str(file)],
        ["-m", "studio", "--workspace", "w"],
    ]


@pytest.mark.parametrize(("word", "words"), [("trian", "netloom train"), ("no.netloom", "no file"), ("zzz", "--help")])
def test_that_a_word_that_is_neither_file_nor_command_is_refused(
    word: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([word])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_that_opening_the_window_loads_neither_typer_nor_the_engines_hands() -> None:
    code = "import sys, json, engine.cli.window; print(json.dumps([name.split('.')[0] for name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not {"typer", "rich", "torch", "pydantic", "mlflow"} & set(json.loads(done.stdout))


def test_that_a_workspace_whose_window_is_open_gets_no_demo(netloom: Netloom, workspace: Workspace) -> None:
    with workspace.prepare().window():
        said = netloom("demo", "--workspace", workspace.path)
    assert said.status == 2
    assert "Close that window first" in said.err


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl+C as a terminal's programs hear it; those that a script starts in the background are deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_that_the_second_ctrl_c_ends_the_process_at_once(workspace: Workspace, file: Path) -> None:
    from engine.api import load
    from engine.cli.train import stopping

    run = workspace.prepare().new_run(load(file))
    with stopping(run):
        signal.raise_signal(signal.SIGINT)
        assert isinstance(first_control(run.controls), Stop)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def first_control(path: Path) -> object:
    from engine.runs import Tail

    return Tail(path).read()[0]


def test_that_the_doctor_finds_every_required_package() -> None:
    found = list(packages())
    assert {"torch", "mlflow", "pydantic"} <= {one.name for one in found}
    assert all(one.state == "fine" for one in found)


def test_that_the_doctor_says_when_mlflow_does_not_answer(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    found = tracking(workspace)
    assert found.state == "warning"
    assert "does not answer" in found.text


def test_that_a_published_model_is_imported_to_a_file(netloom: Netloom, tmp_path: Path) -> None:
    place = tmp_path / "squeezed.netloom"
    said = netloom("import", "torchvision:squeezenet1_1", "--to", place, "--json")
    [facts] = said.lines
    assert (said.status, said.err) == (0, "")
    assert facts["file"] == str(place)
    assert facts["blocks"] == ["Fire"]
    assert facts["nodes"] == len(read_project(place).model.nodes)


def test_that_the_models_there_are_can_be_listed(netloom: Netloom) -> None:
    assert "torchvision:vit_b_16" in netloom("import", "--list").out.splitlines()


def test_that_a_check_says_whether_training_fits(netloom: Netloom, file: Path, workspace: Workspace) -> None:
    said = netloom("check", file, "--device", "cpu", "--workspace", workspace.path, "--json")
    training = said.lines[0]["training"]
    assert training["memory"]["total"] == sum(size for name, size in training["memory"].items() if name != "total")
    assert training["largest_batch"] >= training["batch_size"]
    assert training["seconds_per_step"] is None  # nothing was measured in this workspace
    assert "not measured yet" in netloom("check", file, "--workspace", workspace.path).out


def test_that_a_network_is_exported_to_a_file_or_printed(netloom: Netloom, file: Path, tmp_path: Path) -> None:
    place = tmp_path / "net.py"
    assert "Written to" in netloom("export", file, "--to", place).out
    assert netloom("export", file).out.splitlines() == place.read_text("utf-8").splitlines()
    assert "self.linear_1 = nn.Linear(13, 3)" in place.read_text("utf-8")
    refused = netloom("export", file, "--network", "critic")
    assert refused.status == 2
    assert "no network 'critic'" in refused.err
