"""What torchvision has as modules of its own, which its trained weights belong to."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torchvision.models.convnext import LayerNorm2d
from torchvision.models.maxvit import RelativePositionalMultiHeadAttention
from torchvision.models.swin_transformer import ShiftedWindowAttention, ShiftedWindowAttentionV2
from torchvision.ops import StochasticDepth

SHIFTED = {one.__name__: one for one in (ShiftedWindowAttention, ShiftedWindowAttentionV2)}


def shifted_windows(kind: str, features: int, **settings: Any) -> nn.Module:
    """Attention of Swin Transformers over batch × height × width × features."""
    made: nn.Module = SHIFTED[kind](features, **settings)
    return made


def relative_attention(features: int, head_dim: int, positions: int) -> nn.Module:
    """Attention among the positions of each window: batch × windows × positions × features."""
    made: nn.Module = RelativePositionalMultiHeadAttention(features, head_dim, positions)
    return made


def channel_norm(channels: int, **settings: Any) -> nn.Module:
    """Layer normalization over the channels of images."""
    made: nn.Module = LayerNorm2d(channels, **settings)
    return made


def stochastic_depth(p: float, mode: str) -> nn.Module:
    """Leave what arrives out of some training steps."""
    made: nn.Module = StochasticDepth(p, mode)
    return made


class ChannelScale(nn.Module):
    """Multiplies every channel by a learned factor."""

    def __init__(self, channels: int, init: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels, 1, 1), init))

    def forward(self, x: Tensor) -> Tensor:
        return self.weight * x
