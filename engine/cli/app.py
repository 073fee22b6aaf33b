"""The commands of `netloom`, as typer reads them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.cli.saying import console, errors
from engine.cli.window import EXAMPLES

app = typer.Typer(
    name="netloom",
    help="A studio for deep-learning experiments. `netloom [FILE]` opens the window; the commands work without one.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A project file.", show_default=False)]
Workspace = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of the runs; ~/Netloom/default if not given.")
]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda:0, mps")]
Json = Annotated[bool, typer.Option("--json", help="Print machine-readable lines and nothing else.")]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Change a setting, as in training.epochs=3.")
]

UsageError: Any = typer.BadParameter.__bases__[0]
"""The error that typer raises for a command line it cannot read."""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return the exit status: 0, 1 for what failed, 2 for what the user can mend."""
    try:
        return int(app(list(arguments), standalone_mode=False) or 0)
    except UsageError as error:
        errors.print(f"{error.format_message()} `netloom --help` lists what there is.")
    except ValueError as error:
        errors.print(str(error))
    except typer.Abort:
        return 130
    return 2


@app.callback(invoke_without_command=True)
def root(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """See the options of each command with `netloom COMMAND --help`."""
    if show_version:
        console.print(f"netloom {version('netloom')}")
        raise typer.Exit


@app.command()
def demo(
    shots: Annotated[Path | None, typer.Option(metavar="DIR", help="Where pictures of the pages go.")] = None,
    workspace: Annotated[Path | None, typer.Option(metavar="DIR", help="~/Netloom/demo if not given.")] = None,
) -> int:
    """Train a small network on handwritten digits and show it."""
    from engine.cli.demo import run_demo

    return run_demo(EXAMPLES / "digits-cnn.netloom", shots=shots, workspace=workspace)


@app.command()
def new(
    template: Annotated[str | None, typer.Argument(help="Its name; without one all are listed.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write; TEMPLATE.netloom if not given.")
    ] = None,
    json: Json = False,
) -> int:
    """Start a project from a template, or list the templates."""
    from engine.cli.new import list_templates, new_file

    return list_templates(json=json) if template is None else new_file(template, to, json=json)


@app.command()
def train(  # noqa: PLR0913, PLR0917 - the options of one command
    file: File,
    workspace: Workspace = None,
    settings: Set = None,
    device: Device = "auto",
    seeds: Annotated[
        int, typer.Option(metavar="N", help="Train it with so many seeds, one after the other, as one group.")
    ] = 0,
    json: Json = False,
) -> int:
    """Train a project."""
    from engine.cli.seeds import train_seeds
    from engine.cli.train import Order, train_file

    order = Order(workspace=workspace, device=device, json=json)
    if seeds:
        return train_seeds(file, settings=settings or (), count=seeds, order=order)
    return train_file(file, settings=settings or (), order=order)


@app.command()
def search(  # noqa: PLR0913, PLR0917 - the options of one command
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A project file with search marks.")] = None,
    trials: Annotated[int, typer.Option(metavar="N", help="How many to try; with --resume, how many more.")] = 0,
    timeout: Annotated[float, typer.Option(metavar="S", help="Seconds for it; with --resume, how many more.")] = 0.0,
    workers: Annotated[int, typer.Option(metavar="K", help="Processes that train side by side.")] = 0,
    settings: Set = None,
    resume: Annotated[str, typer.Option(metavar="STUDY", help="Go on with a study: its id, its end, or 'last'.")] = "",
    join: Annotated[
        str, typer.Option(metavar="STUDY", help="Work on a study that another machine began, by its --storage.")
    ] = "",
    storage: Annotated[
        str, typer.Option(metavar="URL", help="Where the study is kept: sqlite, postgresql, mysql, journal or grpc.")
    ] = "",
    name: Annotated[str, typer.Option(help="What the study is called in its storage.")] = "",
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With --join: where the project's relative paths start here.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the workspace's studies.")] = False,
    no_tracking: Annotated[bool, typer.Option("--no-tracking", help="Do not tell MLflow of the trials.")] = False,
    workspace: Workspace = None,
    device: Device = "auto",
    json: Json = False,
) -> int:
    """Search for the best values of whatever a project marks: Optuna chooses them, each trial is a run."""
    from engine.cli import search as searching
    from engine.cli.train import Order

    order = Order(workspace=workspace, device=device, json=json)
    wanted = searching.Wanted(
        settings=settings or (),
        trials=trials,
        timeout=timeout,
        workers=workers,
        name=name,
        storage=storage,
        tracking=not no_tracking,
    )
    if listing:
        return searching.list_studies(order)
    if join:
        return searching.join_study(join, wanted, order, folder=folder)
    if resume:
        return searching.resume_study(resume, wanted, order)
    if file is None:
        raise ValueError("Say which project to search: netloom search FILE. --resume and --join go on with a study.")
    return searching.search_file(file, wanted, order)


@app.command()
def again(
    run: Annotated[str, typer.Argument(help="A run's id, its end, its folder, or 'last'.", show_default=False)],
    epochs: Annotated[
        int, typer.Option(metavar="N", help="Go on from its last checkpoint until there are so many epochs.")
    ] = 0,
    workspace: Workspace = None,
    device: Annotated[str, typer.Option(help="Another device than before.")] = "",
    json: Json = False,
) -> int:
    """Train a run once more as it was, and say whether the numbers are equal; or go on from it for more epochs."""
    from engine.cli.again import train_again
    from engine.cli.train import Order

    return train_again(run, epochs=epochs, order=Order(workspace=workspace, device=device, json=json))


@app.command()
def resume(
    run: Annotated[str, typer.Argument(help="A run's id, its end, its folder, or 'last'.", show_default=False)],
    workspace: Workspace = None,
    device: Annotated[str | None, typer.Option(help="Another device than before.")] = None,
    json: Json = False,
) -> int:
    """Go on with a run that was stopped or interrupted, from its last checkpoint."""
    from engine.cli.train import resume_run

    return resume_run(run, workspace=workspace, device=device, json=json)


@app.command()
def check(  # noqa: PLR0913, PLR0917 - the options of one command
    file: File,
    settings: Set = None,
    device: Device = "auto",
    probe: Annotated[bool, typer.Option("--probe", help="Take some real training steps and measure them.")] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Show what every node gives and costs, whether training fits the device, and what is wrong, without training."""
    from engine.cli.check import check_file
    from engine.cli.fit import Place
    from engine.runs import Workspace as Home

    home = Home(workspace) if workspace is not None else Home.default()
    return check_file(file, settings=settings or (), place=Place(home, device), probe=probe, json=json)


@app.command("import")
def import_(
    model: Annotated[str | None, typer.Argument(help="torchvision:NAME, such as torchvision:resnet18.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The project file; NAME.netloom if not given.")
    ] = None,
    names: Annotated[bool, typer.Option("--list", help="List the models there are.")] = False,
    json: Json = False,
) -> int:
    """Make a project of a published model, drawn so that it can be edited."""
    from engine.cli.importing import import_to, list_models

    if names:
        return list_models(json=json)
    if model is None:
        raise ValueError("Say which model to import, such as torchvision:resnet18; --list names those there are.")
    return import_to(model, to, json=json)


@app.command()
def export(
    what: Annotated[str, typer.Argument(metavar="FILE|RUN", help="A project file, or a run.", show_default=False)],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to write; printed if not given.")] = None,
    network: Annotated[str, typer.Option(help="Which of the project's networks.")] = "model",
    workspace: Workspace = None,
) -> int:
    """Write a network as the PyTorch that a person would have written."""
    from engine.cli.exporting import export_to

    return export_to(what, to, network=network, workspace=workspace)


@app.command()
def runs(
    workspace: Workspace = None,
    expression: Annotated[
        str, typer.Option("--filter", metavar="EXPRESSION", help="As in 'accuracy > 0.9 and lr < 0.01'.")
    ] = "",
    sort: Annotated[str, typer.Option(metavar="NAME", help="As in accuracy; -accuracy is the largest first.")] = "",
    columns: Annotated[str, typer.Option(metavar="NAME,NAME", help="As in state,accuracy,lr.")] = "",
    json: Json = False,
) -> int:
    """List the runs of a workspace, by what they were asked for and what came of it."""
    from engine.cli.listing import Wanted
    from engine.cli.runs import list_runs

    names = tuple(name for part in columns.split(",") if (name := part.strip()))
    return list_runs(workspace, Wanted(filter=expression, sort=sort, columns=names), json=json)


@app.command()
def compare(
    runs: Annotated[list[str], typer.Argument(metavar="RUN RUN…", help="Ids, their ends, folders, or 'last'.")],
    workspace: Workspace = None,
    every: Annotated[bool, typer.Option("--all", help="Show what is the same as well.")] = False,
    json: Json = False,
) -> int:
    """Show what differs between runs: settings, networks, data, environment and results."""
    from engine.cli.compare import compare_runs

    return compare_runs(runs, workspace, every=every, json=json)


@app.command()
def mlflow(
    port: Annotated[int, typer.Option(help="Where it listens, on this machine alone; any free port for 0.")] = 0,
    retell: Annotated[
        bool, typer.Option("--retell", help="Tell it of the runs, too, that another MLflow was told of, and end.")
    ] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Show the runs in MLflow's own pages, until Ctrl+C."""
    from engine.cli.serving import retell_mlflow, serve_mlflow

    if retell:
        return retell_mlflow(workspace, json=json)
    return serve_mlflow(workspace, port=port, json=json)


@app.command()
def shot(  # noqa: PLR0913, PLR0917 - the options of one command
    file: File,
    page: Annotated[str, typer.Option(help="design, data, train, runs or search")] = "design",
    theme: Annotated[str, typer.Option(help="dark or light")] = "dark",
    size: Annotated[str, typer.Option(metavar="WxH", help="in pixels")] = "1600x1000",
    out: Annotated[Path, typer.Option(metavar="FILE", help="a PNG file")] = Path("shot.png"),
    workspace: Workspace = None,
) -> int:
    """Take a picture of a page of the window; no screen is needed."""
    from engine.cli.shot import Picture, take_shot

    return take_shot(file, Picture(page=page, theme=theme, size=size, out=out), workspace=workspace)


@app.command()
def doctor(workspace: Workspace = None, json: Json = False) -> int:
    """Say what is installed, what works, and how to mend what does not."""
    from engine.cli.doctor import show_doctor

    return show_doctor(workspace, json=json)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
