"""Settings by path, fingerprints and ports."""

from __future__ import annotations

import pytest

from engine.spec import Bookmark, Catalogue, Component, Frame, Graph, Link, Node, Project, Search, filled, flatten


def project() -> Project:
    return Project().with_network(
        "model", Graph().add(Node(id="linear_1", kind="Linear", parameters={"out_features": 8}))
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.epochs", 3),
        ("training.optimizer.lr", 0.1),
        ("split.validation", 0.2),
        ("task.label_smoothing", 0.1),
        ("model.linear_1.out_features", 64),
    ],
)
def test_that_what_is_set_by_path_is_found_at_the_path(path: str, value: object) -> None:
    assert flatten(project().set(path, value))[path] == value


def test_that_a_component_is_set_by_its_kind_and_loses_the_old_ones_parameters() -> None:
    changed = project().set("training.optimizer.lr", 0.1).set("training.optimizer", "SGD")
    assert changed.training.optimizer.kind == "SGD"
    assert not changed.training.optimizer.parameters


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("training.epoch", "no 'epoch' here"),
        ("nowhere", "no 'nowhere' here"),
        ("model.conv_9.bias", "no node 'conv_9'"),
        ("model", "not a single setting"),
        ("training.epochs.more", "not a single setting"),
        ("training.optimizer.lr.more", "not a single setting"),
    ],
)
def test_that_a_path_that_leads_nowhere_is_refused_at_the_part_that_is_missing(path: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        project().set(path, 1)


def test_that_a_value_out_of_range_is_refused_with_path_and_value() -> None:
    with pytest.raises(ValueError, match=r"training.epochs.*cannot be 0"):
        project().set("training.epochs", 0)


def test_that_moving_a_box_keeps_the_fingerprint_and_a_parameter_changes_it() -> None:
    moved = project().with_network("model", project().model.move({"linear_1": (40.0, 8.0)}))
    assert moved != project()
    assert moved.fingerprint() == project().fingerprint()
    assert project().set("model.linear_1.out_features", 9).fingerprint() != project().fingerprint()


def test_that_a_search_mark_changes_the_fingerprint() -> None:
    marked = project().set("model.linear_1.out_features", Search(low=8, high=64))
    assert marked.fingerprint() != project().fingerprint()


@pytest.mark.parametrize(
    "space", [{}, {"low": 3, "high": 3}, {"low": 0, "high": 1, "log": True}, {"low": 1, "high": 2, "choices": (1,)}]
)
def test_that_an_empty_or_impossible_search_space_is_refused(space: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"range|choices|log"):
        Search(**space)  # type: ignore[arg-type]


def test_that_a_blocks_ports_are_the_inputs_and_outputs_of_its_network() -> None:
    inner = Graph().add(Node(id="left", kind="Input"), Node(id="o", kind="Output", parameters={"name": "sum"}))
    outer = Graph().add(Node(id="block_1", kind="Block", parameters={"network": "inner"}))
    found = Project().with_network("inner", inner).with_network("model", outer)
    ports = found.ports(outer["block_1"], {})
    assert ports is not None
    assert ([one.name for one in ports[0]], ports[1]) == (["left"], ("sum",))


def test_that_frames_bookmarks_and_the_way_of_a_wire_keep_the_fingerprint_and_muting_changes_it() -> None:
    graph = Graph(
        nodes=(Node(id="a", kind="Identity"), Node(id="b", kind="Identity")), links=(Link(source="a", target="b"),)
    )
    before = Project(networks={"model": graph})
    dressed = graph.lead(graph.links[0], ((1.0, 2.0),)).frame(Frame(id="f", title="Stem")).mark(Bookmark(key=1))
    assert before.with_network("model", dressed).fingerprint() == before.fingerprint()
    muted = graph.replace(graph["a"].having(muted=True))
    assert before.with_network("model", muted).fingerprint() != before.fingerprint()


def test_that_projects_train_alike_exactly_when_their_fingerprints_are_equal() -> None:
    link = Link(source="linear_1", target="relu_1")
    graph = project().model.add(Node(id="relu_1", kind="ReLU")).connect(link)
    base = Project().with_network("model", graph)
    others = [
        base,
        base.having(name="Other"),
        base.with_network("model", graph.move({"linear_1": (40.0, 8.0)})),
        base.with_network("model", graph.lead(link, ((1.0, 2.0),))),
        base.with_network("model", graph.replace(graph["linear_1"].having(muted=True))),
        base.with_network("model", graph.disconnect(link)),
        base.with_network("more", graph),
        base.set("model.linear_1.out_features", 9),
        base.set("training.epochs", 77),
    ]
    assert [base.trains_like(one) for one in others] == [one.fingerprint() == base.fingerprint() for one in others]


def test_that_settings_that_nobody_wrote_are_filled_in_as_they_are_declared() -> None:
    catalogue = Catalogue.load(["plugins.core", "plugins.vision"])
    written = flatten(project().having(dataset=Component(kind="Digits")).set("training.optimizer.lr", 0.5))
    found = filled(written, catalogue)
    assert found == found | written
    assert found["training.optimizer.lr"] == 0.5
    assert found["training.optimizer.weight_decay"] == catalogue.optimizers["Adam"]().weight_decay  # type: ignore[attr-defined]
    assert found["model.linear_1.bias"] is True


def test_that_what_stands_under_an_unknown_kind_is_left_as_it_was_written() -> None:
    written = {
        "model.strange_1": "Strange",
        "model.strange_1.kind": "Linear",
        "training.batch_size": "Adam",
        "split": 1,
    }
    assert filled(written, Catalogue.load(["plugins.core"])) == written
