"""Layers that change the size of images without learning anything."""

from __future__ import annotations

from typing import Any, Literal

from engine.spec import ParameterError, field
from plugins.core._named import Named, divides, expect, shape_of

WAYS = {3: "linear", 4: "bilinear", 5: "trilinear"}
"""What PyTorch calls straight interpolation, by the number of dimensions."""


class Upsample(Named):
    """Enlarge images, sequences or volumes."""

    category = "Resizing"
    synonyms = ("interpolate", "resize", "enlarge", "decoder", "u-net")
    ranks = (3, 4, 5)

    scale_factor: float = field(2.0, above=0, max=1000, help="How many times larger each side becomes.")
    mode: Literal["nearest", "linear", "bicubic"] = field(
        "nearest", help="Repeat the nearest number, or take one between the neighbors; bicubic is for images only."
    )

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        if self.mode == "bicubic" and len(x.shape) != 4:
            raise ParameterError("Upsample can be bicubic for images only. Choose nearest or linear.", parameter="mode")
        if any(side * self.scale_factor < 1 for side in x.shape[2:]):
            raise ParameterError(
                f"Upsample by {self.scale_factor} leaves nothing of {shape_of(x)}.", parameter="scale_factor"
            )
        mode = WAYS[len(x.shape)] if self.mode == "linear" else self.mode
        return nn.Upsample(scale_factor=self.scale_factor, mode=mode)


class PixelShuffle(Named):
    """Enlarge images by laying channels side by side as pixels."""

    category = "Resizing"
    synonyms = ("sub-pixel", "super-resolution", "depth to space")
    ranks = (4,)

    upscale_factor: int = field(2, min=1, max=1000, help="How many times larger each side becomes.")

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        if x.shape[1] % self.upscale_factor**2:
            raise ParameterError(
                f"PixelShuffle makes one channel out of {self.upscale_factor**2}, "
                f"and {x.shape[1]} channels cannot be divided by that.",
                parameter="upscale_factor",
            )
        return super().build(nn, x)


class PixelUnshuffle(Named):
    """Shrink images by laying pixels one behind the other as channels."""

    category = "Resizing"
    synonyms = ("space to depth", "downsample", "patches")
    ranks = (4,)

    downscale_factor: int = field(2, min=1, max=1000, help="How many times smaller each side becomes.")

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        if any(side % self.downscale_factor for side in x.shape[2:]):
            raise ParameterError(
                f"PixelUnshuffle takes squares of {self.downscale_factor} pixels, "
                f"and an image of {x.shape[2]} × {x.shape[3]} cannot be divided into them.",
                parameter="downscale_factor",
            )
        return super().build(nn, x)


class ChannelShuffle(Named):
    """Mix the groups of channels, so that grouped convolutions behind it see all of them."""

    category = "Shape"
    synonyms = ("shufflenet", "groups")
    ranks = (4,)

    groups: int = field(2, min=1, help="How many groups the channels come from.")

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        divides(self, "groups", x.shape[1])
        return super().build(nn, x)


class _Pad(Named):
    category = "Padding"
    synonyms = ("border", "margin", "frame")
    ranks = (4,)

    padding: int = field(1, min=0, max=10_000, help="How many pixels are added at each side.")


class ZeroPad2d(_Pad):
    """Surround images with zeros."""


class ConstantPad2d(_Pad):
    """Surround images with a number of your choice."""

    value: float = field(0.0, help="The number.")


class ReplicationPad2d(_Pad):
    """Surround images with copies of their outermost pixels."""


class ReflectionPad2d(_Pad):
    """Surround images with their mirror image."""

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        side = min(x.shape[2:])
        if self.padding >= side:
            raise ParameterError(
                f"ReflectionPad2d can mirror fewer pixels than the image has: at most {side - 1}, not {self.padding}.",
                parameter="padding",
            )
        return super().build(nn, x)


class CircularPad2d(_Pad):
    """Surround images with their opposite edges, as if the image went around a globe."""

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        side = min(x.shape[2:])
        if self.padding > side:
            raise ParameterError(
                f"CircularPad2d can go around once: at most {side} pixels, not {self.padding}.", parameter="padding"
            )
        return super().build(nn, x)
