"""A network's source beside the network: the same weights by the same names, and the same numbers."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from engine.assemble import GraphError, assemble
from engine.convert import import_model
from engine.export import source_of
from engine.flow import Follower
from engine.probe import Signal
from engine.service.sources import Sources
from engine.spec import Catalogue, Exposed, Facts, Graph, Link, Node, Project, read_project

ASSETS = Path(__file__).resolve().parents[2] / "assets"
DRAWN = {
    path.stem: path for folder in ("templates", "examples") for path in sorted((ASSETS / folder).glob("*.netloom"))
}
PUBLISHED = (
    "alexnet",
    "efficientnet_b0",
    "maxvit_t",
    "mobilenet_v3_small",
    "regnet_y_400mf",
    "resnet50",
    "shufflenet_v2_x1_0",
    "swin_t",
    "vit_b_16",
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="module")
def sources(catalogue: Catalogue) -> Sources:
    return Sources(catalogue)


def chain(*nodes: Node, links: Sequence[Link] = ()) -> Graph:
    """A network whose nodes follow each other, besides what else is linked."""
    graph = Graph().add(*nodes)
    for source, target in pairwise(nodes):
        output = "prediction" if source.kind == "Block" else "output"
        graph = graph.connect(Link(source=source.id, target=target.id, output=output, input=_port(target)), many=True)
    for link in links:
        graph = graph.connect(link, many=True)
    return graph


def _port(node: Node) -> str:
    return {"Add": "xs", "Block": "input_1"}.get(node.kind, "x")


def node(kind: str, name: str, **parameters: Any) -> Node:
    return Node(id=name, kind=kind, parameters=parameters)


def entry(*shape: int) -> Node:
    return node("Input", "input_1", column="image", shape=shape)


def written(text: str) -> dict[str, Any]:
    """What the file defines when Python runs it, away from Netloom."""
    assert not re.search(r"\b(engine|plugins)\b", re.sub(r'""".*?"""', "", text, flags=re.DOTALL))
    found: dict[str, Any] = {"__name__": "exported"}
    exec(compile(text, "model.py", "exec", dont_inherit=True), found)
    return found


def entries(project: Project, catalogue: Catalogue, facts: Facts | None) -> list[Tensor]:
    """Three random samples of whatever enters, in the order of the drawing."""
    flow = Follower(project, catalogue, facts).follow("model")
    return [_random(flow.stations[one.id].outputs["output"]) for one in flow.graph.of_kind("Input")]


def _random(signal: Signal) -> Tensor:
    shape = (3, *signal.shape[1:])
    return torch.randn(shape) if signal.dtype == "float32" else torch.randint(0, 2, shape)


def assert_alike(project: Project, catalogue: Catalogue, facts: Facts | None = None) -> str:
    """The source, once it was seen to be the same network."""
    text = source_of(project, catalogue, facts)
    torch.manual_seed(0)
    drawn = assemble(project, catalogue, facts).eval()
    model: nn.Module = written(text)["Model"]().eval()
    assert list(model.state_dict()) == list(drawn.state_dict())
    model.load_state_dict(drawn.state_dict())
    given = entries(project, catalogue, facts)
    with torch.no_grad():
        expected, found = drawn(*given), model(*given)
    pairs = zip(*((one if isinstance(one, tuple) else (one,)) for one in (expected, found)), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    return text


@pytest.mark.parametrize("name", DRAWN)
def test_that_every_template_and_example_computes_the_same_as_source(
    name: str, catalogue: Catalogue, sources: Sources
) -> None:
    project = read_project(DRAWN[name])
    facts = sources.facts(project, DRAWN[name].parent) if project.dataset else None
    assert_alike(project, catalogue, facts)


@pytest.mark.slow
@pytest.mark.parametrize("name", PUBLISHED)
def test_that_published_models_compute_the_same_as_source(name: str, catalogue: Catalogue) -> None:
    assert_alike(import_model(f"torchvision:{name}", catalogue).project, catalogue)


def test_that_the_source_reads_as_a_person_would_have_written_it(catalogue: Catalogue) -> None:
    graph = chain(
        entry(1, 8, 8),
        node("Conv2d", "conv_1", out_channels=4),
        node("ReLU", "relu_1"),
        node("Conv2d", "conv_2", out_channels=4),
        node("Add", "add_1"),
        node("Flatten", "flatten_1"),
        node("Linear", "classes", out_features=10),
        node("Output", "output_1"),
        links=[Link(source="relu_1", target="add_1", input="xs")],
    )
    text = assert_alike(Project(name="Tiny").with_network("model", graph), catalogue)
    assert (
        text.partition("class Model")[2]
        == '''(nn.Module):
    """From batch × 1 × 8 × 8 to batch × 10."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_1 = nn.Conv2d(1, 4, 3, padding="same")
        self.relu_1 = nn.ReLU()
        self.conv_2 = nn.Conv2d(4, 4, 3, padding="same")
        self.classes = nn.Linear(256, 10)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        x = self.conv_1(image)  # batch × 4 × 8 × 8
        relu_1 = self.relu_1(x)
        x = self.conv_2(relu_1)
        x = x + relu_1
        x = torch.flatten(x, 1, -1)  # batch × 256
        x = self.classes(x)  # batch × 10
        return x
