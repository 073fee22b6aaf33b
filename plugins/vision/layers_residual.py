"""What deep residual networks of images put into their branches and around them."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import Layer, ParameterError, field
from plugins.core._named import expect, inside, shape_of
from plugins.core.normalization import EPS


class StochasticDepth(Layer):
    """Leave a residual branch out of some training steps, so that shorter networks learn too.

    Huang et al., 2016, Deep Networks with Stochastic Depth (arXiv:1603.09382).
    """

    category = "Regularization"
    synonyms = ("drop path", "drop connect", "residual", "overfitting")

    p: float = field(0.1, min=0, max=1, step=0.05, help="The share of training steps in which it is left out.")
    mode: Literal["row", "batch"] = field("row", help="Decide for each sample (row) or for the whole batch.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.vision._modules import stochastic_depth

        expect(self, x)
        return stochastic_depth(self.p, self.mode)


class LayerScale(Layer):
    """Multiply every channel of images by a learned factor, so small at first that the branch hardly counts.

    Touvron et al., 2021, Going deeper with Image Transformers (arXiv:2103.17239).
    """

    category = "Normalization"
    synonyms = ("convnext", "gamma", "factor", "residual")

    init: float = field(1e-6, log=True, advanced=True, help="The factor that learning starts from.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.vision._modules import ChannelScale

        expect(self, x, (4,))
        return ChannelScale(x.shape[1], self.init)


class LayerNorm2d(Layer):
    """Bring the channels of images to mean 0 and spread 1 at every place by itself."""

    category = "Normalization"
    synonyms = ("layer normalization", "convnext", "channels")

    eps: float = field(1e-6, above=0, log=True, advanced=True, help=EPS)
    elementwise_affine: bool = field(True, advanced=True, help="Learn a scale and a shift for every channel.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.vision._modules import channel_norm

        if len(x.shape) != 4:
            raise ValueError(
                f"{self.kind()} needs an image: batch × channels × height × width, but gets {shape_of(x)}. "
                "Use LayerNorm where features stand last."
            )
        expect(self, x)
        return channel_norm(x.shape[1], eps=self.eps, elementwise_affine=self.elementwise_affine)


class Chunk(Layer):
    """Cut a tensor into two halves along one dimension."""

    category = "Shape"
    synonyms = ("split", "halves", "shufflenet", "branch")
    outputs = ("first", "second")

    dim: int = field(1, help="The dimension that is cut, of even size; 1 is the channels or features.")

    def call(self, torch: Any, x: Any) -> Any:
        inside(self, "dim", x)
        if x.shape[self.dim] % 2:
            raise ParameterError(
                f"Chunk cuts dimension {self.dim} into halves, but its size in {shape_of(x)} is odd.",
                parameter="dim",
            )
        halves = torch.chunk(x, 2, dim=self.dim)
        return halves[0], halves[1]
