"""Projects that a person would draw for the real datasets, made in code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from engine.spec import Component, Graph, Link, Node, Project, Split, Training

Step: TypeAlias = str | tuple[str, dict[str, Any]]


def chain(column: str, *steps: Step) -> Graph:
    """A network of layers one after the other, from an Input of that column to an Output."""
    graph = Graph().add(Node(id="input_1", kind="Input", parameters={"column": column}))
    last = "input_1"
    for kind, parameters in (step if isinstance(step, tuple) else (step, {}) for step in (*steps, "Output")):
        node = graph.fresh_id(kind)
        graph = graph.add(Node(id=node, kind=kind, parameters=parameters)).connect(Link(source=last, target=node))
        last = node
    return graph


def convolutions(*widths: int, dropout: float = 0.25) -> list[Step]:
    """Two convolutions and a pooling for every width, then a dense layer's input."""
    steps: list[Step] = []
    for width in widths:
        for _ in range(2):
            steps += [("Conv2d", {"out_channels": width, "bias": False}), "BatchNorm2d", "ReLU"]
        steps += ["MaxPool2d", ("Dropout", {"p": dropout})]
    return [*steps, "Flatten"]


def dense(widths: Iterable[int], *, dropout: float = 0.0) -> list[Step]:
    """Linear layers with ReLU (and dropout) between them."""
    steps: list[Step] = []
    for width in widths:
        steps += [("Linear", {"out_features": width}), "ReLU", *([("Dropout", {"p": dropout})] if dropout else [])]
    return steps


def settings(epochs: int, *, lr: float, batch_size: int = 64, weight_decay: float = 1e-2) -> Training:
    """AdamW on a one-cycle schedule."""
    return Training(
        epochs=epochs,
        batch_size=batch_size,
        optimizer=Component(kind="AdamW", parameters={"lr": lr, "weight_decay": weight_decay}),
        schedule=Component(kind="OneCycleLR"),
    )


def fashion_mnist(folder: Path) -> Project:
    """Ten kinds of clothing, 28 × 28 gray, IDX files with a test split of their own."""
    network = chain("image", *convolutions(16, 32), *dense([128], dropout=0.4), ("Linear", {"out_features": 10}))
    return Project(
        name="Fashion MNIST",
        dataset=Component(kind="IDX", parameters={"path": str(folder)}),
        split=Split(validation=0.1),
        training=settings(10, lr=4e-3),
    ).with_network("model", network)


def mnist_png(folder: Path) -> Project:
    """Handwritten digits in class folders, with a test folder."""
    network = chain("image", *convolutions(16, 32), *dense([128], dropout=0.4), ("Linear", {"out_features": 10}))
    return Project(
        name="MNIST PNG",
        dataset=Component(kind="ImageFolder", parameters={"path": str(folder), "size": 28}),
        split=Split(validation=0.1),
        training=settings(10, lr=4e-3),
    ).with_network("model", network)


def california_housing(file: Path) -> Project:
    """House prices by district: eight numbers, one category, some missing."""
    network = chain("features", *dense([128, 128, 64]), ("Linear", {"out_features": 1}))
    return Project(
        name="California housing",
        dataset=Component(kind="CSV", parameters={"path": str(file), "target": "median_house_value"}),
        split=Split(validation=0.1, test=0.2, seed=42),
        task=Component(kind="Regress"),
        training=settings(60, lr=3e-3, batch_size=256),
    ).with_network("model", network)


def palmer_penguins(file: Path) -> Project:
    """Three species by a few measurements, some missing."""
    network = chain("features", *dense([32]), ("Linear", {"out_features": 3}))
    return Project(
        name="Penguins",
        dataset=Component(kind="CSV", parameters={"path": str(file), "target": "species"}),
        training=settings(60, lr=5e-3, batch_size=32),
    ).with_network("model", network)


def clothing_small(folder: Path) -> Project:
    """Photos of clothes in ten classes, few and of differing sizes."""
    steps = [*convolutions(16, 32, 64, 96, dropout=0.1)[:-1], ("AdaptiveAvgPool2d", {"output_size": 1}), "Flatten"]
    network = chain("image", *steps, ("Dropout", {"p": 0.3}), ("Linear", {"out_features": 10}))
    return Project(
        name="Clothing",
        dataset=Component(kind="ImageFolder", parameters={"path": str(folder), "size": 64}),
        training=settings(30, lr=3e-3, batch_size=32, weight_decay=5e-2),
    ).with_network("model", network)
