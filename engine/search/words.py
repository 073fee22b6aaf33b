"""What is said of points that are refused."""

from __future__ import annotations

from engine.spec import Problem
from engine.spec.quantities import bytes_text

COSTING = {
    "parameters": "It has {cost} parameters",
    "flops": "A sample takes {cost} FLOPs",
    "memory": "Training it takes about {cost} of memory",
    "step_seconds": "A training step takes about {cost}",
}
"""How a cost that breaks its limit is told."""


def over(name: str, cost: float | None, limit: float) -> str:
    """The sentence that a cost is over its limit, or cannot be known; empty where it keeps to it."""
    most = amount(name, limit)
    if cost is None:
        return f"What it takes cannot be foretold, so nobody knows whether it keeps to the limit of {most}."
    return f"{COSTING[name].format(cost=amount(name, cost))}, and the limit is {most}." if cost > limit else ""


def amount(name: str, cost: float) -> str:
    """A cost in words: `1,234`, `1.2 GiB`, `35 ms`."""
    if name == "memory":
        return bytes_text(cost)
    if name == "step_seconds":
        return f"{cost * 1000:.3g} ms" if cost < 1 else f"{cost:.3g} s"
    return f"{cost:,.0f}"


def sentence(problem: Problem) -> str:
    """A problem with its place before it."""
    if problem.section == "study":
        return problem.message  # what it is about is no place on a canvas
    where = (problem.network, problem.node) if problem.network else (problem.section,)
    place = ".".join(one for one in (*where, problem.parameter) if one)
    return f"{place}: {problem.message}" if place else problem.message
