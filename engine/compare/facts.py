"""What can be said of a run, each thing under a section and a name, so that runs can be laid beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.compare.subject import Subject
from engine.compare.values import Form
from engine.events import Started
from engine.runs import Summary
from engine.spec import Block, Catalogue, Component, Declaration, Graph, Layer, Node, Project, usual

OUTCOME, TRAINING, DATA, TASK, ENVIRONMENT = "Outcome", "Training", "Data", "Task", "Environment"
PARAMETERS = "Parameters"
"""What runs of other tools say of themselves."""
SEEDS = ("seed",)
BEST, LATEST = ", best", ", last"
"""How the names of metrics end that are of the best epoch, or of the newest."""


class Place(NamedTuple):
    """Where a fact stands."""

    section: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a run.

    `quiet` facts are worth a line only where they differ.
    """

    value: Any
    form: Form = "setting"
    quiet: bool = False


Facts = Mapping[Place, Fact]
Called = Mapping[str, Mapping[str, str]]
"""For each network what its nodes are called in the comparison, where that is not their id."""


def network_section(name: str) -> str:
    """The section of a network's nodes."""
    return "Network" if name == "model" else f"Network “{name}”"


def facts_of(subject: Subject, catalogue: Catalogue, called: Called) -> Iterator[tuple[Place, Fact]]:
    """Everything that is known, in the order in which it is read best."""
    if subject.summary is not None:
        yield from _under(OUTCOME, _outcome(subject.summary, subject.repetition))
    if subject.project is not None:
        yield from _settings(subject.project, catalogue)
    yield from _under(PARAMETERS, ((name, Fact(value)) for name, value in subject.settings.items()))
    yield from _under(DATA, _data(subject.data))
    if subject.project is not None:
        for name, graph in subject.project.networks.items():
            facts = _network(graph, subject.project, catalogue, called.get(name, {}))
            yield from _under(network_section(name), facts)
    if subject.started is not None:
        yield from _under(ENVIRONMENT, _environment(subject.started))


def _under(section: str, facts: Iterator[tuple[str, Fact]]) -> Iterator[tuple[Place, Fact]]:
    return ((Place(section, name), fact) for name, fact in facts)


# Outcome


def _outcome(summary: Summary, repetition: str) -> Iterator[tuple[str, Fact]]:
    yield "state", Fact(summary.state)
    if summary.message:
        yield "message", Fact(summary.message, quiet=True)
    if summary.started:
        yield "trained for", Fact(summary.seconds, "seconds")
        yield "epochs trained", Fact(summary.epoch, "label")
        yield "watched metric", Fact(summary.watch)
    if repetition:
        yield "numbers", Fact(repetition, "label")
    if summary.best_epoch:
        yield "best epoch", Fact(summary.best_epoch, "label")
    yield from _metrics(summary)
    if summary.created:
        yield "created", Fact(summary.created, "moment")


def _metrics(summary: Summary) -> Iterator[tuple[str, Fact]]:
    """The test split's first, then those of the best epoch and of the last, what is watched before the rest."""
    yield from ((name, Fact(value, "metric")) for name, value in summary.last.items() if name.startswith("test/"))
    for when, metrics in ((BEST, summary.best), (LATEST, summary.last)):
        shown = (name for name in metrics if not name.startswith("test/"))
        for name in sorted(shown, key=lambda one: (one != summary.watch, not one.startswith("validation/"), one)):
            yield f"{name}{when}", Fact(metrics[name], "metric")


# The project


def _settings(project: Project, catalogue: Catalogue) -> Iterator[tuple[Place, Fact]]:
    training, split = project.training, project.split
    plain = {name: getattr(training, name) for name in type(training).model_fields}
    yield from _under(TRAINING, _plain({name: one for name, one in plain.items() if not isinstance(one, Component)}))
    yield from _under(TRAINING, _component("optimizer", training.optimizer, catalogue.optimizers))
    yield from _under(TRAINING, _component("schedule", training.schedule, catalogue.schedules))
    yield from _under(TASK, _component("task", project.task, catalogue.tasks))
    if project.dataset is not None:
        yield from _under(DATA, _component("dataset", project.dataset, catalogue.datasets))
    yield from _under(DATA, _plain({f"split.{name}": getattr(split, name) for name in type(split).model_fields}))


def _plain(settings: Mapping[str, Any]) -> Iterator[tuple[str, Fact]]:
    for name, value in settings.items():
        yield name, Fact(value, "label" if name.rpartition(".")[2] in SEEDS else "setting")


def _component(
    name: str, component: Component, declared: Mapping[str, type[Declaration]]
) -> Iterator[tuple[str, Fact]]:
    """Its kind and parameters; those that were not written have the value that they are declared with."""
    yield name, Fact(component.kind)
    declaration = declared.get(component.kind)
    defaults = usual(declaration) if declaration is not None else {}
    yield from _plain({f"{name}.{one}": value for one, value in {**defaults, **component.parameters}.items()})


def _network(
    graph: Graph, project: Project, catalogue: Catalogue, called: Mapping[str, str]
) -> Iterator[tuple[str, Fact]]:
    for node in graph.nodes:
        name = called.get(node.id, node.id)
        yield name, Fact(node.kind)
        defaults = _defaults(node, project, catalogue.layers)
        yield from _plain({f"{name}.{one}": value for one, value in {**defaults, **node.parameters}.items()})
        sources = [called.get(link.source, link.source) for link in graph.incoming[node.id]]
        if sources:
            yield f"{name} reads", Fact(tuple(sources), quiet=True)
        yield f"{name} muted", Fact(node.muted, quiet=True)
        yield f"{name} is called", Fact(node.id, quiet=True)


def _defaults(node: Node, project: Project, layers: Mapping[str, type[Layer]]) -> Mapping[str, Any]:
    """What a node's parameters are while nobody writes them; of a block also those that its network exposes."""
    if node.kind == Block.kind():
        return {one.name: one.default for one in project.parameters_of(node, layers) if not one.required}
    layer = layers.get(node.kind)
    return usual(layer) if layer is not None else {}


# Data and environment


def _data(data: Mapping[str, Any]) -> Iterator[tuple[str, Fact]]:
    if data.get("fingerprint"):
        yield "fingerprint", Fact(data["fingerprint"], "label")
    sizes, columns = data.get("sizes"), data.get("columns")
    for split, count in sizes.items() if isinstance(sizes, Mapping) else ():
        yield f"samples, {split}", Fact(count)
    for name, column in columns.items() if isinstance(columns, Mapping) else ():
        if isinstance(column, Mapping):
            shape = " × ".join(str(size) for size in column.get("shape") or ()) or "one number"
            classes = column.get("classes") or ()
            yield f"column {name}", Fact(f"{column.get('kind', '')}, {shape}".strip(", "))
            if classes:
                yield f"column {name}, classes", Fact(tuple(classes))


def _environment(started: Started) -> Iterator[tuple[str, Fact]]:
    yield "device", Fact(started.device)
    for name in ("machine", "host", "commit"):
        if value := getattr(started, name):
            yield name, Fact(value, "label")
    if started.threads:
        yield "threads", Fact(started.threads)
    for name, version in started.versions.items():
        yield name, Fact(version, "label")
