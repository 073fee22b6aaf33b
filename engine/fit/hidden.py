"""What some operations keep or use beside the tensors that one sees, where PyTorch's fake kernels leave it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import torch

Shapes = tuple[Any, ...]


def _recurrent_kept(args: Shapes) -> int:
    """Gates and states of all time steps that oneDNN keeps for the backward pass of one recurrent layer.

    Measured on float32 LSTMs with 128 to 512 inputs, 256 and 512 states, 48 and 96 steps, batches of 32 and 64: within
    2 % of the workspace that the real kernel returns.
    """
    steps, batch, inputs = args[0].shape
    states = args[2].shape[-1]
    return int(steps * batch * args[0].element_size() * (4 * inputs + 13.6 * states))


def _recurrent_scratch(args: Shapes) -> int:
    """What the backward pass works in: about six times the states of all time steps, measured as above."""
    steps, batch, _ = args[0].shape
    return int(steps * batch * args[0].element_size() * 6 * args[2].shape[-1])


def _pooling_scratch(args: Shapes) -> int:
    """Copies in rows of the input's gradient and of the places, where a gradient in rows meets channels-last images.

    Read off the allocator's events on a processor.
    """
    gradient, image, places = args[0], args[1], args[-1]
    rows = not gradient.is_contiguous(memory_format=torch.channels_last)
    turned = rows and image.is_contiguous(memory_format=torch.channels_last)
    return sum(one.numel() * one.element_size() for one in (image, places)) if turned else 0


_aten = torch.ops.aten
KEPT: Mapping[Any, Callable[[Shapes], int]] = MappingProxyType({_aten.mkldnn_rnn_layer.default: _recurrent_kept})
"""By operation: bytes that its last result holds, which the fake one does not."""
SCRATCH: Mapping[Any, Callable[[Shapes], int]] = MappingProxyType(
    {
        _aten.mkldnn_rnn_layer_backward.default: _recurrent_scratch,
        _aten.max_pool2d_with_indices_backward.default: _pooling_scratch,
    }
)
"""By operation: bytes in use while it runs, and no longer."""
