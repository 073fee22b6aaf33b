"""Activations: the bends between layers, without which a deep network were no more than one line."""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from engine.spec import ParameterError, field
from plugins.core._named import Named, inside


class _Activation(Named):
    category = "Activation"


class ReLU(_Activation):
    """Set negative numbers to zero and let positive ones through."""

    synonyms = ("rectifier", "nonlinearity")


class LeakyReLU(_Activation):
    """Let positive numbers through and shrink negative ones."""

    synonyms = ("rectifier",)

    negative_slope: float = field(0.01, min=0, help="What negative numbers are multiplied by.")


class PReLU(_Activation):
    """Let positive numbers through and multiply negative ones by a learned slope."""

    synonyms = ("parametric rectifier", "learned slope")

    init: float = field(0.25, advanced=True, help="The slope that learning starts from.")


class ReLU6(_Activation):
    """Cut numbers off below 0 and above 6."""

    synonyms = ("rectifier", "mobile", "clip")


class ELU(_Activation):
    """Let positive numbers through and bend negative ones smoothly towards a floor."""

    synonyms = ("exponential linear",)

    alpha: float = field(1.0, above=0, help="How deep the floor lies.")


class SELU(_Activation):
    """Bend like ELU, scaled so that deep dense networks keep their own balance."""

    synonyms = ("self-normalizing", "exponential linear")


class CELU(_Activation):
    """Bend like ELU, with a slope that has no jump for any depth of the floor."""

    synonyms = ("exponential linear",)

    alpha: float = field(1.0, above=0, help="How deep the floor lies.")


class GELU(_Activation):
    """Weight numbers by the chance that a normal one is smaller; usual in Transformers."""

    synonyms = ("gaussian", "transformer", "bert")

    approximate: str = field(
        "none", choices=("none", "tanh"), advanced=True, help="tanh is a little faster and a little off."
    )


class SiLU(_Activation):
    """Multiply each number by its own sigmoid."""

    synonyms = ("swish", "efficientnet")


class Mish(_Activation):
    """Multiply each number by the tanh of its softplus."""

    synonyms = ("swish",)


class Hardswish(_Activation):
    """Bend like SiLU, made of straight pieces that are quick to compute."""

    synonyms = ("swish", "mobile")


class Hardsigmoid(_Activation):
    """Bring numbers between 0 and 1 along straight pieces."""

    synonyms = ("gate", "mobile")


class Hardtanh(_Activation):
    """Cut numbers off at a lowest and a highest value."""

    synonyms = ("clip", "clamp")

    min_val: float = field(-1.0, help="Lowest value let through.")
    max_val: float = field(1.0, help="Highest value let through; must be above the lowest.")

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.min_val >= self.max_val:
            raise ValueError(f"min_val {self.min_val} is not below max_val {self.max_val}")
        return self


class Softplus(_Activation):
    """Bend like ReLU with a rounded corner, so that nothing is ever quite zero."""

    synonyms = ("smooth rectifier", "positive")

    beta: float = field(1.0, above=0, help="How sharp the corner is.")
    threshold: float = field(
        20.0, advanced=True, help="Above this the number itself is taken, to keep the computation stable."
    )


class Softsign(_Activation):
    """Bring numbers between -1 and 1, more slowly than tanh."""

    synonyms = ("squash",)


class Tanh(_Activation):
    """Bring numbers between -1 and 1."""

    synonyms = ("squash", "hyperbolic tangent")


class Tanhshrink(_Activation):
    """Take from each number its own tanh, so that small ones vanish."""

    synonyms = ("shrink", "sparse")


class Hardshrink(_Activation):
    """Set small numbers to zero and let the others through."""

    synonyms = ("shrink", "sparse", "threshold")

    lambd: float = field(0.5, min=0, help="Numbers no further from zero than this become zero.")


class Softshrink(_Activation):
    """Move every number towards zero, and stop there."""

    synonyms = ("shrink", "sparse", "threshold")

    lambd: float = field(0.5, min=0, help="How far numbers are moved.")


class Sigmoid(_Activation):
    """Bring numbers between 0 and 1."""

    synonyms = ("logistic", "squash", "gate", "probability")


class LogSigmoid(_Activation):
    """Take the logarithm of the sigmoid, computed so that nothing overflows."""

    synonyms = ("logistic", "log probability")


class _Along(_Activation):
    dim: int = field(1, help="The dimension along which the shares add up to 1; 1 is the channels or features.")

    def build(self, nn: Any, x: Any) -> Any:
        inside(self, "dim", x)
        return super().build(nn, x)


class Softmax(_Along):
    """Turn numbers into shares that add up to 1; Classify does this itself, so leave it out before its output."""

    synonyms = ("probabilities", "normalize", "attention")


class LogSoftmax(_Along):
    """Turn numbers into logarithms of shares that add up to 1."""

    synonyms = ("log probabilities",)


class Softmin(_Along):
    """Turn numbers into shares that add up to 1, the smallest getting the most."""

    synonyms = ("probabilities",)


class GLU(_Along):
    """Split the channels in halves and let one half open or close the other."""

    synonyms = ("gated linear unit", "gate")

    dim: int = field(1, help="The dimension that is split; its size must be even.")

    def build(self, nn: Any, x: Any) -> Any:
        module = super().build(nn, x)
        if x.shape[self.dim] % 2:
            raise ParameterError(
                f"GLU splits dimension {self.dim} in halves, but its size is {x.shape[self.dim]}.", parameter="dim"
            )
        return module
