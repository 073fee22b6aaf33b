"""What is searched: digits, read by a small MLP or a small CNN, as projects with search marks."""

from engine.spec import Component, FrozenDict, Project, Search, Study, Training
from tests.bench.loop.drawn import Layers, chain

EPOCHS, BATCH, HIDDEN = 5, 64, 128
LR = (1e-4, 1e-1)
DECAY = (1e-6, 1e-1)


def mlp(*, trials: int) -> Project:
    """Learning rate and weight decay of an MLP: whatever is tried costs the same, and none is ended early."""
    layers: Layers = [
        ("Flatten", {}),
        ("Linear", {"out_features": HIDDEN}),
        ("ReLU", {}),
        ("Linear", {"out_features": 10}),
    ]
    optimizer = Component(kind="AdamW").set(lr=log(*LR, value=1e-3), weight_decay=log(*DECAY, value=1e-2))
    return project(layers, optimizer, EPOCHS, Study(trials=trials, pruner=Component(kind="Median").set(startup=trials)))


def cnn(*, epochs: int, study: Study) -> Project:
    """Width, dropout and learning rate of a CNN."""
    layers: Layers = [
        ("Conv2d", {"out_channels": Search(low=8, high=48, step=8, value=16), "kernel_size": 3}),
        ("ReLU", {}),
        ("MaxPool2d", {"kernel_size": 2}),
        ("Flatten", {}),
        ("Dropout", {"p": Search(low=0.0, high=0.7, value=0.3)}),
        ("Linear", {"out_features": 10}),
    ]
    return project(layers, Component(kind="Adam").set(lr=log(*LR, value=1e-3)), epochs, study)


def project(layers: Layers, optimizer: Component, epochs: int, study: Study) -> Project:
    """Layers between input and output as a project over digits."""
    return Project(
        name="Search",
        networks=FrozenDict(model=chain([("Input", {"column": "image"}), *layers, ("Output", {})])),
        dataset=Component(kind="Digits"),
        task=Component(kind="Classify"),
        training=Training(epochs=epochs, batch_size=BATCH, optimizer=optimizer),
        study=study,
    )


def log(low: float, high: float, *, value: float) -> Search:
    """A range in which each factor counts alike."""
    return Search(low=low, high=high, log=True, value=value)
