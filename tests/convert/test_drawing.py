"""How a model is drawn: what becomes a block, what is shared, what it is called."""

import pytest
import torch
from torch import Tensor, nn

from engine.analyze import analyze
from engine.convert import Conversion, ConvertError, convert, import_model
from engine.spec import Catalogue


def test_that_resnet50_reads_like_its_drawing(resnet50: Conversion) -> None:
    graph = resnet50.project.model
    names = [str(graph[one].parameters.get("network", graph[one].kind)) for one in graph.order]
    assert names == [
        *("Input", "Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"),
        *["BottleneckDownsample", "Bottleneck"] * 4,
        *("AdaptiveAvgPool2d", "Flatten", "Linear", "Output"),
    ]
    assert [one.parameters.get("repeat", 1) for one in graph.of_kind("Block")] == [1, 2, 1, 3, 1, 5, 1, 2]


def test_that_blocks_of_one_structure_share_a_network_and_set_what_differs(resnet50: Conversion) -> None:
    project = resnet50.project
    assert sorted(project.networks) == ["Bottleneck", "BottleneckDownsample", "model"]
    exposed = {one.name: one.targets for one in project.networks["Bottleneck"].exposed}
    assert exposed == {
        "hidden_channels": (("conv1", "out_channels"), ("conv2", "out_channels")),
        "out_channels": (("conv3", "out_channels"),),
    }
    widths = [one.parameters["out_channels"] for one in project.model.of_kind("Block")]
    assert widths == [256, 256, 512, 512, 1024, 1024, 2048, 2048]


def test_that_nothing_is_wrong_with_a_drawing(resnet50: Conversion, catalogue: Catalogue) -> None:
    report = analyze(resnet50.project, catalogue)
    assert report.problems == ()
    assert report.totals["parameters"] == 25_557_032


def test_that_nodes_keep_the_names_that_the_model_gives_them(resnet50: Conversion) -> None:
    assert {"image", "conv1", "bn1", "layer1_0", "layer4_1", "avgpool", "fc"} <= {*resnet50.project.model.index}
    assert resnet50.weights["layer3_1.4.conv2.weight"] == "layer3.5.conv2.weight"


def test_that_every_weight_of_the_original_is_asked_for_once(resnet50: Conversion) -> None:
    assert len(set(resnet50.weights.values())) == len(resnet50.weights)


def test_that_a_long_network_shows_its_stages(efficientnet: Conversion) -> None:
    project = efficientnet.project
    stages = [one.parameters["network"] for one in project.model.of_kind("Block")]
    assert stages[1:-1] == ["Stage1", "Stage2", "Stage3", "Stage4", "Stage5"]
    inside = project.networks["Stage5"].of_kind("Block")
    assert [one.parameters["network"] for one in inside] == ["MBConvWithoutAdd", "MBConv", "MBConv", "MBConv"]


def test_that_widths_that_go_together_are_set_by_one_name(efficientnet: Conversion) -> None:
    exposed = {one.name: len(one.targets) for one in efficientnet.project.networks["MBConv"].exposed}
    assert exposed["hidden_channels"] == 4, "the expansion, the depthwise convolution twice, and the gate"


def test_that_a_long_row_of_layers_becomes_blocks_of_one_kind(catalogue: Catalogue) -> None:
    project = import_model("vgg16_bn", catalogue).project
    assert [one.kind for one in project.networks["ConvNormReLU"].nodes[1:-1]] == ["Conv2d", "BatchNorm2d", "ReLU"]
    steps = [(one.parameters["out_channels"], one.parameters["repeat"]) for one in project.model.of_kind("Block")]
    assert steps == [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


def test_that_widths_of_branches_are_told_apart_by_their_layers(catalogue: Catalogue) -> None:
    exposed = [one.name for one in import_model("squeezenet1_1", catalogue).project.networks["Fire"].exposed]
    assert exposed == ["hidden_channels", "out_channels"], "both expansions go together"


class _Gated(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x if x.sum() > 0 else -x


class _Odd(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = torch.fft.fft(x)
        return result


class _Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(8, 8)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.linear(self.linear(x))
        return result


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (_Gated(), "_Gated decides by the numbers it is given"),
        (_Odd(), "_Odd computes 'fft_fft', for which there is no layer"),
        (_Twice(), "'linear' is used twice with the same weights"),
    ],
)
def test_that_what_cannot_be_drawn_is_said_with_its_place(module: nn.Module, words: str, catalogue: Catalogue) -> None:
    with pytest.raises(ConvertError, match=words):
        convert(nn.Sequential(nn.Linear(8, 8), module), (8,), catalogue, name="odd")


def test_that_any_module_that_traces_can_be_drawn(catalogue: Catalogue) -> None:
    module = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    conversion = convert(module, (1, 8, 8), catalogue, name="small")
    kinds = [one.kind for one in conversion.project.model.nodes]
    assert kinds == ["Input", "Flatten", "Linear", "ReLU", "Linear", "Output"]
    assert conversion.weights["linear_2.bias"] == "3.bias"
