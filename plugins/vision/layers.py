"""Convolutions: learned filters that slide over sequences, images and volumes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from engine.spec import ParameterError, Remedy, field
from plugins.core._named import Named, divides, expect
from plugins.vision._room import roomy


def _is_padding(value: int | str) -> int | str:
    if (isinstance(value, int) and value >= 0) or value in ("same", "valid"):
        return value
    raise ValueError("must be 'same', 'valid' or how many zeros to add, from 0 up")


Padding = Annotated[int | str, AfterValidator(_is_padding)]
EDGES = Literal["zeros", "reflect", "replicate", "circular"]


class _Filter(Named):
    """What convolutions share; every field is a keyword argument of PyTorch's modules."""

    category = "Convolution"

    out_channels: int = field(32, min=1, max=100_000, help="How many filters are learned: channels that come out.")
    kernel_size: int = field(3, min=1, max=1000, help="Side of each filter.")

    def sizes(self, x: Any) -> tuple[int, ...]:
        return (x.shape[1],)


class _Convolution(_Filter):
    stride: int = field(1, min=1, max=1000, help="How far the filter moves each time; 2 halves the size.")
    padding: Padding = field(
        "same",
        choices=("same", "valid", *range(8)),
        help="Zeros added at each side: a number, as many as keep the size (same), or none (valid).",
    )
    dilation: int = field(
        1, min=1, max=1000, advanced=True, help="Distance between the filter's points; 1 is close together."
    )
    groups: int = field(
        1,
        min=1,
        advanced=True,
        help="Split the channels into so many groups that do not mix; as many as channels is depthwise.",
    )
    bias: bool = field(
        True, advanced=True, help="Add a learned number to every channel. A BatchNorm right behind makes it idle."
    )
    padding_mode: EDGES = field("zeros", advanced=True, help="What the added border holds.")

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        divides(self, "groups", x.shape[1], self.out_channels)
        if self.padding == "same" and self.stride != 1:
            near = self.dilation * (self.kernel_size - 1) // 2
            raise ParameterError(
                f"{self.kind()} cannot keep the size (padding 'same') while it moves by {self.stride}. "
                f"Set padding to {near}, or stride to 1.",
                parameter="padding",
                remedies=(Remedy(settings={"padding": near}),),
            )
        if self.padding != "same":
            roomy(self, x, self.padding if isinstance(self.padding, int) else 0)
        return super().build(nn, x)


class Conv1d(_Convolution):
    """Slide learned filters along a sequence."""

    synonyms = ("convolution", "filter", "kernel", "temporal", "signal")
    ranks = (3,)


class Conv2d(_Convolution):
    """Slide learned filters over an image."""

    synonyms = ("convolution", "filter", "kernel", "cnn", "depthwise", "dilated", "atrous")
    ranks = (4,)


class Conv3d(_Convolution):
    """Slide learned filters through a volume or a film."""

    synonyms = ("convolution", "filter", "kernel", "video", "voxel")
    ranks = (5,)


class _ConvTranspose(_Filter):
    kernel_size: int = field(2, min=1, max=1000, help="Side of each filter.")
    stride: int = field(2, min=1, max=1000, help="How far apart the filters are put down; 2 doubles the size.")
    padding: int = field(0, min=0, help="How much is cut off at each side.")
    output_padding: int = field(0, min=0, advanced=True, help="Added at one side of the result, to reach an odd size.")
    dilation: int = field(
        1, min=1, max=1000, advanced=True, help="Distance between the filter's points; 1 is close together."
    )
    groups: int = field(1, min=1, advanced=True, help="Split the channels into so many groups that do not mix.")
    bias: bool = field(True, advanced=True, help="Add a learned number to every channel.")

    def build(self, nn: Any, x: Any) -> Any:
        expect(self, x, self.ranks)
        divides(self, "groups", x.shape[1], self.out_channels)
        if self.output_padding >= max(self.stride, self.dilation):
            raise ParameterError(
                f"{self.kind()} needs an output_padding below its stride ({self.stride}).",
                parameter="output_padding",
                remedies=(Remedy(settings={"output_padding": max(self.stride, self.dilation) - 1}),),
            )
        return super().build(nn, x)


class ConvTranspose1d(_ConvTranspose):
    """Enlarge a sequence by putting down learned filters."""

    synonyms = ("deconvolution", "upsample", "decoder", "generator")
    ranks = (3,)


class ConvTranspose2d(_ConvTranspose):
    """Enlarge an image by putting down learned filters."""

    synonyms = ("deconvolution", "upsample", "decoder", "generator", "u-net")
    ranks = (4,)


class ConvTranspose3d(_ConvTranspose):
    """Enlarge a volume by putting down learned filters."""

    synonyms = ("deconvolution", "upsample", "decoder", "generator")
    ranks = (5,)
