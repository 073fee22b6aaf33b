"""Pooling: summarize neighborhoods, so that less is left to look at."""

from __future__ import annotations

from typing import Annotated, Any

from engine.spec import Each, ParameterError, Remedy, field
from plugins.core._named import Named, Sides, along, expect
from plugins.vision._room import roomy


class _Pool(Named):
    category = "Pooling"

    kernel_size: Sides = field(
        2, help="Side of the neighborhood that becomes one number; several numbers where sides differ."
    )
    stride: Annotated[int | tuple[int, ...] | None, Each(1, 1000)] = field(
        None, help="How far it moves each time; empty is its own side, so that none overlap."
    )
    padding: int = field(0, min=0, advanced=True, help="Border added at each side; at most half the kernel.")
    ceil_mode: bool = field(
        False, advanced=True, help="Also use the rest at the edge that fills no whole neighborhood."
    )

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        for parameter in ("kernel_size", "stride"):
            along(self, parameter, x)
        side = min(self.kernel_size) if isinstance(self.kernel_size, tuple) else self.kernel_size
        if self.padding > side // 2:
            raise ParameterError(
                f"{self.kind()} can add at most half its kernel as padding: {side // 2}, not {self.padding}.",
                parameter="padding",
                remedies=(Remedy(settings={"padding": side // 2}),),
            )
        roomy(self, x, self.padding)
        return super().build(nn, x)


class _MaxPool(_Pool):
    dilation: int = field(1, min=1, max=1000, advanced=True, help="Distance between the points that are compared.")


class MaxPool1d(_MaxPool):
    """Keep the largest number of each neighborhood of a sequence."""

    synonyms = ("pooling", "downsample", "subsample")
    ranks = (3,)


class MaxPool2d(_MaxPool):
    """Keep the largest number of each neighborhood of an image."""

    synonyms = ("pooling", "downsample", "subsample", "halve")
    ranks = (4,)


class MaxPool3d(_MaxPool):
    """Keep the largest number of each neighborhood of a volume."""

    synonyms = ("pooling", "downsample", "subsample")
    ranks = (5,)


class _AvgPool(_Pool):
    count_include_pad: bool = field(True, advanced=True, help="Count the border's zeros in the mean.")


class AvgPool1d(_AvgPool):
    """Take the mean of each neighborhood of a sequence."""

    synonyms = ("pooling", "average", "downsample", "smooth")
    ranks = (3,)


class AvgPool2d(_AvgPool):
    """Take the mean of each neighborhood of an image."""

    synonyms = ("pooling", "average", "downsample", "smooth")
    ranks = (4,)


class AvgPool3d(_AvgPool):
    """Take the mean of each neighborhood of a volume."""

    synonyms = ("pooling", "average", "downsample", "smooth")
    ranks = (5,)


class _Adaptive(Named):
    category = "Pooling"

    output_size: int = field(
        1, min=1, max=100_000, help="Side of what comes out, whatever comes in; 1 leaves one number per channel."
    )


class AdaptiveAvgPool1d(_Adaptive):
    """Bring sequences of any length to a given one by taking means."""

    synonyms = ("global average pooling", "gap", "resize")
    ranks = (3,)


class AdaptiveAvgPool2d(_Adaptive):
    """Bring images of any size to a given one by taking means."""

    synonyms = ("global average pooling", "gap", "resize")
    ranks = (4,)


class AdaptiveAvgPool3d(_Adaptive):
    """Bring volumes of any size to a given one by taking means."""

    synonyms = ("global average pooling", "gap", "resize")
    ranks = (5,)


class AdaptiveMaxPool1d(_Adaptive):
    """Bring sequences of any length to a given one by keeping the largest numbers."""

    synonyms = ("global max pooling", "resize")
    ranks = (3,)


class AdaptiveMaxPool2d(_Adaptive):
    """Bring images of any size to a given one by keeping the largest numbers."""

    synonyms = ("global max pooling", "resize")
    ranks = (4,)


class AdaptiveMaxPool3d(_Adaptive):
    """Bring volumes of any size to a given one by keeping the largest numbers."""

    synonyms = ("global max pooling", "resize")
    ranks = (5,)
