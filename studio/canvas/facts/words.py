"""What the canvas writes: shapes, counts and parameters in as few characters as can be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.spec import Parameter, Search
from studio.widgets.fields import brief, write

SIZES = ("kernel_size", "output_size")
"""Parameters that give one number for every dimension of the layer."""
TELLING = (*SIZES, "out_", "hidden_", "embedding_")
"""Parameters that everybody knows by their value alone."""
MOST_CHOICES = 4
"""So many values to try are named, and more are counted."""
MOST_TITLES = 3
"""The same of kinds of layer that may stand in one place."""


def shape_text(shape: Sequence[Any], *, batch: bool = False) -> str:
    """A shape as `64 × 28 × 28`; the batch is implied, or written first when asked for."""
    sizes = [str(size) for size in shape]
    named = bool(sizes) and not sizes[0].isdigit()
    shown = sizes if batch or not named else sizes[1:]
    return " × ".join(shown) or "1"


def tensor_text(facts: Mapping[str, Any], *, batch: bool = False, dtype: bool = False) -> str:
    """A tensor's shape, with its dtype where that is asked for or not the usual float32."""
    kind = str(facts.get("dtype", "float32"))
    words = shape_text(facts.get("shape", ()), batch=batch)
    return words if kind == "float32" and not dtype else f"{words}  {kind}"


def parameter_line(kind: str, parameters: Sequence[Parameter], written: Mapping[str, Any]) -> str:
    """The parameters that tell two nodes of a kind apart: the first, the kernel, and whatever is not the default."""
    shown = []
    for place, parameter in enumerate(parameters):
        value = written.get(parameter.name, parameter.default)
        usual = value == parameter.default
        leading = place == 0 or parameter.name == "kernel_size"
        if not usual or (leading and not parameter.advanced and not isinstance(value, bool)):
            shown.append(_value_text(kind, parameter, value, bare=leading))
    return " · ".join(word for word in shown if word)


def or_text(titles: Sequence[str]) -> str:
    """What may stand in one place: `ReLU or GELU`; of many, how many others there are."""
    if len(titles) > MOST_TITLES:
        return f"{', '.join(titles[: MOST_TITLES - 1])} or {len(titles) - MOST_TITLES + 1} others"
    return " or ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part)


def loose_line(written: Mapping[str, Any]) -> str:
    """The parameters of a node whose kind nobody knows, as they were written."""
    return " · ".join(f"{name} {write(value)}" for name, value in written.items())


def _value_text(kind: str, parameter: Parameter, value: Any, *, bare: bool) -> str:
    if isinstance(value, bool):
        return parameter.title if value else f"no {parameter.title}"
    if value is None or value == ():
        return ""
    if isinstance(value, Search):
        return _range_text(parameter, value, bare=bare)
    text = "×".join(write(one) for one in value) if isinstance(value, list | tuple) else write(value)
    if parameter.name in SIZES and isinstance(value, int):
        text = "×".join([str(value)] * _dimensions(kind))
    return f"{parameter.title} {text}" if _is_named(parameter, bare=bare) else text


def _range_text(parameter: Parameter, search: Search, *, bare: bool) -> str:
    text = brief(search)
    if search.choices and len(search.choices) > MOST_CHOICES:
        text = f"{len(search.choices)} choices"
    return f"{parameter.title} {text}" if _is_named(parameter, bare=bare) else text


def _is_named(parameter: Parameter, *, bare: bool) -> bool:
    return not bare or not (parameter.type in ("str", "choice") or parameter.name.startswith(TELLING))


def _dimensions(kind: str) -> int:
    found = re.search(r"([123])d", kind)
    return int(found.group(1)) if found else 1
