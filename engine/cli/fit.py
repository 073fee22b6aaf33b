"""Will it fit: the answer as a table for people, and the process that measures it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from engine.cli.saying import console, duration, errors
from engine.runs import Workspace
from engine.spec import Project, project_to_json
from engine.spec.quantities import bytes_text

PARTS = {
    "weights": "weights",
    "gradients": "gradients at the peak",
    "optimizer": "optimizer",
    "activations": "activations and temporaries",
    "data": "data",
    "workspace": "workspace of algorithms",
}
STATES = {
    "fits": "It fits: {usable} may be used on {device}.",
    "tight": "It is tight: {usable} may be used on {device}.",
    "too large": "It does not fit: {usable} may be used on {device}.",
    "unknown": "How much of {device} is free is not known.",
}


@dataclass(frozen=True)
class Place:
    """Where something would be trained, and whose measurements count."""

    workspace: Workspace
    device: str = "auto"


def show_training(training: dict[str, Any]) -> None:
    """Where the memory of a training step goes, how long it takes, and the largest batch."""
    if "memory" not in training:
        errors.print(str(training.get("reason", "")))
        return
    table = Table("memory of a training step", "", title_justify="left")
    table.columns[1].justify = "right"
    for name, words in PARTS.items():
        table.add_row(words, bytes_text(training["memory"][name]))
    table.add_section()
    table.add_row(f"batch of {training['batch_size']}", bytes_text(training["memory"]["total"]))
    if training["needed"] > training["memory"]["total"]:
        table.add_row("evaluating the validation split", bytes_text(training["needed"]))
    console.print(table)
    usable = bytes_text(training["usable"])
    fits = STATES[training["state"]].format(usable=usable, device=training["device"])
    console.print(f"{fits} The largest batch is {training['largest_batch']}. {_time(training)}")


def _time(training: dict[str, Any]) -> str:
    seconds = training["seconds_per_step"]
    if seconds is None:
        return "Its time is not measured yet: --probe takes some real steps."
    known = "measured" if training["measured"] else "foretold from other networks measured here"
    return f"A step takes {1000 * seconds:.3g} ms, an epoch {duration(training['seconds_per_epoch'])} ({known})."


def probe_file(project: Project, folder: Path, place: Place, *, quiet: bool) -> dict[str, Any]:
    """Measure in a process of its own, with progress unless `quiet`; return the estimate that has learned from it.

    Raise ValueError, in the user's words, where it cannot be measured.
    """
    order = [sys.executable, "-m", "engine.fit", "--device", place.device, "--folder", str(folder)]
    order += ["--workspace", str(place.workspace.path)]
    answer: dict[str, Any] = {}
    with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(project_to_json(project)))
            process.stdin.close()
            for line in process.stdout:
                answer = _heard(line, quiet=quiet) or answer
        except BaseException:
            process.kill()
            raise
    if "result" in answer:
        return dict(answer["result"])
    raise ValueError(str(answer.get("refusal") or _death(process.returncode)))


def _heard(line: str, *, quiet: bool) -> dict[str, Any] | None:
    """A line's message if it is the last word; progress is shown in its place."""
    try:
        said = json.loads(line)
    except ValueError:
        return None  # a library that prints
    if not isinstance(said, dict) or {"result", "refusal"} & said.keys():
        return said if isinstance(said, dict) else None
    if not quiet and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{said.get('doing', '')} {100 * said.get('done', 0):.0f} %")
    return None


def _death(status: int) -> str:
    if status == -signal.SIGKILL:
        return "The system ended the measurement, most likely because memory ran out. Try a smaller batch."
    return "The measurement ended without an answer. `netloom doctor` says what may be wrong with this machine."
