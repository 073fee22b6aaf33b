"""Hypothesis strategies for parameters, graphs and projects."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.spec import (
    RESERVED,
    Bookmark,
    Component,
    Exposed,
    Frame,
    FrozenDict,
    Graph,
    Link,
    Node,
    Project,
    Search,
    Split,
    Training,
)

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts
searches = st.builds(
    lambda low, gap, log: Search(low=low, high=low + gap, log=log), st.integers(1, 99), st.integers(1, 9), st.booleans()
) | st.lists(scalars, min_size=1, max_size=3).map(lambda choices: Search(choices=tuple(choices)))
values = scalars | st.lists(numbers, max_size=3).map(tuple) | searches
parameters = st.dictionaries(names, values, max_size=4).map(FrozenDict)
components = st.builds(Component, kind=names, parameters=parameters)
places = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))

frames = st.builds(Frame, id=names, title=texts, text=texts, position=places, size=places, color=names)
bookmarks = st.builds(Bookmark, key=st.integers(1, 9), center=places, zoom=st.floats(0.04, 4))


@st.composite
def graphs(draw: Any, max_nodes: int = 8) -> Graph:
    """Graphs without loops: links run from earlier nodes to later ones."""
    ids = draw(st.lists(names, max_size=max_nodes, unique=True))
    graph = Graph().add(
        *(
            Node(
                id=one, kind=draw(names), parameters=draw(parameters), position=draw(places), muted=draw(st.booleans())
            )
            for one in ids
        )
    )
    graph = graph.frame(*draw(st.lists(frames, max_size=2, unique_by=lambda frame: frame.id)))
    for bookmark in draw(st.lists(bookmarks, max_size=2)):
        graph = graph.mark(bookmark)
    if ids:
        graph = graph.expose(
            *(
                Exposed(name=name, targets=((draw(st.sampled_from(ids)), draw(names)),))
                for name in draw(st.lists(names.filter(lambda name: name not in RESERVED), max_size=2, unique=True))
            )
        )
    if len(ids) < 2:
        return graph
    for _ in range(draw(st.integers(0, 12))):
        source, target = sorted(draw(st.lists(st.integers(0, len(ids) - 1), min_size=2, max_size=2, unique=True)))
        graph = graph.connect(
            Link(
                source=ids[source],
                target=ids[target],
                input=draw(st.sampled_from("ab")),
                via=tuple(draw(st.lists(places, max_size=2))),
            ),
            many=draw(st.booleans()),
        )
    return graph


projects = st.builds(
    Project,
    name=texts,
    about=texts,
    networks=st.dictionaries(names, graphs(), max_size=3).map(FrozenDict),
    dataset=st.none() | components,
    split=st.builds(Split, validation=st.floats(0, 0.9), seed=st.integers(0, 99)),
    task=components,
    training=st.builds(Training, epochs=st.integers(1, 99), optimizer=components, schedule=components),
)
