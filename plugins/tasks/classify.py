"""Classifying: which of several classes a sample belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from pydantic import PrivateAttr

from engine.spec import Column, Facts, Mend, Problem, Reading, Task, TensorSpec, field
from plugins.tasks._outputs import missing_column, missing_output, not_fractions, wrong_width


class Classify(Task):
    """Learn which class a sample belongs to.

    The network gives one number per class, no softmax behind it: cross-entropy does that itself. The best checkpoint is
    the most accurate one on the validation split, since that is the number people compare classifiers by.
    """

    category = "Supervised"
    synonyms = ("classification", "cross-entropy", "classes", "recognize")
    watch = "accuracy"
    goal = "max"
    goals: ClassVar[Mapping[str, Literal["min", "max"]]] = {"accuracy": "max", "macro_f1": "max"}

    target: str = field("label", help="The column that holds the classes.")
    output: str = field("prediction", advanced=True, help="The network's Output that is judged.")
    label_smoothing: float = field(
        0.0,
        min=0,
        below=1,
        step=0.05,
        help="The share of certainty that is spread over all classes, against overconfidence.",
    )
    class_weights: Literal["none", "balanced"] = field(
        "none", help="balanced makes mistakes on rare classes count more, by how rare they are in the training split."
    )

    _kept: dict[str, Any] = PrivateAttr(default_factory=dict)

    def columns(self) -> tuple[str, ...]:
        return (self.target,)

    def check(self, outputs: Mapping[str, TensorSpec], data: Facts) -> Iterator[Problem]:
        """Yield what does not fit between the output, the classes and the column."""
        blind = missing_column(self.target, data, kind="label") or self._no_classes(data)
        lost = missing_output(self.output, outputs)
        yield from (problem for problem in (blind, lost) if problem)
        if blind or lost:
            return
        count = len(data.column(self.target).classes)
        reason = f"there are {count} classes"
        spec = outputs[self.output]
        yield from filter(None, (wrong_width(self.output, spec, count, reason), not_fractions(self.output, spec)))

    def loss(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> Any:
        """Cross-entropy, as `torch.nn.CrossEntropyLoss` defines it: with weights, the weighted mean."""
        scores = outputs[self.output].float()
        weight = None
        if self.class_weights == "balanced":
            counts = tuple(data.statistics[self.target]["counts"])
            weight = self._weights(torch, counts, scores.device)
        return torch.nn.functional.cross_entropy(
            scores, batch[self.target], weight=weight, label_smoothing=self.label_smoothing
        )

    def tally(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`confusion`: how many samples of class row / K were taken for class row % K, flat (K·K), int64."""
        scores, truth = outputs[self.output], batch[self.target]
        classes = scores.shape[1]
        cell = torch.add(scores.argmax(dim=1), truth, alpha=classes)
        # Not bincount: on a GPU it waits for the largest cell before it counts.
        counts = torch.zeros(classes * classes, dtype=torch.int64, device=cell.device)
        return {"confusion": counts.index_add_(0, cell, torch.ones_like(cell))}

    def metrics(self, tally: Mapping[str, Any], data: Facts) -> dict[str, float]:
        """Accuracy, and F1 averaged over the classes that occur or were predicted (as scikit-learn's macro F1)."""
        cells = tally["confusion"]
        classes = round(cells.size**0.5)
        confusion = cells.reshape(classes, classes)
        hits = confusion.diagonal()
        marked = confusion.sum(axis=0) + confusion.sum(axis=1)  # predicted plus true: F1 = 2 hits / (both)
        seen = marked > 0
        return {
            "accuracy": float(hits.sum() / confusion.sum()),
            "macro_f1": float((2 * hits[seen] / marked[seen]).mean()),
        }

    def kept(self, tally: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`confusion`: the classes, and how many samples of each (a row) were taken for which."""
        cells, classes = tally["confusion"], data.column(self.target).classes
        side = round(cells.size**0.5)
        named = [*classes, *(str(place) for place in range(len(classes), side))][:side]
        return {"confusion": {"classes": named, "counts": cells.reshape(side, side).tolist()}}

    def reading(self, data: Facts) -> Reading:
        return Reading(kind="class", column=self.target, error="cross-entropy", unit="nats")

    def answers(self, torch: Any, outputs: Mapping[str, Any], batch: Mapping[str, Any], data: Facts) -> dict[str, Any]:
        """`truth`, `chances` (softmax of the scores), and as `error` the plain cross-entropy, without any weights."""
        scores, truth = outputs[self.output].float(), batch[self.target]
        error = torch.nn.functional.cross_entropy(scores, truth, reduction="none")
        return {"truth": truth, "chances": scores.softmax(dim=1), "error": error}

    def _weights(self, torch: Any, counts: tuple[int, ...], device: Any) -> Any:
        """The balanced weights, kept so that no step copies them: by this object, since a fake run's are no numbers."""
        found = self._kept.get(str(device))
        if found is None:
            found = self._kept[str(device)] = balanced(torch, counts, device)
        return found

    def _no_classes(self, data: Facts) -> Problem | None:
        column: Column = data.column(self.target)
        if len(column.classes) > 1:
            return None
        if column.classes:
            message = (
                f"The column '{self.target}' has one class only, '{column.classes[0]}': there is nothing to tell apart."
            )
            return Problem(message=message, section="task", parameter="target")
        mend = Mend(text="Learn it by Regress", settings={"task": "Regress", "task.target": self.target})
        return Problem(
            message=f"The column '{self.target}' holds no classes, so it cannot be classified.",
            section="task",
            parameter="target",
            mend=mend if column.kind == "target" else None,
        )


def balanced(torch: Any, counts: tuple[int, ...], device: Any) -> Any:
    """Weights inverse to the classes' sizes, mean 1 over the training samples."""
    present = sum(count > 0 for count in counts)
    total = sum(counts)
    weights = [total / (present * count) if count else 1.0 for count in counts]
    return torch.tensor(weights, dtype=torch.float32, device=device)
