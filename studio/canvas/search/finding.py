"""Finding a layer by a few letters: by its name, other names for it, or what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from engine.spec import Layer
from studio.canvas.facts.face import icon_of

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

    @property
    def tint(self) -> str:
        """The category whose color it has: blocks, wherever they come from, that of the box they become."""
        return "Network" if ":" in self.kind else self.category


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
    fitting.sort(key=lambda pair: (-pair[0], len(pair[1].title), not pair[1].title.endswith("2d")))  # images first
    return tuple(entry for _, entry in fitting)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What an entry is found by, in small letters: its names, their words, and those of its synonyms and summary."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    others: tuple[str, ...]
    starts: tuple[str, ...]
    summary: tuple[str, ...]


@cache
def _terms(entry: Entry) -> _Terms:
    others = tuple(other.lower() for other in entry.synonyms)
    return _Terms(
        names=tuple(dict.fromkeys((entry.title.lower(), entry.kind.lower()))),
        parts=_parts(entry.title),
        others=others,
        starts=tuple(dict.fromkeys(part for other in others for part in (other, *other.split()))),
        summary=tuple(entry.summary.lower().split()),
    )


def score(entry: Entry, word: str) -> int:
    """How well a word points at an entry, 0 for not at all."""
    terms = _terms(entry)
    rules = (
        (100, word in terms.names),
        (90, any(name.startswith(word) for name in terms.names)),
        (88, any(part.startswith(word) for part in terms.parts)),
        (85, word in terms.others),
        (80, any(part.startswith(word) for part in terms.starts)),
        (70, any(word in name for name in terms.names)),
        (50, any(word in other for other in terms.others)),
        (45, entry.category.lower().startswith(word)),
        (30, len(word) > 1 and any(_in_order(word, name) for name in terms.names)),
        (20, len(word) > 2 and any(part.startswith(word) for part in terms.summary)),
    )
    return next((points for points, holds in rules if holds), 0) or _slip(terms, word)


def _slip(terms: _Terms, word: str) -> int:
    """How well a word points at an entry if it was mistyped: at its name, or at another name for it."""
    if _mistyped(word, (*terms.names, *(re.sub(r"\d\w*$", "", name) for name in terms.names), *terms.parts)):
        return 18
    return 15 if _mistyped(word, terms.starts) else 0


def _parts(name: str) -> tuple[str, ...]:
    """The words of a name: `max`, `pool`, `2d` of `MaxPool2d`."""
    return tuple(part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d\w*", name))


def _in_order(word: str, name: str) -> bool:
    """Whether the letters of the word come in this order in the name: `cv2` in `conv2d`."""
    rest = iter(name)
    return all(letter in rest for letter in word)


def _mistyped(word: str, names: Iterable[str]) -> bool:
    """Whether the word is one of the names but for a slip: one in four letters, two in eight."""
    slips = min(len(word) // 4, 2)
    near = (name for name in names if abs(len(name) - len(word)) <= slips)
    return slips > 0 and any(slips_between(word, name) <= slips for name in near)


def slips_between(one: str, other: str) -> int:
    """How many letters were left out, added, changed or swapped with the next (optimal string alignment distance)."""
    before, last = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def _rank(category: str) -> int:
    return ORDER.index(category) if category in ORDER else len(ORDER)
