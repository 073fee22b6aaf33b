"""`netloom check`: what every node gives and costs, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from engine.api import check, load
from engine.cli.fit import Place, probe_file, show_training
from engine.cli.marks import marks_to_json, show_marks
from engine.cli.saying import console, errors, say_json
from engine.cli.settings import apply
from engine.runs import Workspace
from engine.spec import Catalogue, Problem, Project

if TYPE_CHECKING:
    from engine.analyze import NodeReport, Report


def check_file(
    file: Path,
    *,
    settings: Sequence[str] = (),
    place: Place | None = None,
    probe: bool = False,
    json: bool = False,
) -> int:
    """Print the report; return 2 when something keeps the project from being trained.

    With `probe`, take some real training steps on the device first and report what they took.
    """
    project, folder = apply(load(file), settings, Catalogue.load()), file.absolute().parent
    place = place or Place(Workspace.default())
    measured = probe_file(project, folder, place, quiet=json) if probe else None
    report = check(project, folder=folder, device=place.device, workspace=place.workspace.path)
    report = report if measured is None else replace(report, training=measured)
    if json:
        say_json({**report.to_json(), "search": marks_to_json(project)})
    else:
        show(project, report)
    return 2 if report.errors else 0


def show(project: Project, report: Report) -> None:
    """Tables for a person: networks on standard output, problems on standard error."""
    for name, nodes in report.networks.items():
        table = Table(
            "node", "layer", "gives", "parameters", "FLOPs", title=f"{project.name}: {name}", title_justify="left"
        )
        for column in table.columns[3:]:
            column.justify = "right"
        for node, one in nodes.items():
            kind = project.networks[name][node].kind
            table.add_row(
                node,
                kind,
                shapes(one),
                f"{one.parameters:,}" if one.parameters else "",
                f"{one.flops:,}" if one.flops else "",
            )
        console.print(table)
    totals = report.totals
    console.print(
        f"{totals['parameters']:,} parameters · {totals['flops']:,} FLOPs and "
        f"{totals['activation_bytes']:,} bytes of activations per sample"
    )
    if report.training is not None:
        show_training(report.training)
    show_marks(project)
    for problem in report.problems:
        errors.print(sentence(problem))
    if not report.problems:
        console.print("Nothing is wrong with it.")


def shapes(report: NodeReport) -> str:
    """A node's output shapes in words."""
    return ", ".join(
        " × ".join("batch" if size is None else str(size) for size in spec.shape) for spec in report.outputs.values()
    )


def sentence(problem: Problem) -> str:
    """A problem with its place before it."""
    place = ".".join(one for one in (problem.network, problem.node, problem.parameter) if one) or problem.section or ""
    mark = "" if problem.severity == "error" else "warning: "
    return f"{mark}{place}: {problem.message}" if place else f"{mark}{problem.message}"
