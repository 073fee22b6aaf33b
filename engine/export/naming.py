"""The variables of `forward`: `x` for what the next line takes up, the node's id for what is needed later."""

from __future__ import annotations

import keyword

from engine.export.body import Body, Parts, Statement, Value

TAKEN = frozenset({"self", "torch", "nn", "F", "x", "block", "Tensor", *keyword.kwlist})
WIDTH = 100


def forward(body: Body, *, remarks: bool = True) -> list[str]:
    """The lines within `forward`, the last of which returns what the network gives."""
    name_values(body)
    lines: list[str] = []
    last = ""
    for number, one in enumerate(body.statements):
        remark = one.remark if remarks and one.remark != last else ""
        last = one.remark or last
        lines += _lines(one, f"  # {remark}" if remark else "", named=_wanted(body, number))
    return [*lines, f"return {', '.join(one.name for one in body.outputs)}"]


def name_values(body: Body) -> None:
    """Settle what every variable is called."""
    taken = set(TAKEN)
    for value in body.inputs:
        fleeting = len(body.inputs) == 1 and _uses(body, value) <= {0}
        value.name = value.name or ("x" if fleeting else _fresh("inputs" if value.hint == "x" else value.hint, taken))
        taken.add(value.name)
    for number, statement in enumerate(body.statements):
        fleeting_one = False
        for value in statement.targets:
            fleeting = _uses(body, value) == {number + 1} and not fleeting_one
            fleeting_one = fleeting_one or fleeting
            value.name = "x" if fleeting else _fresh(value.hint, taken)
            taken.add(value.name)


def _uses(body: Body, value: Value) -> set[int]:
    found = {number for number, one in enumerate(body.statements) if value in one.uses()}
    return found | ({len(body.statements)} if value in body.outputs else set())


def _wanted(body: Body, number: int) -> set[Value]:
    """The targets of a statement that anything needs."""
    statement = body.statements[number]
    return {one for one in statement.targets if _uses(body, one) or one in statement.after}


def _lines(statement: Statement, remark: str, *, named: set[Value]) -> list[str]:
    targets = ", ".join(one.name if one in named else "_" for one in statement.targets)
    first = f"{targets} = {text(statement.parts)}"
    after = text(statement.after).splitlines()
    return [first + (remark if len(first) + len(remark) <= WIDTH else ""), *after]


def text(parts: Parts) -> str:
    """The source of some parts."""
    return "".join(one.name if isinstance(one, Value) else one for one in parts)


def _fresh(hint: str, taken: set[str]) -> str:
    found, number = hint if hint not in taken else f"{hint}_", 1
    while found in taken:
        number += 1
        found = f"{hint}_{number}"
    return found
