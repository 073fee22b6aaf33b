"""Values and functions as Python writes them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional

from engine.export.errors import ExportError

OPERATORS = {
    torch.add: "+",
    torch.sub: "-",
    torch.mul: "*",
    torch.div: "/",
}
"""What reads better between its operands; `torch.add(a, b)` and `a + b` are the same to the bit."""


def literal(value: Any) -> str:
    """A value's source; raise `ExportError` for one that has none."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple | list):
        inside = ", ".join(literal(one) for one in value)
        inside += "," if isinstance(value, tuple) and len(value) == 1 else ""
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if value is None or isinstance(value, bool | int | float | torch.dtype | torch.device):
        return repr(value)
    if callable(value) and getattr(value, "__module__", "").startswith("torch"):
        return function_name(value)
    raise ExportError(f"A {type(value).__name__} cannot be written as source code")


def quoted(text: str) -> str:
    """A string in the quotes that formatters prefer."""
    found = repr(text)
    return f'"{found[1:-1]}"' if found.startswith("'") and '"' not in found else found


def function_name(function: Callable[..., Any]) -> str:
    """How a function of PyTorch is called where `torch` and `F` (its `nn.functional`) are imported."""
    name = getattr(function, "__name__", "")
    for owner, prefix in ((torch, "torch"), (functional, "F"), (torch.Tensor, "torch.Tensor")):
        found = getattr(owner, name, None)
        if found is function:
            return f"{prefix}.{name}"
    raise ExportError(f"The function {name or function!r} is none of PyTorch's")
