"""Optimizers: rules that turn gradients into steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator

from engine.spec import Optimizer, field

EPS = "Added where the rule divides, so that it never divides by zero."
DECAY = "Pull the weights towards zero at every step, against overfitting."
FUSED = ("cpu", "cuda", "mps", "xpu")
"""Devices for which PyTorch has optimizers that update all weights in one kernel."""


def _are_shares(betas: tuple[float, float]) -> tuple[float, float]:
    if all(0 <= beta < 1 for beta in betas):
        return betas
    raise ValueError("both must be at least 0 and below 1")


Betas = Annotated[tuple[float, float], AfterValidator(_are_shares)]


class _Named(Optimizer):
    """An optimizer that `torch.optim` has under the same name, its fields being the keyword arguments."""

    category = "Optimizer"

    def build(self, torch: Any, parameters: Iterable[Any]) -> Any:
        """Make the optimizer, fused where PyTorch can."""
        groups = list(parameters)
        return getattr(torch.optim, self.kind())(groups, **dict(self), **self.faster(groups))

    def faster(self, groups: list[Any]) -> dict[str, bool]:
        """More arguments, which change the speed and not the rule."""
        return {}


class _Fused(_Named):
    def faster(self, groups: list[Any]) -> dict[str, bool]:
        """Ask for one kernel over all weights where every weight allows it."""
        weights = [weight for group in groups for weight in (group["params"] if isinstance(group, dict) else [group])]
        return {"fused": all(one.is_floating_point() and one.device.type in FUSED for one in weights)}


class Adam(_Fused):
    """Give every weight its own step size from how its gradient behaved; a good first choice."""

    synonyms = ("adaptive", "default")

    lr: float = field(1e-3, above=0, log=True, help="Learning rate: how far each step goes.")
    betas: Betas = field((0.9, 0.999), advanced=True, help="How long gradients, and their squares, are remembered.")
    eps: float = field(1e-8, above=0, log=True, advanced=True, help=EPS)
    weight_decay: float = field(0.0, min=0, log=True, help=DECAY)
    amsgrad: bool = field(False, advanced=True, help="Never let a step size grow again.")


class AdamW(_Fused):
    """Step like Adam, with weight decay kept apart from the gradients."""

    synonyms = ("adaptive", "transformer", "decoupled weight decay")

    lr: float = field(1e-3, above=0, log=True, help="Learning rate: how far each step goes.")
    betas: Betas = field((0.9, 0.999), advanced=True, help="How long gradients, and their squares, are remembered.")
    eps: float = field(1e-8, above=0, log=True, advanced=True, help=EPS)
    weight_decay: float = field(0.01, min=0, log=True, help=DECAY)
    amsgrad: bool = field(False, advanced=True, help="Never let a step size grow again.")


class SGD(_Fused):
    """Step against the gradient, with momentum if wished."""

    synonyms = ("gradient descent", "stochastic", "momentum", "nesterov")

    lr: float = field(1e-2, above=0, log=True, help="Learning rate: how far each step goes.")
    momentum: float = field(
        0.9, min=0, below=1, step=0.05, help="How much of the last step goes into the next; 0 is none."
    )
    dampening: float = field(
        0.0, min=0, max=1, advanced=True, help="How much less a new gradient counts than the momentum."
    )
    weight_decay: float = field(0.0, min=0, log=True, help=DECAY)
    nesterov: bool = field(False, help="Look ahead along the momentum first; needs momentum and no dampening.")
