"""The doctor on machines that are not well."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import doctor
from engine.runs import Workspace
from tests.cli.conftest import Netloom


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str], None]:
    """What trying an import comes to."""

    def set_to(status: int, said: str) -> None:
        monkeypatch.setattr(doctor, "_try", lambda *_, **__: (status, said))

    return set_to


def test_that_a_torchvision_for_another_torch_is_named_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_partner", lambda: "2.11.0")
    found = doctor.torch_pair(lambda name: {"torch": "2.15.0+cu130", "torchvision": "0.26.0"}[name])
    assert found.state == "error"
    assert "built for torch 2.11.0" in found.text
    assert (
        found.mend
        == "pip install --force-reinstall torch torchvision --index-url https://download.pytorch.org/whl/cu130"
    )


def test_that_a_pair_of_equal_versions_that_does_not_work_is_found_by_trying(
    tries: Callable[[int, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_partner", lambda: "2.15.0")
    tries(1, "RuntimeError: operator torchvision::nms does not exist")
    found = doctor.torch_pair(lambda name: {"torch": "2.15.0+cpu", "torchvision": "0.29.2"}[name])
    assert found.state == "error"
    assert "torchvision::nms" in found.text
    assert found.mend.endswith("/whl/cpu")


def test_that_a_missing_library_of_qt_is_named_with_the_mend(tries: Callable[[int, str], None]) -> None:
    tries(1, "ImportError: libEGL.so.1: cannot open shared object file")
    [found] = doctor.window()
    assert found.state == "error"
    assert "libegl1" in found.mend


def test_that_a_workspace_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    [found] = doctor.room(Workspace(tmp_path / "taken"))
    assert found.state == "error"
    assert "--workspace" in found.mend


def test_that_the_command_tells_programs_each_finding_and_fails_on_an_error(
    netloom: Netloom, workspace: Workspace, tries: Callable[[int, str], None]
) -> None:
    tries(1, "ImportError: no")
    said = netloom("doctor", "--workspace", workspace.path, "--json")
    assert said.status == 1
    assert {"Python", "workspace", "MLflow"} <= {line["name"] for line in said.lines}


def test_that_nothing_broken_can_hang_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **options: float) -> None:
        raise subprocess.TimeoutExpired("python", options["timeout"])

    monkeypatch.setattr("engine.doctor.subprocess.run", never)
    [found] = doctor.window()
    assert "took longer" in found.text
