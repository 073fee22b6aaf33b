"""Filter expressions: what they mean, what is said of a wrong one, and what is offered while one is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runs.query import Query, QueryError, Value, Vocabulary, complete, parse


@dataclass
class Run:
    """A run with what a test gives it."""

    words: str = ""
    tags: Sequence[str] = ()
    starred: bool = False
    known: Mapping[str, Sequence[Value]] = field(default_factory=dict)

    def values(self, name: str) -> Sequence[Value]:
        return self.known.get(name, ())


GOOD = Run(
    words="resnet-18\nfinished",
    tags=("Paper", "two words"),
    starred=True,
    known={
        "accuracy": [0.93],
        "optimizer": ["Adam"],
        "duration": [700.0],
        "disk": [3e6],
        "flag": [True],
        "p": [0.1, 0.5],
    },
)
WORDS = Vocabulary(
    names=("accuracy", "optimizer", "my metric"), tags=("paper", "two words"), values=lambda name: ("Adam", "SGD")
)


def asked(text: str) -> Query:
    query = parse(text)
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('accuracy > 0.9 and optimizer = Adam and "resnet" and tag:paper and not failed', True),
        ("accuracy > 93%", False),
        ("accuracy >= 93%", True),
        ("optimizer = adam", True),
        ("optimizer != Adam", False),
        ("optimizer ~ da", True),
        ("optimizer !~ da", False),
        ("momentum = 0.9", False),
        ("momentum != 0.9", True),
        ("not momentum > 0", True),
        ("duration > 10m and duration < 1h", True),
        ("disk > 2MB disk < 1GB", True),
        ("flag = yes", True),
        ("flag = no", False),
        ("p = 0.5", True),
        ('tag:"two words"', True),
        ("tag:two", False),
        ("is:starred", True),
        ("has:accuracy has:momentum", False),
        ("failed or finished", True),
        ("failed or finished and tag:nothing", False),
        ("(failed or finished) and tag:paper", True),
        ("NOT failed AND Resnet", True),
        ('"and"', False),
    ],
)
def test_that_an_expression_says_of_a_run_whether_it_holds(text: str, holds: bool) -> None:
    assert asked(text).matches(GOOD) is holds


@pytest.mark.parametrize(
    ("text", "marked", "said"),
    [
        ("accuracy >", ">", "After > comes a value."),
        ("lr < high", "high", "After < comes a number"),
        ("> 3", ">", "Before > comes a name"),
        ("a and", "and", "Something has to follow"),
        ("and b", "and", "joins two terms"),
        ("(a", "(", "never closed"),
        ("a)", ")", "never opened"),
        ("()", "()", "nothing in these brackets"),
        ('say "what', '"what', "quotation mark is never closed"),
        ("tag:", "tag:", "comes a tag"),
        ("is:good", "is:good", "is:starred"),
        ("a ! b", "!", "stands only before"),
    ],
)
def test_that_a_mistake_is_told_with_its_place(text: str, marked: str, said: str) -> None:
    with pytest.raises(QueryError, match=None) as caught:
        parse(text)

    assert text[caught.value.start : caught.value.end] == marked
    assert said in str(caught.value)


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab1 ()\"'=!<>~:.%-andortg"), max_size=24))
def test_that_any_text_is_understood_or_refused_at_a_place_within_it(text: str) -> None:
    refused, query = None, None
    try:
        query = parse(text)
    except QueryError as error:
        refused = error
    assert query is None or query.matches(GOOD) in {True, False}
    assert refused is None or 0 <= refused.start < refused.end <= len(text)


ATOMS = st.sampled_from(["resnet", "failed", "accuracy > 0.5", "optimizer = SGD", "tag:paper", "is:starred"])


@settings(max_examples=60)
@given(ATOMS, ATOMS, ATOMS)
def test_that_and_binds_before_or_and_not_before_both(one: str, two: str, three: str) -> None:
    a, b, c = (asked(text).matches(GOOD) for text in (one, two, three))

    assert asked(f"{one} or {two} and {three}").matches(GOOD) is (a or (b and c))
    assert asked(f"({one} or {two}) {three}").matches(GOOD) is ((a or b) and c)
    assert asked(f"not {one} and {two}").matches(GOOD) is ((not a) and b)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("acc", ["accuracy"]),
        ("optimizer ", ["=", "!=", ">", ">=", "<", "<=", "~", "and", "or"]),
        ("optimizer = ", ["Adam", "SGD"]),
        ('optimizer = "S', ["SGD"]),
        ("optimizer = Adam ", ["and", "or"]),
        ("not tag:tw", ['tag:"two words"']),
        ("my", ['"my metric"']),
    ],
)
def test_that_what_fits_at_the_cursor_is_offered(text: str, offered: list[str]) -> None:
    assert list(complete(text, len(text), WORDS).options) == offered


@settings(max_examples=60)
@given(st.text(st.sampled_from('acopt = ("'), max_size=12), st.integers(0, 12))
def test_that_an_option_takes_the_place_of_what_was_begun(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))

    found = complete(text, cursor, WORDS)

    assert 0 <= found.start <= found.end == cursor
    assert len(set(found.options)) == len(found.options)
