"""Six networks of the kinds people train, as projects, with the columns of data that nobody has to have."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.spec import Catalogue, Column, Component, Facts, FrozenDict, Graph, Project, Training
from tests.bench.analyze.resnet import Builder

CLASSES = tuple("0123456789")


def mlp(build: Builder) -> str:
    """Three wide layers, each normalized."""
    last = build.put("Flatten", image(build))
    for width in (2048, 2048, 1024):
        last = build.put("ReLU", build.put("BatchNorm1d", build.put("Linear", last, out_features=width)))
        last = build.put("Dropout", last)
    return last


def cnn(build: Builder) -> str:
    """Six convolutions and three poolings."""
    last = image(build)
    for width in (32, 64, 128):
        for _ in range(2):
            last = build.put("ReLU", build.put("Conv2d", last, out_channels=width, kernel_size=3))
        last = build.put("MaxPool2d", last, kernel_size=2)
    return build.put("Flatten", last)


def resnet18(build: Builder) -> str:
    """ResNet-18 (He et al., 2015, table 1)."""
    last = build.put("ReLU", build.convolution(image(build), 64, 7, 2))
    last = build.put("MaxPool2d", last, kernel_size=3, stride=2, padding=1)
    for width, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        for pace in (stride, 1):
            inner = build.convolution(build.put("ReLU", build.convolution(last, width, 3, pace)), width, 3)
            shortcut = build.convolution(last, width, 1, pace) if pace > 1 else last
            last = build.put("ReLU", build.put("Add", inner, shortcut))
    return pooled(build, last)


def unet(build: Builder) -> str:
    """Three steps down and up again, with skips (Ronneberger et al., 2015)."""
    last, skips = image(build), []
    for width in (16, 32, 64):
        last = twice(build, last, width)
        skips.append(last)
        last = build.put("MaxPool2d", last, kernel_size=2)
    last = twice(build, last, 128)
    for width, skip in zip((64, 32, 16), reversed(skips), strict=True):
        up = build.put("ConvTranspose2d", last, out_channels=width)
        last = twice(build, build.put("Concat", up, skip), width)
    return pooled(build, last)


def transformer(build: Builder) -> str:
    """Four encoder layers over a sequence."""
    last = image(build)
    for _ in range(4):
        last = build.put("TransformerEncoderLayer", last, nhead=8, dim_feedforward=1024)
    return build.put("Select", last)


def lstm(build: Builder) -> str:
    """Two recurrent layers over a sequence."""
    return build.put("Select", build.put("LSTM", image(build), hidden_size=256, num_layers=2))


def image(build: Builder) -> str:
    """Where the data enters."""
    return build.put("Input", column="image")


def twice(build: Builder, last: str, width: int) -> str:
    """Two normalized convolutions."""
    for _ in range(2):
        last = build.put("ReLU", build.convolution(last, width, 3))
    return last


def pooled(build: Builder, last: str) -> str:
    """One number per channel."""
    return build.put("Flatten", build.put("AdaptiveAvgPool2d", last, output_size=1))


NETWORKS: Mapping[str, tuple[Callable[[Builder], str], tuple[int, ...], int]] = MappingProxyType(
    {
        "MLP": (mlp, (3, 32, 32), 512),
        "CNN": (cnn, (3, 32, 32), 128),
        "ResNet-18": (resnet18, (3, 96, 96), 32),
        "U-Net": (unet, (3, 64, 64), 32),
        "Transformer encoder": (transformer, (96, 256), 32),
        "LSTM": (lstm, (96, 128), 64),
    }
)
"""By name: what draws it, the shape of a sample, and the batch size."""


def project(name: str, catalogue: Catalogue, batch: int = 0) -> tuple[Project, Facts]:
    """A classifier of ten classes with the network's usual batch size, or another."""
    draw, shape, usual = NETWORKS[name]
    build = Builder(catalogue)
    build.put("Output", build.put("Linear", draw(build), out_features=len(CLASSES)))
    graph = Graph(nodes=tuple(build.nodes), links=tuple(build.links))
    data = Column(name="image", kind="image", shape=shape)
    label = Column(name="label", kind="label", dtype="int64", classes=CLASSES)
    facts = Facts(columns=FrozenDict(image=data, label=label), sizes=FrozenDict(train=50_000))
    made = Project(task=Component(kind="Classify"), training=Training(batch_size=batch or usual))
    return made.with_network("model", graph), facts
