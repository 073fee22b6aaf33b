"""Modules that are told in another way before they are drawn, to the same effect."""

from __future__ import annotations

from typing import Any

from torch import Tensor, cat, nn
from torchvision.models import densenet


class DenseLayer(nn.Module):
    """A layer of a DenseNet, laying its new channels behind those it was given; the original takes a list of both."""

    norm1: nn.Module
    relu1: nn.Module
    conv1: nn.Module
    norm2: nn.Module
    relu2: nn.Module
    conv2: nn.Module

    def __init__(self, original: Any) -> None:
        super().__init__()
        for name, child in original.named_children():
            self.add_module(name, child)
        self.dropout = nn.Dropout(original.drop_rate) if original.drop_rate else None

    def forward(self, x: Tensor) -> Tensor:
        bottleneck = self.conv1(self.relu1(self.norm1(x)))
        new = self.conv2(self.relu2(self.norm2(bottleneck)))
        return cat([x, new if self.dropout is None else self.dropout(new)], 1)


def rewrite(module: nn.Module) -> None:
    """Replace what is told in another way, everywhere inside a module; the weights stay the same tensors."""
    for name, child in list(module.named_children()):
        if isinstance(child, densenet._DenseBlock):
            layers = {key: DenseLayer(layer) for key, layer in child.named_children()}
            setattr(module, name, _listed(layers))
        else:
            rewrite(child)


def _listed(layers: dict[str, DenseLayer]) -> nn.Sequential:
    made = nn.Sequential()
    for name, layer in layers.items():
        made.add_module(name, layer)
    return made
