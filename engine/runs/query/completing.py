"""What could stand at a place in an expression: names, operators, values, and what joins terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.runs.query.parsing import KEYWORDS
from engine.runs.query.terms import QueryError
from engine.runs.query.tokens import Token, tokens

OPERATORS = ("=", "!=", ">", ">=", "<", "<=", "~")
WAYS_ON = ("and", "or")
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What runs have that can be asked for.

    Args:
        names: of facts, metrics and settings.
        tags: all tags.
        values: what stands under a name in some run, most common first.
    """

    names: Sequence[str]
    tags: Sequence[str]
    values: Callable[[str], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Completion:
    """What could stand in place of a stretch of the text.

    Args:
        start: where the stretch begins.
        end: where it ends.
        options: what could stand there, as it has to be written.
    """

    start: int
    end: int
    options: tuple[str, ...]


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> Completion:
    """What could be written at the cursor, with what was begun there taken into account."""
    try:
        before = tokens(text[:cursor])[:-1]
    except QueryError as error:  # within quotation marks
        begun = text[error.start + 1 : cursor]
        options = _values(_before(text[: error.start]), vocabulary) if text[error.start] in "\"'" else ()
        return Completion(start=error.start, end=cursor, options=_beginning(options, begun))
    begun_token = before.pop() if before and before[-1].kind == "word" and before[-1].end == cursor else None
    start = begun_token.start if begun_token else cursor
    begun = begun_token.text if begun_token else ""
    return Completion(start=start, end=cursor, options=_beginning(_fitting(before, begun, vocabulary), begun))


def quoted(text: str) -> str:
    """A name or value as it has to be written: in quotation marks where it would not be one word."""
    plain = re.fullmatch(r"[^\s()\"'=!<>~]+", text) and text.casefold() not in KEYWORDS
    return text if plain else f'"{text}"'


def _fitting(before: Sequence[Token], begun: str, vocabulary: Vocabulary) -> Sequence[str]:
    last = before[-1] if before else None
    if last is not None and last.kind == "operator":
        return _values(before, vocabulary)
    ends = last is None or last.kind == "open" or (last.kind == "word" and last.text.casefold() in KEYWORDS)
    starts = ("not", "is:starred", *(f"tag:{quoted(tag)}" for tag in vocabulary.tags), *map(quoted, vocabulary.names))
    if ends:
        return starts
    named = last is not None and last.kind in {"word", "quoted"} and _is_name(before, vocabulary)
    return (*(OPERATORS if named else ()), *WAYS_ON, *(starts if begun else ()))


def _is_name(before: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether the last token may be a name that an operator follows, and is not a value already."""
    compared = len(before) > 1 and before[-2].kind == "operator"
    known = {name.casefold() for name in vocabulary.names}
    return not compared and before[-1].text.casefold() in known


def _values(before: Sequence[Token], vocabulary: Vocabulary) -> Sequence[str]:
    if len(before) < 2 or before[-1].kind != "operator":
        return ()
    return [quoted(value) for value in vocabulary.values(before[-2].text)]


def _before(text: str) -> Sequence[Token]:
    try:
        return tokens(text)[:-1]
    except QueryError:
        return ()


def _beginning(options: Sequence[str], begun: str) -> tuple[str, ...]:
    """Those that begin like this, then those that have it within."""
    typed = begun.casefold()
    folded = [(option, option.casefold().replace('"', "")) for option in dict.fromkeys(options)]
    first = [option for option, bare in folded if bare.startswith(typed) and bare != typed]
    within = [option for option, bare in folded if typed and typed in bare and not bare.startswith(typed)]
    return tuple([*first, *within][:MOST])
