"""What the commands have in common: how they speak to people and to programs."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
"""For people, on standard output; only where no `--json` was given."""
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def say_json(data: dict[str, Any] | list[Any]) -> None:
    """One line for a program."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def duration(seconds: float) -> str:
    """Seconds as a person says them."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"


def number(value: float) -> str:
    """A number with the four digits that tell runs apart."""
    return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
