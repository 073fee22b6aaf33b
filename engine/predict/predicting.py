"""Asking a run about a split, a batch at a time, so that whoever waits can be told how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.predict.answers import MOST_CLASSES, Answers, Array, PredictionError
from engine.predict.trained import Trained
from engine.train.plan import samples_at_once
from engine.train.seeds import apart

MOST_AT_ONCE = 1024
"""Samples asked about together at most: the time between two looks at the clock stays short."""


class Predicting:
    """The answers of a run to the samples of a split, as they are made. Memory: the answers, and one batch.

    Args:
        trained: who answers.
        split: the name of the split, for the record.
    """

    def __init__(self, trained: Trained, split: str) -> None:
        self._trained, self._split = trained, split
        self._size = min(samples_at_once(trained.facts.columns, trained.network.inputs, trained.device), MOST_AT_ONCE)
        self._parts: list[dict[str, Array]] = []
        self.done = 0
        """Samples answered."""

    def __len__(self) -> int:
        return len(self._trained.rows)

    @torch.inference_mode()
    def advance(self, seconds: float) -> bool:
        """Go on for about so long, at least by a batch; True when all is answered.

        Raise `PredictionError` where the network cannot answer.
        """
        end = perf_counter() + seconds
        with apart(self._trained.device, 0):
            while self.done < len(self):
                self._parts.append(self._batch(range(self.done, min(self.done + self._size, len(self)))))
                self.done += len(self._parts[-1]["error"])
                if perf_counter() > end:
                    break
        return self.done >= len(self)

    def answers(self) -> Answers:
        """All of them, once `advance` said True."""
        trained = self._trained
        assert self.done >= len(self)
        return Answers(
            run=trained.run.id,
            split=self._split,
            fingerprint=trained.fingerprint,
            checkpoint=str(trained.weights.relative_to(trained.run.path)),
            reading=trained.reading,
            classes=tuple(trained.facts.column(trained.reading.column).classes),
            rows=trained.rows,
            values={name: np.concatenate([part[name] for part in self._parts]) for name in self._parts[0]},
            notes=trained.notes,
        )

    def _batch(self, places: range) -> dict[str, Array]:
        trained = self._trained
        batch = trained.network.laid_out(trained.samples.gather(torch.arange(places.start, places.stop)))
        try:
            outputs = trained.network(batch)
            return _compact(trained.task.answers(torch, outputs, batch, trained.facts))
        except RuntimeError as error:
            reason = str(error).partition("\n")[0]
            raise PredictionError(f"The network of '{trained.run.id}' could not answer: {reason}") from error


def _compact(found: Mapping[str, Tensor]) -> dict[str, Any]:
    """As arrays, and of many chances the likeliest."""
    values = dict(found)
    if "chances" in values:
        chances = values.pop("chances").float()
        top = chances.topk(min(MOST_CLASSES, chances.shape[1]), dim=1)
        values |= {"chances": top.values, "likely": top.indices}
    values["error"] = values["error"].float()
    return {name: one.cpu().numpy() for name, one in values.items()}