'''
    )


def block(inner: Graph, *settings: dict[str, Any], shape: tuple[int, ...] = (8,)) -> Project:
    """A network that uses another several times, in a row."""
    copies = [node("Block", f"part_{place}", network="wide part", **one) for place, one in enumerate(settings, 1)]
    graph = chain(entry(*shape), *copies, node("Output", "output_1"))
    return Project().with_network("model", graph).with_network("wide part", inner)


WIDEN = chain(entry(8), node("Linear", "widen"), node("ReLU", "relu_1"), node("Output", "output_1")).expose(
    Exposed(name="width", targets=(("widen", "out_features"),))
)


def test_that_copies_of_a_block_that_differ_in_numbers_are_one_class_handed_those_numbers(catalogue: Catalogue) -> None:
    text = assert_alike(block(WIDEN, {"width": 16}, {"width": 24}), catalogue)
    assert "def __init__(self, in_features: int, width: int) -> None:" in text
    assert "self.part_1 = nn.Sequential(WidePart(8, 16))" in text
    assert "self.part_2 = nn.Sequential(WidePart(16, 24))" in text


def test_that_a_repeated_block_is_a_loop(catalogue: Catalogue) -> None:
    text = assert_alike(block(WIDEN, {"width": 8, "repeat": 5}), catalogue)
    assert "self.part_1 = nn.Sequential(*(WidePart() for _ in range(5)))" in text


def test_that_a_repeated_block_whose_first_copy_differs_says_so(catalogue: Catalogue) -> None:
    text = assert_alike(block(WIDEN, {"width": 16, "repeat": 3}), catalogue)
    assert "nn.Sequential(WidePart(8), *(WidePart(16) for _ in range(2)))" in text


def test_that_layers_with_the_names_of_python_or_of_modules_keep_their_weights(catalogue: Catalogue) -> None:
    graph = chain(
        entry(8),
        node("Linear", "forward", out_features=4),
        node("Linear", "class", out_features=4),
        node("Linear", "x", out_features=4),
        node("Output", "output_1"),
    )
    assert_alike(Project().with_network("model", graph), catalogue)


def test_that_what_leads_to_no_output_and_what_is_muted_is_not_written(catalogue: Catalogue) -> None:
    graph = chain(entry(8), node("ReLU", "idle").having(muted=True), node("Output", "output_1"))
    graph = graph.add(node("Linear", "aside")).connect(Link(source="input_1", target="aside"))
    text = assert_alike(Project().with_network("model", graph), catalogue)
    assert "aside" not in text
    assert "idle" not in text


def test_that_a_network_with_a_problem_is_refused_in_words(catalogue: Catalogue) -> None:
    graph = chain(entry(8), node("Conv2d", "conv_1"), node("Output", "output_1"))
    with pytest.raises(GraphError, match="Conv2d needs an image"):
        source_of(Project().with_network("model", graph), catalogue, None)
    with pytest.raises(GraphError, match="no network 'critic'"):
        source_of(Project(), catalogue, None, network="critic")
