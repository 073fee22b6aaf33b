"""Import lines in the order that formatters give them."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def import_blocks(lines: Iterable[str]) -> list[list[str]]:
    """Imports sorted, what comes from one module on one line: first the standard library's, then all others."""
    whole = {line for line in lines if not line.startswith("from ")}
    parts: dict[str, set[str]] = {}
    for line in set(lines) - whole:
        _, module, _, names = line.split(" ", 3)
        parts.setdefault(module, set()).add(names)
    joined = [f"from {module} import {', '.join(sorted(names, key=_case))}" for module, names in parts.items()]
    ordered = sorted(whole) + sorted(joined)
    known = sys.stdlib_module_names
    ours = [line for line in ordered if line.split()[1].partition(".")[0] in known]
    return [block for block in (ours, [line for line in ordered if line not in ours]) if block]


def _case(name: str) -> tuple[bool, str]:
    """Classes before functions and modules."""
    return name[:1].islower(), name
