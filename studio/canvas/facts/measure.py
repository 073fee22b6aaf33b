"""What of its cost a box shows: parameters, operations or memory, as a number and as a share of the whole network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.spec.quantities import bytes_text, count_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One way to say what a layer costs.

    Args:
        key: what the analysis calls it.
        title: what people call it.
        tip: what it is, in a sentence.
        text: writes an amount.
    """

    key: str
    title: str
    tip: str
    text: Callable[[float], str]

    def of(self, facts: Mapping[str, Any]) -> float:
        """How much a node has of it; nothing while that is not known."""
        return float(facts.get(self.key) or 0)

    def total(self, every: Iterable[Mapping[str, Any]]) -> float:
        """How much the nodes have together."""
        return sum(self.of(facts) for facts in every)


MEASURES = (
    Measure(key="parameters", title="Parameters", tip="Numbers that are learned.", text=count_text),
    Measure(key="flops", title="FLOPs", tip="Operations of one sample on its way forward.", text=count_text),
    Measure(key="activation_bytes", title="Memory", tip="What one sample leaves behind for training.", text=bytes_text),
)
