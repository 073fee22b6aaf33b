"""Published models, drawn and given their weights, compute what they computed."""

import pytest

from engine.convert import model_names
from engine.spec import Catalogue, format_project, parse_project
from tests.convert.compared import compare

SIDES = {
    "resnet18": 32,
    "squeezenet1_1": 64,
    "shufflenet_v2_x0_5": 32,
    "mobilenet_v3_small": 32,
    "mnasnet0_5": 32,
    "googlenet": 64,
    "densenet121": 32,
    "efficientnet_b0": 32,
    "regnet_x_400mf": 32,
    "convnext_tiny": 32,
}
LARGE = {"inception_v3": 96, "swin_v2_t": 64}
"""Models that take some seconds. ViT and MaxViT are compared as source; `python -m tests.bench importing` draws all."""


@pytest.mark.parametrize(
    ("name", "side"),
    [*SIDES.items(), *(pytest.param(*one, marks=pytest.mark.slow) for one in LARGE.items())],
    ids=[*SIDES, *LARGE],
)
def test_that_a_model_keeps_its_parameters_and_its_outputs(name: str, side: int, catalogue: Catalogue) -> None:
    compared = compare(name, catalogue, side=side)
    assert compared.parameters[0] == compared.parameters[1]
    assert compared.equal
    project = compared.conversion.project
    assert parse_project(format_project(project)) == project
    assert len(project.model.nodes) <= 32


def test_that_all_classification_models_are_offered() -> None:
    assert len(model_names()) >= 80
    assert {"resnet50", "vit_b_16", "maxvit_t"} <= set(model_names())
    assert model_names().index("resnet18") < model_names().index("resnet101")
