"""Networks by name, and what blocks expose."""

import pytest

from engine.spec import Exposed, Graph, Node, Project
from studio import blocks
from tests.studio.canvas.layers import CATALOGUE, chain


def block(name: str, network: str, **settings: object) -> Node:
    return Node(id=name, kind="Block", parameters={"network": network, **settings})


def project() -> Project:
    """A model with two stages, each with a unit whose width is exposed all the way out."""
    unit = chain("Input", "Linear", "Output").expose(Exposed(name="width", targets=(("b", "out_features"),)))
    stage = Graph().add(block("u", "unit", width=7)).expose(Exposed(name="wide", targets=(("u", "width"),)))
    model = Graph().add(block("s", "stage", wide=9), block("t", "stage"))
    return Project(networks={"model": model, "stage": stage, "unit": unit})


def test_that_a_renamed_network_keeps_its_place_and_its_users() -> None:
    after = blocks.renamed(project(), "stage", "part")
    assert list(after.networks) == ["model", "part", "unit"]
    assert [node.parameters["network"] for node in after.model.nodes] == ["part", "part"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("stage", "unit", "already a network"), ("stage", "a.b", "letters, digits"), ("model", "m", "trained is called")],
)
def test_that_a_name_that_cannot_be_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        blocks.renamed(project(), old, new)


def test_that_a_network_in_use_is_not_deleted_and_one_that_is_not_is() -> None:
    with pytest.raises(ValueError, match="used by “s” in “model” and 1 more"):
        blocks.removed(project(), "stage")
    with pytest.raises(ValueError, match="is trained"):
        blocks.removed(project(), "model")
    after, copy = blocks.duplicated(project(), "stage")
    assert (copy, list(after.networks)) == ("stage_2", ["model", "stage", "stage_2", "unit"])
    assert blocks.removed(after, copy) == project()


def test_that_what_only_an_unused_network_used_goes_with_it() -> None:
    loose = project().with_network("model", Graph())
    assert list(blocks.without_unused(loose, "stage").networks) == ["model"]
    assert blocks.without_unused(project(), "stage") == project()


def test_that_networks_inside_each_other_are_refused_once_and_not_again() -> None:
    before = project()
    after = before.with_network("unit", before.networks["unit"].add(block("me", "stage")))
    assert "inside itself" in blocks.refusal(before, after)
    assert set(blocks.circle(after)) == {"stage", "unit"}
    assert blocks.refusal(after, after.with_network("new", Graph())) == ""
    own = before.with_network("unit", before.networks["unit"].add(block("me", "unit")))
    assert blocks.refusal(before, own) == "The block “unit” cannot stand inside itself: it would never end."
    assert blocks.refusal(before, before.with_network("new", Graph())) == ""


def test_that_one_name_sets_several_parameters_and_lets_go_of_one_at_a_time() -> None:
    it = blocks.expose(project(), "unit", "b", "bias")
    assert [one.name for one in it.networks["unit"].exposed] == ["width", "bias"]
    it = blocks.expose(it, "unit", "a", "column", name="bias")
    assert it.networks["unit"].exposed[1].targets == (("b", "bias"), ("a", "column"))
    it = blocks.unexpose(it, "unit", "b", "bias")
    assert it.networks["unit"].exposed[1].targets == (("a", "column"),)
    assert blocks.unexpose(it, "unit", "a", "column") == project()


@pytest.mark.parametrize(("taken", "name"), [("width", "b_width"), ("repeat", "b_repeat")])
def test_that_a_name_that_is_taken_gets_its_nodes_name_before_it(taken: str, name: str) -> None:
    it = blocks.expose(project(), "unit", "b", taken)
    assert it.networks["unit"].exposed[-1].name == name


def test_that_an_exposed_parameter_is_renamed_in_every_block_and_in_what_exposes_it_again() -> None:
    it = blocks.rename_exposed(project(), "unit", "width", "size")
    assert it.networks["stage"]["u"].parameters == {"network": "unit", "size": 7}
    assert it.networks["stage"].exposed[0].targets == (("u", "size"),)
    assert it.networks["stage"].exposed[0].name == "wide"
    with pytest.raises(ValueError, match="cannot name"):
        blocks.rename_exposed(project(), "unit", "width", "repeat")


def test_that_what_is_no_longer_exposed_is_forgotten_by_blocks_and_by_what_exposed_it_again() -> None:
    it = blocks.remove_exposed(project(), "unit", "width")
    assert it.networks["unit"].exposed == it.networks["stage"].exposed == ()
    assert it.networks["stage"]["u"].parameters == {"network": "unit"}
    assert it.model["s"].parameters == {"network": "stage"}


def test_that_exposed_parameters_are_put_in_another_order() -> None:
    it = blocks.expose(blocks.expose(project(), "unit", "b", "bias"), "unit", "a", "column")
    names = [one.name for one in blocks.move_exposed(it, "unit", "column", down=-2).networks["unit"].exposed]
    assert names == ["column", "width", "bias"]
    assert blocks.move_exposed(it, "unit", "column", down=1) == it


def test_that_a_block_comes_with_all_it_uses_and_what_is_there_already_is_used() -> None:
    shared = blocks.block_file(project(), "stage", title="A stage")
    assert (shared.name, list(shared.networks)) == ("A stage", ["stage", "unit"])
    after, called = blocks.brought(project(), shared, "stage")
    assert (after, called["stage"]) == (project(), "stage")
    empty = Project(networks={"model": Graph()})
    assert set(blocks.brought(empty, shared, "stage")[0].networks) == {"model", "stage", "unit"}


def test_that_another_network_of_the_same_name_gets_a_number_and_is_used_under_it() -> None:
    here = Project(networks={"model": Graph(), "unit": chain("Input", "Output")})
    after, called = blocks.brought(here, blocks.block_file(project(), "stage"), "stage")
    assert called == {"unit": "unit_2", "stage": "stage"}
    assert after.networks["stage"]["u"].parameters["network"] == "unit_2"
    assert after.networks["unit"] == here.networks["unit"]


def test_that_a_whole_project_is_brought_under_its_own_name() -> None:
    other = Project(name="My net!", networks={"model": chain("Input", "Output"), "spare": Graph()})
    assert blocks.tops(other) == ("model",)
    after, called = blocks.brought(Project(), other, "model")
    assert called == {"model": "My_net"}
    assert after.networks["My_net"] == other.model


def test_that_an_exposed_parameter_is_in_the_form_of_the_block() -> None:
    it = project()
    names = [one.name for one in it.parameters_of(it.model["s"], CATALOGUE.layers)]
    assert names == ["network", "repeat", "wide"]
