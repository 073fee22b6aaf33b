"""Convolutions: learned filters that slide over sequences, images and volumes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from engine.spec import ParameterError, Remedy, field
from plugins.core._named import Named, Sides, along, divides, expect
from plugins.vision._room import each, roomy


def _is_padding(value: int | str | tuple[int, ...]) -> int | str | tuple[int, ...]:
    several = value if isinstance(value, tuple) else (value,)
    if value in ("same", "valid") or (several and all(isinstance(one, int) and one >= 0 for one in several)):
        return value
    raise ValueError("must be 'same', 'valid' or how many zeros to add, from 0 up")


Padding = Annotated[int | str | tuple[int, ...], AfterValidator(_is_padding)]
EDGES = Literal["zeros", "reflect", "replicate", "circular"]


class _Filter(Named):
    """What convolutions share; every field is a keyword argument of PyTorch's modules."""

    category = "Convolution"

    out_channels: int = field(32, min=1, max=100_000, help="How many filters are learned: channels that come out.")
    kernel_size: Sides = field(3, help="Side of each filter; several numbers, such as 1, 7, where sides differ.")

    def sizes(self, x: Any) -> tuple[int, ...]:
        return (x.shape[1],)


class _Convolution(_Filter):
    stride: Sides = field(1, help="How far the filter moves each time; 2 halves the size.")
    padding: Padding = field(
        "same",
        choices=("same", "valid", *range(8)),
        help="Zeros added at each side: a number, as many as keep the size (same), or none (valid).",
    )
    dilation: Sides = field(1, advanced=True, help="Distance between the filter's points; 1 is close together.")
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
        for parameter in ("kernel_size", "stride", "padding", "dilation"):
            along(self, parameter, x)
        divides(self, "groups", x.shape[1], self.out_channels)
        if self.padding == "same" and self.stride != 1:
            near = same(self.kernel_size, self.dilation)
            raise ParameterError(
                f"{self.kind()} cannot keep the size (padding 'same') while it moves by {self.stride}. "
                f"Set padding to {', '.join(map(str, near))}, or stride to 1.",
                parameter="padding",
                remedies=(Remedy(settings={"padding": near[0] if len(set(near)) == 1 else near}),),
            )
        if self.padding != "same":
            roomy(self, x, 0 if isinstance(self.padding, str) else self.padding)
        return super().build(nn, x)


def same(kernel_size: int | tuple[int, ...], dilation: int | tuple[int, ...]) -> tuple[int, ...]:
    """The zeros at each side that keep the size; one number where they are the same all around."""
    count = max(len(one) if isinstance(one, tuple) else 1 for one in (kernel_size, dilation))
    return tuple(
        gap * (side - 1) // 2 for side, gap in zip(each(kernel_size, count), each(dilation, count), strict=True)
    )


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
    kernel_size: Sides = field(2, help="Side of each filter; several numbers where sides differ.")
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
        along(self, "kernel_size", x)
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
