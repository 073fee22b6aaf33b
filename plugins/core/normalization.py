"""Normalization: keep numbers in a range in which learning goes well."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, field
from plugins.core._named import Named, divides, expect, shape_of

EPS = "Added to the variance so that nothing is divided by zero."
AFFINE = "Learn a scale and a shift for every channel."


class _Channels(Named):
    """Normalization of channels."""

    category = "Normalization"

    def sizes(self, x: Any) -> tuple[int, ...]:
        return (x.shape[1],)


class _BatchNorm(_Channels):
    eps: float = field(1e-5, above=0, log=True, advanced=True, help=EPS)
    momentum: float = field(
        0.1,
        min=0,
        max=1,
        advanced=True,
        help="How fast the running averages that are used after training follow the batches.",
    )
    affine: bool = field(True, advanced=True, help=AFFINE)
    track_running_stats: bool = field(
        True, advanced=True, help="Keep running averages; without them, evaluation uses each batch's own."
    )


class BatchNorm1d(_BatchNorm):
    """Bring each feature to mean 0 and spread 1 over the batch."""

    synonyms = ("batch normalization", "bn", "standardize")
    ranks = (2, 3)


class BatchNorm2d(_BatchNorm):
    """Bring each channel of the images to mean 0 and spread 1 over the batch."""

    synonyms = ("batch normalization", "bn", "standardize")
    ranks = (4,)


class BatchNorm3d(_BatchNorm):
    """Bring each channel of the volumes to mean 0 and spread 1 over the batch."""

    synonyms = ("batch normalization", "bn", "standardize")
    ranks = (5,)


class _InstanceNorm(_Channels):
    eps: float = field(1e-5, above=0, log=True, advanced=True, help=EPS)
    momentum: float = field(
        0.1, min=0, max=1, advanced=True, help="How fast the running averages follow, where they are kept."
    )
    affine: bool = field(False, help=AFFINE)
    track_running_stats: bool = field(False, advanced=True, help="Keep running averages and use them after training.")


class InstanceNorm1d(_InstanceNorm):
    """Bring each channel of every single sequence to mean 0 and spread 1."""

    synonyms = ("instance normalization", "style")
    ranks = (3,)


class InstanceNorm2d(_InstanceNorm):
    """Bring each channel of every single image to mean 0 and spread 1."""

    synonyms = ("instance normalization", "style", "contrast")
    ranks = (4,)


class InstanceNorm3d(_InstanceNorm):
    """Bring each channel of every single volume to mean 0 and spread 1."""

    synonyms = ("instance normalization",)
    ranks = (5,)


class GroupNorm(_Channels):
    """Bring groups of channels of every single sample to mean 0 and spread 1; good for small batches."""

    synonyms = ("group normalization",)
    ranks = (3, 4, 5)  # of feature vectors PyTorch refuses a batch of one

    num_groups: int = field(8, min=1, help="How many groups the channels are split into; must divide their number.")
    eps: float = field(1e-5, above=0, log=True, advanced=True, help=EPS)
    affine: bool = field(True, advanced=True, help=AFFINE)

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        divides(self, "num_groups", x.shape[1])
        return nn.GroupNorm(self.num_groups, x.shape[1], eps=self.eps, affine=self.affine)


class _Last(Layer):
    category = "Normalization"

    dimensions: int = field(1, min=1, advanced=True, help="How many of the last dimensions are normalized together.")

    def last(self, x: Any) -> tuple[int, ...]:
        """The sizes of those dimensions; raise ParameterError where the input has too few."""
        expect(self, x)
        if self.dimensions >= len(x.shape):
            raise ParameterError(
                f"{self.kind()} cannot normalize {self.dimensions} dimensions of {shape_of(x)}: "
                f"without the batch there are {len(x.shape) - 1}.",
                parameter="dimensions",
            )
        return tuple(x.shape[-self.dimensions :])


class LayerNorm(_Last):
    """Bring the numbers of every single sample, or of each of its positions, to mean 0 and spread 1."""

    synonyms = ("layer normalization", "transformer")

    eps: float = field(1e-5, above=0, log=True, advanced=True, help=EPS)
    elementwise_affine: bool = field(True, advanced=True, help="Learn a scale and a shift for every number.")
    bias: bool = field(True, advanced=True, help="Learn the shift too, not only the scale.")

    def build(self, nn: Any, x: Any) -> Any:
        sizes = self.last(x)
        return nn.LayerNorm(sizes, eps=self.eps, elementwise_affine=self.elementwise_affine, bias=self.bias)


class RMSNorm(_Last):
    """Bring the numbers of every single sample, or of each of its positions, to one size, leaving their mean."""

    synonyms = ("root mean square", "transformer", "llama")

    eps: float = field(1e-6, above=0, log=True, advanced=True, help="Added so that nothing is divided by zero.")
    elementwise_affine: bool = field(True, advanced=True, help="Learn a scale for every number.")

    def build(self, nn: Any, x: Any) -> Any:
        return nn.RMSNorm(self.last(x), eps=self.eps, elementwise_affine=self.elementwise_affine)


class LocalResponseNorm(Named):
    """Damp each channel by how strong its neighbors are at the same place."""

    category = "Normalization"
    synonyms = ("lrn", "alexnet", "lateral inhibition")
    ranks = (3, 4, 5)

    size: int = field(5, min=1, help="How many neighboring channels count.")
    alpha: float = field(1e-4, min=0, log=True, help="How strongly they damp.")
    beta: float = field(0.75, min=0, advanced=True, help="The exponent.")
    k: float = field(1.0, above=0, advanced=True, help="Added so that weak neighbors change little.")
