"""Names for nodes and networks, such as a person would give them."""

from __future__ import annotations

import re


class Namer:
    """Gives readable names that are taken once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def layer(self, path: str, kind: str) -> str:
        """The module's own name where it has one (`conv1`), else the kind and a number (`conv2d_3`)."""
        named = _joined(path)
        stem = kind.lower()
        if named and not any(part.isdigit() for part in path.split(".")) and not _is_kind(named, stem):
            return self.take(named) if named not in self._taken else self.numbered(stem)
        return self.numbered(stem)

    def block(self, path: str) -> str:
        """As much of the end of the path as holds a word: `layer1_0`, `encoder_layer_3`."""
        parts = path.split(".")
        start = next((place for place in range(len(parts) - 1, -1, -1) if not parts[place].isdigit()), 0)
        short = _joined(".".join(parts[start:]))
        return self.take(short if short not in self._taken else _joined(path))

    def numbered(self, stem: str) -> str:
        """The stem and the next free number."""
        number = 1
        while f"{stem}_{number}" in self._taken:
            number += 1
        return self.take(f"{stem}_{number}")

    def take(self, name: str) -> str:
        """The name, or one with a number where it is taken."""
        if name in self._taken:
            return self.numbered(name)
        self._taken.add(name)
        return name


def title_of(kind: type[object]) -> str:
    """What a network made of a class is called."""
    return kind.__name__.lstrip("_")


def camel(words: str) -> str:
    """Words as part of a class's name: `downsample_0` is `Downsample`."""
    return "".join(part.capitalize() for part in re.split(r"[_\W]+", words) if not part.isdigit())


def _joined(path: str) -> str:
    name = re.sub(r"\W", "_", path)
    return f"n{name}" if name[:1].isdigit() else name


def _is_kind(name: str, stem: str) -> bool:
    return re.fullmatch(rf"{re.escape(stem)}\d*", name) is not None
