"""What a person wrote on a run: kept in its folder, so that it goes wherever the run goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A name of its own, some words, tags, a star, a color."""

    name: str = ""
    """In place of the project's name; empty to leave that."""
    text: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False
    color: int | None = None
    """Its place among the series colors; None to have one given."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Notes:
        """Read what `to_json` wrote; what is broken or unknown counts as not written."""
        tags = found if isinstance(found := data.get("tags"), list) else []
        color = data.get("color")
        return cls(
            name=_text(data.get("name")),
            text=_text(data.get("text")),
            tags=tuple(dict.fromkeys(one for one in tags if isinstance(one, str) and one)),
            starred=data.get("starred") is True,
            color=color if isinstance(color, int) and not isinstance(color, bool) and color >= 0 else None,
        )

    def to_json(self) -> dict[str, Any]:
        """As it is kept: what says nothing is left out."""
        said = {name: value for name, value in asdict(self).items() if value != getattr(EMPTY, name)}
        return said | ({"tags": list(self.tags)} if self.tags else {})


EMPTY = Notes()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
