"""An expression taken apart into words, quoted texts, operators and brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from engine.runs.query.terms import QueryError

Kind = Literal["word", "quoted", "operator", "open", "close", "end"]
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<quoted>"[^"]*"|'[^']*')
  | (?P<operator><=|>=|!=|==|=|<|>|!~|~)
  | (?P<open>\()
  | (?P<close>\))
  | (?P<word>[^\s()"'=!<>~]+(?:(?<=:)"[^"]*")?)
)""",
    re.VERBOSE,
)
SAME = {"==": "="}


@dataclass(frozen=True, slots=True)
class Token:
    """A part of the text: what it is, what it says without quotation marks, and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The parts in order, and one for the end.

    Raises:
        QueryError: at a quotation mark that is never closed, or a lone exclamation mark.
    """
    found: list[Token] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            place += len(text[place:]) - len(text[place:].lstrip())
            raise _unread(text, place)
        kind = match.lastgroup
        assert kind is not None
        said = match[kind]
        found.append(Token(kind, _bare(kind, said), match.start(kind), match.end()))  # type: ignore[arg-type]
        place = match.end()
    return [*found, Token("end", "", len(text), len(text))]


def _bare(kind: str, said: str) -> str:
    if kind == "quoted":
        return said[1:-1]
    return SAME.get(said, said) if kind == "operator" else said.replace('"', "")


def _unread(text: str, place: int) -> QueryError:
    if text[place] in "\"'":
        return QueryError("This quotation mark is never closed.", place, len(text))
    return QueryError("“!” stands only before = or ~; the opposite of a term is “not …”.", place, place + 1)
