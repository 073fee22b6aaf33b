"""Optimizers: rules that turn gradients into steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator

from engine.spec import Optimizer, field

EPS = "Added where the rule divides, so that it never divides by zero."
DECAY = "Pull the weights towards zero at every step, against overfitting."
GPUS = ("cuda", "mps", "xpu")


def _are_shares(pair: tuple[float, float]) -> tuple[float, float]:
    if all(0 <= share < 1 for share in pair):
        return pair
    raise ValueError("both must be at least 0 and below 1")


def _are_around_one(pair: tuple[float, float]) -> tuple[float, float]:
    if 0 < pair[0] < 1 < pair[1]:
        return pair
    raise ValueError("the first must lie between 0 and 1, the second above 1")


Betas = Annotated[tuple[float, float], AfterValidator(_are_shares)]
Etas = Annotated[tuple[float, float], AfterValidator(_are_around_one)]


def _rate(default: float) -> Any:
    return field(default, above=0, log=True, help="Learning rate: how far each step goes.")


def _decay(default: float) -> Any:
    return field(default, min=0, log=True, help=DECAY)


def _eps(default: float) -> Any:
    return field(default, above=0, log=True, advanced=True, help=EPS)


class _Named(Optimizer):
    """An optimizer that `torch.optim` has under the same name, its fields being the keyword arguments."""

    category = "Optimizer"

    def build(self, torch: Any, parameters: Iterable[Any]) -> Any:
        """Make the optimizer, fused where PyTorch can; raise ValueError where there is nothing to learn."""
        groups = list(parameters)
        weights = [weight for group in groups for weight in (group["params"] if isinstance(group, dict) else [group])]
        if not weights:
            raise ValueError(
                "No layer of the network has weights, so there is nothing to learn. Add one, such as Linear."
            )
        fast = all(one.is_floating_point() and one.device.type in self.fused for one in weights)
        return getattr(torch.optim, self.kind())(groups, **dict(self), **({"fused": True} if fast else {}))


class _Moments(_Named):
    """What the family of Adam shares."""

    lr: float = _rate(1e-3)
    betas: Betas = field((0.9, 0.999), advanced=True, help="How long gradients, and their squares, are remembered.")
    eps: float = _eps(1e-8)
    weight_decay: float = _decay(0.0)


class Adam(_Moments):
    """Give every weight its own step size from how its gradient behaved; a good first choice."""

    synonyms = ("adaptive", "default")
    fused = ("cpu", *GPUS)

    amsgrad: bool = field(False, advanced=True, help="Never let a step size grow again.")


class AdamW(_Moments):
    """Step like Adam, with weight decay kept apart from the gradients."""

    synonyms = ("adaptive", "transformer", "decoupled weight decay")
    fused = ("cpu", *GPUS)

    weight_decay: float = _decay(0.01)
    amsgrad: bool = field(False, advanced=True, help="Never let a step size grow again.")


class SGD(_Named):
    """Step against the gradient, with momentum if wished."""

    synonyms = ("gradient descent", "stochastic", "momentum", "nesterov")
    fused = ("cpu", *GPUS)

    lr: float = _rate(1e-2)
    momentum: float = field(
        0.0, min=0, below=1, step=0.05, help="How much of the last step goes into the next; 0.9 is usual, 0 is none."
    )
    dampening: float = field(
        0.0, min=0, max=1, advanced=True, help="How much less a new gradient counts than the momentum."
    )
    weight_decay: float = _decay(0.0)
    nesterov: bool = field(False, help="Look ahead along the momentum first; needs momentum and no dampening.")

    @model_validator(mode="after")
    def _can_look_ahead(self) -> Self:
        if self.nesterov and (self.momentum == 0 or self.dampening != 0):
            raise ValueError("nesterov needs momentum above 0 and dampening 0")
        return self


class RMSprop(_Named):
    """Divide every weight's step by how large its gradients lately were."""

    synonyms = ("adaptive", "root mean square", "recurrent", "reinforcement")

    lr: float = _rate(1e-3)
    alpha: float = field(0.99, min=0, below=1, advanced=True, help="How long squared gradients are remembered.")
    eps: float = _eps(1e-8)
    weight_decay: float = _decay(0.0)
    momentum: float = field(0.0, min=0, below=1, step=0.05, help="How much of the last step goes into the next.")
    centered: bool = field(False, advanced=True, help="Divide by the gradients' spread instead of their size.")


class NAdam(_Moments):
    """Step like Adam, looking ahead along the momentum first."""

    synonyms = ("adaptive", "nesterov")

    lr: float = _rate(2e-3)
    momentum_decay: float = field(4e-3, min=0, log=True, advanced=True, help="How fast the looking ahead sets in.")


class RAdam(_Moments):
    """Step like Adam, with caution while too few gradients have been seen."""

    synonyms = ("adaptive", "rectified", "warmup")


class Adamax(_Moments):
    """Step like Adam, measuring gradients by the largest instead of the mean square."""

    synonyms = ("adaptive", "infinity norm")

    lr: float = _rate(2e-3)


class Adagrad(_Named):
    """Give rarely used weights larger steps; steps shrink as training goes on."""

    synonyms = ("adaptive", "sparse")
    fused = ("cpu",)

    lr: float = _rate(1e-2)
    lr_decay: float = field(0.0, min=0, log=True, advanced=True, help="Shrink the steps faster still.")
    weight_decay: float = _decay(0.0)
    initial_accumulator_value: float = field(
        0.0, min=0, advanced=True, help="Squared gradient that counts as seen at the start."
    )
    eps: float = _eps(1e-10)


class Adadelta(_Named):
    """Take steps as large as earlier ones were, so that the learning rate hardly matters."""

    synonyms = ("adaptive",)

    lr: float = _rate(1.0)
    rho: float = field(0.9, min=0, below=1, help="How long squared gradients are remembered.")
    eps: float = _eps(1e-6)
    weight_decay: float = _decay(0.0)


class Adafactor(_Named):
    """Step like Adam with far less memory, by keeping rows and columns of the squared gradients only."""

    synonyms = ("adaptive", "memory", "transformer")

    lr: float = _rate(1e-2)
    beta2_decay: float = field(-0.8, below=0, advanced=True, help="How the memory of squared gradients lengthens.")
    d: float = field(1.0, min=1, advanced=True, help="Longest step that is let through, compared with the usual.")
    weight_decay: float = _decay(0.0)


class ASGD(_Named):
    """Step against the gradient and keep the mean of all weights passed through."""

    synonyms = ("averaged", "stochastic")

    lr: float = _rate(1e-2)
    lambd: float = field(1e-4, min=0, log=True, advanced=True, help="How fast old weights count less.")
    alpha: float = field(0.75, min=0, max=1, advanced=True, help="How fast the steps shrink.")
    t0: float = field(1e6, min=0, log=True, advanced=True, help="Step at which averaging starts.")
    weight_decay: float = _decay(0.0)


class Rprop(_Named):
    """Follow only the signs of the gradients; meant for batches as large as the data."""

    synonyms = ("resilient", "sign", "full batch")

    lr: float = _rate(1e-2)
    etas: Etas = field((0.5, 1.2), advanced=True, help="What a step is multiplied by after a turn, and after none.")
    step_sizes: tuple[float, float] = field((1e-6, 50.0), advanced=True, help="Smallest and largest step.")
