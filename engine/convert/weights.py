"""Bringing the weights of an original model into the network drawn from it."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn

from engine.convert.errors import ConvertError


def copy_weights(weights: Mapping[str, str], state: Mapping[str, Tensor], network: nn.Module) -> None:
    """Copy an original's weights into an assembled network.

    Args:
        weights: for each of the network's names the original's (`Conversion.weights`).
        state: the original's `state_dict()`; what it has beside is left out.
        network: the assembled network, changed in place.

    Raises:
        ConvertError: when one of the two lacks a weight, or they differ in size.
    """
    own = network.state_dict()
    found = {}
    for name, tensor in own.items():
        theirs = weights.get(name, "")
        if theirs not in state:
            raise ConvertError(f"There is no weight for '{name}'; the network was changed since it was imported.")
        if state[theirs].numel() != tensor.numel():
            raise ConvertError(
                f"'{name}' has {tensor.numel()} numbers, and '{theirs}' of the original has {state[theirs].numel()}."
            )
        found[name] = state[theirs].reshape(tensor.shape)
    network.load_state_dict(found)
