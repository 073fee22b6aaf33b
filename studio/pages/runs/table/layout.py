"""How the table is set up: which columns, in which order, how wide, sorted and grouped by what. A value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from studio.pages.runs.table.columns import STANDARD, column_of

LEAST, MOST = 40, 900
"""Pixels that a column has."""
ROOM = 128
"""Pixels that a mean with its interval needs."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A setup of the table; the name always stands first.

    Args:
        columns: keys in their order, those that are pinned first.
        pinned: how many stand still at the left while the others are scrolled.
        widths: pixels of columns that were given some.
        sort: key of the column that is sorted by.
        down: whether the largest comes first.
        group: key of the column by which runs fold together, empty for none.
    """

    columns: tuple[str, ...] = STANDARD
    pinned: int = 1
    widths: Mapping[str, int] = field(default_factory=dict)
    sort: str = "created"
    down: bool = True
    group: str = ""

    @classmethod
    def from_json(cls, data: Any) -> Layout:
        """Read what `to_json` wrote; what is broken or unknown is as it is at first."""
        if not isinstance(data, dict):
            return cls()
        columns = tuple(key for key in _texts(data.get("columns")) if column_of(key) is not None)
        widths = data.get("widths")
        kept = {key: width for key, width in widths.items() if _is_width(width)} if isinstance(widths, dict) else {}
        sort, group, pinned = data.get("sort"), data.get("group"), data.get("pinned")
        columns = tuple(dict.fromkeys(("name", *columns))) if columns else STANDARD
        return cls(
            columns=columns,
            pinned=min(max(pinned, 1), len(columns)) if isinstance(pinned, int) else 1,
            widths=kept,
            sort=sort if isinstance(sort, str) and column_of(sort) else "created",
            down=data.get("down") is not False,
            group=group if isinstance(group, str) and column_of(group) else "",
        )

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "columns": list(self.columns),
            "pinned": self.pinned,
            "widths": dict(self.widths),
            "sort": self.sort,
            "down": self.down,
            "group": self.group,
        }

    def showing(self, *keys: str) -> Layout:
        """With these columns as well, at the end."""
        return replace(self, columns=tuple(dict.fromkeys((*self.columns, *keys))))

    def hiding(self, *keys: str) -> Layout:
        """Without these columns; the name stays."""
        gone = {key for key in keys if key != "name"}
        left = sum(key not in gone for key in self.columns[: self.pinned])
        return replace(self, columns=tuple(key for key in self.columns if key not in gone), pinned=left)

    def moved(self, key: str, place: int) -> Layout:
        """With a column at another place, on its own side of the pinned ones."""
        here = self.columns.index(key)
        if here == 0:
            return self
        low, high = (1, self.pinned - 1) if here < self.pinned else (self.pinned, len(self.columns) - 1)
        rest = [one for one in self.columns if one != key]
        rest.insert(min(max(place, low), high), key)
        return replace(self, columns=tuple(rest))

    def is_pinned(self, key: str) -> bool:
        """Whether a column stands still."""
        return key in self.columns[: self.pinned]

    def pinning(self, key: str, *, pinned: bool) -> Layout:
        """With a column among those that stand still, as the last of them, or no longer."""
        if key == "name" or self.is_pinned(key) is pinned:
            return self
        rest = [one for one in self.columns if one != key]
        count = self.pinned + (1 if pinned else -1)
        rest.insert(count - 1 if pinned else count, key)
        return replace(self, columns=tuple(rest), pinned=count)

    def widened(self, key: str, width: int) -> Layout:
        """With another width of a column."""
        return replace(self, widths={**self.widths, key: min(max(width, LEAST), MOST)})

    def width(self, key: str) -> int:
        """Pixels of a column."""
        column = column_of(key)
        usual = column.width if column else LEAST
        if self.group and column is not None and column.number:
            usual = max(usual, ROOM)
        return self.widths.get(key) or usual


def _texts(found: Any) -> Sequence[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _is_width(found: Any) -> bool:
    return isinstance(found, int) and LEAST <= found <= MOST
