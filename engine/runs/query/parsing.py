"""From a text to a query.

    any        = all { "or" all }
    all        = term { [ "and" ] term }
    term       = "not" term | "(" any ")" | mark | comparison | word
    mark       = "tag:" TEXT | "has:" NAME | "is:starred"
    comparison = NAME ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" ) VALUE
    word       = TEXT, in quotation marks where it has spaces or stands for itself (`"and"`)

`~` asks whether a text contains another. `and`, `or` and `not` may be written in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.runs.query.literals import Literal
from engine.runs.query.terms import All, Any, Compare, Has, Not, Query, QueryError, Starred, Tag, Term, Word
from engine.runs.query.tokens import Token, tokens

JOINTS = ("and", "or")
KEYWORDS = (*JOINTS, "not")
ORDERS = ("<", "<=", ">", ">=")


def parse(text: str) -> Query | None:
    """The query that a text asks; None for an empty one.

    Raises:
        QueryError: where it cannot be understood, with the place and the way out.
    """
    if not text.strip():
        return None
    parser = _Parser(tokens(text))
    term = parser.any()
    rest = parser.next
    if rest.kind != "end":
        raise QueryError("This bracket was never opened.", rest.start, rest.end)
    return Query(term, tuple(parser.names))


@dataclass
class _Parser:
    """Reads tokens from left to right, a method for each rule of the grammar."""

    tokens: list[Token]
    place: int = 0
    names: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def any(self) -> Term:
        terms = [self.all()]
        while self._keyword("or"):
            terms.append(self.all())
        return terms[0] if len(terms) == 1 else Any(tuple(terms))

    def all(self) -> Term:
        terms = [self.term()]
        while self._keyword("and") or self._more():
            terms.append(self.term())
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def term(self) -> Term:
        if self._keyword("not"):
            return Not(self.term())
        token = self.next
        match token.kind:
            case "open":
                return self._inside()
            case "word" | "quoted":
                self._refuse_joint(token)
                return self._named()
            case "operator":
                raise QueryError(f"Before {token.text} comes a name, such as accuracy.", token.start, token.end)
        raise self._missing(token)

    def _named(self) -> Term:
        token = self._take()
        if self.next.kind == "operator":
            return self._comparison(token)
        return _mark(token) if token.kind == "word" else Word(token.text.casefold())

    def _comparison(self, name: Token) -> Term:
        operator, value = self._take(), self.next
        if value.kind not in {"word", "quoted"} or self._is_keyword(value):
            raise QueryError(f"After {operator.text} comes a value.", operator.start, value.end)
        self._take()
        literal = Literal.of(value.text)
        if operator.text in ORDERS and literal.number is None:
            message = f"After {operator.text} comes a number, such as 0.9, 10m, 2GB or 2026-11-20."
            raise QueryError(message, value.start, value.end)
        self.names.append((name.text, name.start, name.end))
        return Compare(name.text.casefold(), operator.text, literal)

    def _inside(self) -> Term:
        opening, first = self._take(), self.next
        if first.kind == "close":
            raise QueryError("There is nothing in these brackets.", opening.start, first.end)
        found, closing = self.any(), self._take()
        if closing.kind != "close":
            raise QueryError("This bracket is never closed.", opening.start, opening.end)
        return found

    def _refuse_joint(self, token: Token) -> None:
        if self._is_keyword(token):
            message = f"“{token.text}” joins two terms; as a word to look for it stands in quotation marks."
            raise QueryError(message, token.start, token.end)

    def _missing(self, token: Token) -> QueryError:
        before = self.tokens[self.place - 1] if self.place else token
        if token.kind == "close" and not self.place:
            return QueryError("This bracket was never opened.", token.start, token.end)
        return QueryError(f"Something has to follow “{before.text or '('}”.", before.start, before.end)

    def _more(self) -> bool:
        return self.next.kind not in {"end", "close"} and not (self._is_keyword(self.next) and self._says("or"))

    def _says(self, word: str) -> bool:
        return self.next.text.casefold() == word

    def _is_keyword(self, token: Token) -> bool:
        return token.kind == "word" and token.text.casefold() in JOINTS

    def _keyword(self, word: str) -> bool:
        """Whether a keyword comes next, which is then taken; before an operator it is a name like any other."""
        after = self.tokens[min(self.place + 1, len(self.tokens) - 1)]
        found = self.next.kind == "word" and self._says(word) and after.kind != "operator"
        self.place += found
        return found

    def _take(self) -> Token:
        """Go on; at the end there is nowhere to go."""
        token = self.next
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token


def _mark(token: Token) -> Term:
    kind, colon, said = token.text.partition(":")
    if not colon or kind.casefold() not in MARKS:
        return Word(token.text.casefold())
    if not said:
        raise QueryError(f"After {token.text} comes {MARKS[kind.casefold()]}.", token.start, token.end)
    match kind.casefold():
        case "tag":
            return Tag(said.casefold())
        case "has":
            return Has(said.casefold())
    if said.casefold() != "starred":
        raise QueryError(f"“{token.text}” is not known; there is is:starred.", token.start, token.end)
    return Starred()


MARKS = {"tag": "a tag, such as tag:paper", "has": "a name, such as has:note", "is": "starred: is:starred"}
