"""What a person writes into a field, and the value it means: pure functions over a `Parameter`."""

from __future__ import annotations

import math
import operator
import re
from typing import Any

from engine.spec import Parameter, Search

_NUMBER = {"int": int, "float": float, "ints": int, "floats": float}


class Mixed:
    """What stands for a value while several things that are edited together differ in it."""

    def __repr__(self) -> str:
        return "mixed"


MIXED = Mixed()


def write(value: Any) -> str:
    """A value as a person would write it: `1e-4`, `0.001`, `3, 3`; nothing for None and for mixed values."""
    if value is None or value is MIXED:
        return ""
    if isinstance(value, Search):
        return _write_search(value)
    if isinstance(value, float):
        return _write_float(value)
    if isinstance(value, list | tuple):
        return ", ".join(write(one) for one in value)
    return str(value)


def _write_float(value: float) -> str:
    plain = f"{value:.10g}"
    if value == 0 or not math.isfinite(value) or 1e-3 <= abs(value) < 1e6:
        return plain
    digits, power = f"{value:.6e}".split("e")
    return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"


def _write_search(search: Search) -> str:
    times = "× " if search.relative else ""
    if search.choices:
        return f"{times}one of " + ", ".join(write_choice(choice) for choice in search.choices)
    way = " log" if search.log else f" by {write(search.step)}" if search.step else ""
    return f"{times}{write(search.low)} … {write(search.high)}{way}"


def brief(search: Search) -> str:
    """What is tried in as few characters as can be understood: `16 … 64`, `relu, gelu`, `× 0.5 … 2`."""
    times = "× " if search.relative else ""
    if not search.choices:
        return f"{times}{write(search.low)} … {write(search.high)}"
    return times + ", ".join(write_choice(choice) for choice in search.choices)


def write_choice(value: Any) -> str:
    """One of several values, so that each can be told from the next: `16`, `(3, 5)`, `none`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return f"({write(value)})"
    return "none" if value is None else write(value) or "empty"


def read(parameter: Parameter, text: str) -> Any:
    """The value that a text means for this parameter.

    Raises:
        ValueError: with a sentence for the person, when it means none or one out of range.
    """
    text = text.strip()
    if not text and parameter.optional:
        return None
    if parameter.type in {"str", "path"}:
        return text
    if parameter.type in {"ints", "floats"}:
        return tuple(_number(parameter, word) for word in _words(text))
    words = _words(text) if parameter.several else [text]
    if len(words) > 1:
        return tuple(int(_within(parameter, _number(parameter, word))) for word in words)
    return _within(parameter, _number(parameter, text))


def _words(text: str) -> list[str]:
    """The numbers of a list, however they are set apart."""
    return [word for word in re.split(r"[,;x\u00d7\s()\[\]]+", text) if word]


def _number(parameter: Parameter, word: str) -> int | float:
    kind = _NUMBER[parameter.type]
    try:
        value = float(word.replace("_", ""))
    except ValueError:
        example = "a whole number such as 32" if kind is int else "a number such as 0.001 or 1e-3"
        raise ValueError(f"Write {example}." if not word else f"“{word}” is not a number: write {example}.") from None
    if not math.isfinite(value):
        raise ValueError("Write a finite number.")
    if kind is float:
        return value
    if not value.is_integer():
        raise ValueError(f"{word} is not whole: write a whole number such as {round(value)}.")
    return int(value)


def _within(parameter: Parameter, value: float) -> float:
    rules = (
        (parameter.min, operator.ge, "at least"),
        (parameter.max, operator.le, "at most"),
        (parameter.above, operator.gt, "above"),
        (parameter.below, operator.lt, "below"),
    )
    for bound, holds, words in rules:
        if bound is not None and not holds(value, bound):
            raise ValueError(f"Must be {words} {write(_whole(bound))}.")
    return value


def _whole(bound: float) -> int | float:
    return int(bound) if float(bound).is_integer() and abs(bound) < 1e15 else bound


def stepped(parameter: Parameter, value: float, steps: float) -> int | float:
    """The value some steps further, held within what the parameter allows.

    A step is the declared one, a tenth of a decade for a log parameter, 1 for whole numbers, or a hundredth of the
    value's own power of ten.
    """
    if parameter.log and value > 0 and parameter.type == "float":
        moved = _rounded(value * 10 ** (steps / 10))
    else:
        width = parameter.step or (1.0 if parameter.type == "int" else _width(value))
        moved = _rounded(value + steps * width)
    held = _held(parameter, moved)
    return round(held) if parameter.type == "int" else held


def _width(value: float) -> float:
    return 0.01 if value == 0 else float(10.0 ** (math.floor(math.log10(abs(value))) - 1))


def _rounded(value: float) -> float:
    return float(f"{value:.3g}") if abs(value) < 1 else round(value, 6)


def _held(parameter: Parameter, value: float) -> float:
    step = parameter.step or (1.0 if parameter.type == "int" else 1e-6)
    lows = [low for low in (parameter.min, parameter.above) if low is not None]
    highs = [high for high in (parameter.max, parameter.below) if high is not None]
    if lows and value <= max(lows):
        value = parameter.min if parameter.min is not None else max(lows) + step
    if highs and value >= min(highs):
        value = parameter.max if parameter.max is not None else min(highs) - step
    return value
