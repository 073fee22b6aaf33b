"""MLflow's servers: its pages, which end with whoever wanted them, and a model that answers where no Netloom is."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest
import torch
from torch import nn

from engine.runs import RunFolder, Workspace
from engine.track.asking import Asking
from engine.track.pages import page
from engine.track.places import own_uri
from engine.track.serving import Serving, ServingError, answers, free_port
from tests.track.conftest import Tracked, epoch, finished, follow, started
from tests.track.test_model import export, place_of

Write = Callable[..., RunFolder]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="groups of processes are posix")

TELLS = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
"""A server that starts another process, as MLflow's does, and says which."""


def test_that_a_guarded_server_ends_with_all_it_started_when_its_owner_is_killed(
    eventually: Callable[..., None],
) -> None:
    guarded = [sys.executable, "-m", "engine.track.serving", sys.executable, "-c", TELLS]
    source = (
        "import subprocess, sys; "
        f"p = subprocess.Popen({guarded!r}, stdin=subprocess.PIPE, stdout=subprocess.PIPE); "
        "print(p.stdout.readline().decode(), flush=True); p.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        server = int(owner.stdout.readline())
        assert psutil.pid_exists(server)
        owner.send_signal(signal.SIGKILL)
        owner.stdout.read()
    eventually(lambda: not psutil.pid_exists(server), within=10)


def test_that_a_port_that_is_taken_is_said(workspace: Workspace) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServingError, match="taken by another"):
        Serving(workspace, own_uri(workspace), port=taken.getsockname()[1])


def test_that_pages_are_addressed_by_what_is_selected(workspace: Workspace, write: Write, tracked: Tracked) -> None:
    one, other = (write(started(), *epoch(1), finished(5)) for _ in range(2))
    follow(workspace)
    base, place = "http://127.0.0.1:1/", tracked.run(one).info.experiment_id
    asking = Asking(workspace)
    assert page(asking, base, []).startswith("http://127.0.0.1:1/#/experiments?")
    alone = f"http://127.0.0.1:1/#/experiments/{place}/runs/{tracked.id(one)}?"
    assert page(asking, base, [one.id]).startswith(alone)
    both = page(asking, base, [one.id, other.id])
    assert "compare-runs" in both
    assert tracked.id(one) in both
    assert tracked.id(other) in both


@pytest.mark.slow
def test_that_mlflow_shows_a_run_on_loopback_until_it_is_let_go(
    workspace: Workspace, write: Write, tracked: Tracked
) -> None:
    run = write(started(), *epoch(1), finished(5))
    follow(workspace)
    serving = Serving(workspace, own_uri(workspace))
    try:
        serving.wait(within=100)
        told = fetch(f"{serving.url}/api/2.0/mlflow/runs/get?run_id={tracked.id(run)}")
    finally:
        serving.close()
    assert {"key": "training.epochs", "value": "2"} in told["run"]["data"]["params"]
    assert not answers(f"{serving.url}/health")


def fetch(url: str, data: Any = None) -> Any:
    body = None if data is None else json.dumps(data).encode()
    with urlopen(Request(url, body, {"Content-Type": "application/json"}), timeout=30) as found:
        return json.load(found)


def elsewhere(folder: Path) -> Path:
    """A Python that has everything that is installed here but Netloom; its folder of programs."""
    venv.create(folder, with_pip=False)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib"))  # files named .pth in there are not followed
    programs = folder / "bin"
    server = programs / "uvicorn"  # MLflow calls it by name
    server.write_text(f"#!{programs / 'python'}\nfrom uvicorn.main import main\nmain()\n")
    server.chmod(0o755)
    return programs


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_that_a_served_model_answers_where_netloom_is_not_installed(
    workspace: Workspace, write: Write, tracked: Tracked, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    run, module, programs = write(started()), nn.Linear(4, 2).eval(), elsewhere(tmp_path / "elsewhere")
    export(module, run.model, {"features": torch.randn(3, 4)}, ["prediction"])
    write(finished(5), run=run)
    follow(workspace)
    model = place_of(tracked, run)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    safe = kept | {"PATH": f"{programs}:/usr/bin:/bin", "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false"}
    asked = subprocess.run(
        [programs / "python", "-c", "import engine"], env=safe, cwd=tmp_path, capture_output=True, check=False
    )
    assert b"No module named 'engine'" in asked.stderr
    port = free_port()
    order = ["-m", "mlflow", "models", "serve", "-m", model, "--env-manager", "local", "-h", "127.0.0.1"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "python", *order, "-p", str(port)],
            env=safe,
            cwd=tmp_path,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/ping"), within=90)
        rows = [[0.1, 0.2, 0.3, 0.4], [4.0, 3.0, 2.0, 1.0]]
        told = fetch(f"http://127.0.0.1:{port}/invocations", {"inputs": rows})["predictions"]
        example = json.loads((Path(model) / "serving_input_example.json").read_text())
        assert len(fetch(f"http://127.0.0.1:{port}/invocations", example)["predictions"]) == 1
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    with torch.no_grad():
        expected = module(torch.tensor(rows))
    assert torch.allclose(torch.tensor(told), expected, atol=1e-6)
