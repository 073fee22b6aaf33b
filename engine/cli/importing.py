"""`netloom import`: a published model as a project."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from engine.cli.saying import console, duration, say_json
from engine.spec import SUFFIX, Catalogue, Project, write_project


def import_to(name: str, to: Path | None, *, json: bool = False) -> int:
    """Draw a model and save it; by default beside, under its own name."""
    from engine.convert import import_model

    start = perf_counter()
    conversion = import_model(name, Catalogue.load())
    project = conversion.project
    place = to or Path(f"{project.name}{SUFFIX}")
    write_project(place, project)
    nodes, kinds, seconds = len(project.model.nodes), blocks(project), perf_counter() - start
    if json:
        facts = {"file": str(place), "model": project.name, "nodes": nodes, "blocks": kinds}
        say_json({**facts, "seconds": round(seconds, 3)})
    else:
        with_blocks = f", blocks of the kind{'s' * (len(kinds) > 1)} {', '.join(kinds)}" if kinds else ""
        made_of = f"{nodes} node{'s' * (nodes != 1)}{with_blocks}"
        console.print(f"{project.name}: {made_of}, in {duration(seconds)}; saved to {place}.", markup=False)
    return 0


def list_models(*, json: bool = False) -> int:
    """Print the names of the models that can be imported."""
    from engine.convert import PREFIX, model_names

    if json:
        say_json([f"{PREFIX}{name}" for name in model_names()])
    else:
        for name in model_names():
            console.print(f"{PREFIX}{name}")
    return 0


def blocks(project: Project) -> list[str]:
    """The networks that are used as blocks."""
    return [name for name in project.networks if name != "model"]
