"""Bringing weights over, and the sentences where that cannot be."""

import pytest
import torch
from torch import nn

from engine.assemble import assemble
from engine.convert import Conversion, ConvertError, convert, copy_weights, import_model
from engine.spec import Catalogue


@pytest.fixture
def original() -> nn.Module:
    return nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))


@pytest.fixture
def conversion(catalogue: Catalogue) -> Conversion:
    return convert(nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2)), (8,), catalogue, name="small")


def test_that_weights_arrive_where_they_belong(
    original: nn.Module, conversion: Conversion, catalogue: Catalogue
) -> None:
    network = assemble(conversion.project, catalogue, None)
    copy_weights(conversion.weights, original.state_dict(), network)
    x = torch.randn(3, 8)
    assert torch.equal(network(x), original(x))


def test_that_a_network_changed_since_is_refused_and_left_alone(
    original: nn.Module, conversion: Conversion, catalogue: Catalogue
) -> None:
    wider = conversion.project.set("model.linear_1.out_features", 5)
    network = assemble(wider, catalogue, None)
    before = {name: one.clone() for name, one in network.state_dict().items()}
    with pytest.raises(
        ConvertError, match=r"'linear_1\.weight' has 40 numbers, and '0\.weight' of the original has 32"
    ):
        copy_weights(conversion.weights, original.state_dict(), network)
    assert all(torch.equal(one, before[name]) for name, one in network.state_dict().items())


def test_that_a_weight_nobody_knows_is_named(original: nn.Module, conversion: Conversion, catalogue: Catalogue) -> None:
    network = assemble(conversion.project, catalogue, None)
    with pytest.raises(ConvertError, match=r"no weight for 'linear_1\.weight'"):
        copy_weights({}, original.state_dict(), network)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("torchvision:resnt18", "no classification model 'resnt18'. Did you mean resnet18"),
        ("zzz", "`netloom import --list` names those there are"),
        ("keras:resnet18", "not from 'keras': write torchvision:resnet18"),
        ("", "no classification model ''"),
    ],
)
def test_that_a_name_nobody_knows_is_answered_with_the_way_out(name: str, words: str, catalogue: Catalogue) -> None:
    with pytest.raises(ConvertError, match=words):
        import_model(name, catalogue)
