"""Pictures of a run for those who look at it in MLflow: its loss, and what was taken for what."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.events import Metrics, Started
from engine.runs import RunFolder

TESTED = "tested.json"
"""What a task keeps of the test split, such as `confusion`."""
SPLITS = {"train": "#8a94a6", "validation": "#2f6fde"}
MOST_CLASSES = 40
"""More classes than that no picture has room for."""
DOTS = 120
"""Per inch."""

log = logging.getLogger(__name__)


def draw(run: RunFolder, folder: Path) -> list[Path]:
    """Draw what there is to draw into a folder; return the files."""
    drawn: list[Path | None] = []
    for picture, name in ((_losses, "loss.png"), (_confusion, "confusion.png")):
        try:
            drawn.append(picture(run, folder / name))
        except Exception as error:  # noqa: BLE001 - a missing font or a full disk: the run is told of without it
            log.warning("%s: %s could not be drawn: %s", run.id, name, error)
    return [path for path in drawn if path is not None]


def _losses(run: RunFolder, place: Path) -> Path | None:
    series = {split: list(_epochs(run, f"{split}/loss")) for split in SPLITS}
    series = {split: points for split, points in series.items() if points}
    if not series:
        return None
    figure = _figure(6.4, 4.0)
    axes = figure.add_subplot()
    for split, points in series.items():
        epochs, values = zip(*points, strict=True)
        axes.plot(epochs, values, label=split, color=SPLITS[split], linewidth=2, marker="o" if len(points) < 2 else "")
    axes.set(xlabel="epoch", ylabel="loss", title=run.id)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    figure.savefig(place)
    return place


def _epochs(run: RunFolder, name: str) -> Iterator[tuple[int, float]]:
    """The values of a metric by epoch; what an attempt did beyond the checkpoint that the next began at is void."""
    found: dict[int, float] = {}
    tail = run.tail()
    while messages := tail.read(limit=1 << 20):
        for one in messages:
            if isinstance(one, Started):
                found = {epoch: value for epoch, value in found.items() if epoch <= one.epoch}
            elif isinstance(one, Metrics) and name in one.values:
                found[one.epoch] = one.values[name]
    return ((epoch, value) for epoch, value in sorted(found.items()) if math.isfinite(value))


def _confusion(run: RunFolder, place: Path) -> Path | None:
    found = run.read_json(TESTED).get("confusion")
    if not isinstance(found, dict) or not 1 < len(found.get("classes", ())) <= MOST_CLASSES:
        return None
    classes: Sequence[str] = [str(one) for one in found["classes"]]
    counts: list[list[int]] = found["counts"]
    side = 2.4 + 0.42 * len(classes)
    figure = _figure(side + 0.6, side)
    axes = figure.add_subplot()
    shares = [[one / max(1, sum(row)) for one in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for truth, row in enumerate(counts):
        for answer, count in enumerate(row):
            if count:
                color = "white" if shares[truth][answer] > 0.5 else "#333333"
                axes.text(answer, truth, str(count), ha="center", va="center", fontsize=8, color=color)
    turned = 0 if max(map(len, classes)) <= 3 else 60
    axes.set_xticks(range(len(classes)), classes, rotation=turned, ha="right" if turned else "center")
    axes.set_yticks(range(len(classes)), classes)
    axes.set(xlabel="answered", ylabel="true class", title="Test split")
    figure.savefig(place)
    return place


def _figure(width: float, height: float) -> Any:
    """A sheet of so many inches, of a renderer that needs no screen."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    return figure
