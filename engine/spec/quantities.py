"""Quantities as a person says them, in the engine's sentences and in the window alike."""

from __future__ import annotations

POWERS = ("", " K", " M", " G", " T", " P")
BYTES = ("B", "KiB", "MiB", "GiB", "TiB")


def count_text(count: float) -> str:
    """A count to three digits: `812`, `12.4 K`, `3.1 M`."""
    power = 0
    while abs(count) >= 999.5 and power < len(POWERS) - 1:
        count, power = count / 1000, power + 1
    return f"{count:.3g}{POWERS[power]}" if power else f"{count:g}"


def bytes_text(count: float) -> str:
    """A size in memory to three digits, in powers of 1024: `640 B`, `12.4 KiB`, `1,010 MiB`."""
    power = 0
    while abs(count) >= 1023.5 and power < len(BYTES) - 1:
        count, power = count / 1024, power + 1
    return f"{count:,.0f} {BYTES[power]}" if abs(count) >= 999.5 else f"{count:.3g} {BYTES[power]}"
