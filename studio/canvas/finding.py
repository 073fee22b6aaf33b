"""Finding a layer by a few letters: by its name, other names for it, or what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.spec import Layer
from studio.canvas.face import icon_of

ORDER = (
    "Network", "Linear", "Convolution", "Pooling", "Normalization",
    "Activation", "Regularization", "Merge", "Shape", "Arithmetic",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A kind of node as the palette and the search list it."""

    kind: str
    title: str
    summary: str
    category: str
    synonyms: tuple[str, ...] = ()
    inputs: bool = True
    outputs: bool = True

    @property
    def icon(self) -> str:
        return icon_of(self.kind, self.category)


def entries(layers: Mapping[str, type[Layer]]) -> tuple[Entry, ...]:
    """All kinds, category by category; categories that packs invented follow the usual ones."""
    made = (
        Entry(
            kind=kind,
            title=layer.title(),
            summary=layer.summary(),
            category=layer.category or "Other",
            synonyms=layer.synonyms,
            inputs=bool(layer.inputs()) or kind == "Block",
            outputs=bool(layer.outputs),
        )
        for kind, layer in layers.items()
    )
    return tuple(sorted(made, key=lambda entry: (_rank(entry.category), entry.category)))


def found(every: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries that every word of the text points at, best first; all of them for an empty text."""
    words = text.lower().split()
    if not words:
        return tuple(every)
    scored = [(min(score(entry, word) for word in words), entry) for entry in every]
    fitting = [(points, entry) for points, entry in scored if points]
    fitting.sort(key=lambda pair: (-pair[0], len(pair[1].title)))
    return tuple(entry for _, entry in fitting)


def score(entry: Entry, word: str) -> int:
    """How well a word points at an entry, 0 for not at all."""
    names = (entry.title.lower(), entry.kind.lower())
    others = tuple(other.lower() for other in entry.synonyms)
    rules = (
        (100, word in names),
        (90, any(name.startswith(word) for name in names)),
        (88, any(part.startswith(word) for part in _parts(entry.title))),
        (85, word in others),
        (80, any(part.startswith(word) for other in others for part in (other, *other.split()))),
        (70, any(word in name for name in names)),
        (50, any(word in other for other in others)),
        (45, entry.category.lower().startswith(word)),
        (30, len(word) > 1 and any(_in_order(word, name) for name in names)),
        (20, any(part.startswith(word) for part in entry.summary.lower().split()) and len(word) > 2),
    )
    return next((points for points, holds in rules if holds), 0)


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name: `max`, `pool`, `2d` of `MaxPool2d`."""
    return tuple(part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d\w*", name))


def _in_order(word: str, name: str) -> bool:
    """Whether the letters of the word come in this order in the name: `cv2` in `conv2d`."""
    rest = iter(name)
    return all(letter in rest for letter in word)


def _rank(category: str) -> int:
    return ORDER.index(category) if category in ORDER else len(ORDER)
