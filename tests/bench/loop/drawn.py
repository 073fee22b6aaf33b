"""The same networks as a project: what a person would have drawn."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from engine.spec import Component, FrozenDict, Graph, Link, Node, Project, Split, Training
from tests.bench.loop import data
from tests.bench.loop.case import Case

Layers: TypeAlias = Sequence[tuple[str, Mapping[str, object]]]

MLP: Layers = [("Flatten", {}), ("Linear", {"out_features": 256}), ("ReLU", {}), ("Linear", {"out_features": 10})]
CNN: Layers = [
    ("Conv2d", {"out_channels": 16, "kernel_size": 3}),
    ("ReLU", {}),
    ("MaxPool2d", {"kernel_size": 2}),
    ("Conv2d", {"out_channels": 32, "kernel_size": 3}),
    ("ReLU", {}),
    ("MaxPool2d", {"kernel_size": 2}),
    ("Flatten", {}),
    ("Linear", {"out_features": 10}),
]


def project(case: Case, folder: str) -> Project:
    """The case as a project over the IDX files in a folder."""
    layers = MLP if case.network == "mlp" else CNN
    return Project(
        name=case.name,
        networks=FrozenDict(model=chain([("Input", {"column": "image"}), *layers, ("Output", {})])),
        dataset=Component(kind="IDX", parameters={"path": folder}),
        split=Split(validation=data.VALIDATION / (data.TRAIN + data.VALIDATION)),
        task=Component(kind="Classify"),
        training=Training(epochs=case.epochs, batch_size=case.batch_size, optimizer=Component(kind="Adam")),
    )


def chain(layers: Layers) -> Graph:
    """One node behind the other."""
    graph = Graph()
    for kind, parameters in layers:
        node = Node(id=graph.fresh_id(kind), kind=kind, parameters=parameters)
        before = graph.nodes[-1:]
        graph = graph.add(node)
        for one in before:
            graph = graph.connect(Link(source=one.id, target=node.id))
    return graph
