"""Attention inside windows of an image, as Swin Transformers and MaxViT have it."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, ParameterError, field
from plugins.core._named import expect, shape_of

SHARE = "The share that is hidden at each training step."


class _ShiftedWindows(Layer):
    category = "Attention"

    num_heads: int = field(4, min=1, max=1024, help="How many ways of looking; must divide the features.")
    window_size: int = field(7, min=2, max=1000, help="Side of the windows, within which positions see each other.")
    shift_size: int = field(0, min=0, help="How far the windows are moved: half their side in every second layer.")
    attention_dropout: float = field(0.0, min=0, below=1, advanced=True, help=SHARE)
    dropout: float = field(0.0, min=0, below=1, advanced=True, help=SHARE)

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.vision._modules import shifted_windows

        expect(self, x)
        if len(x.shape) != 4:
            raise ValueError(
                f"{self.kind()} needs an image with its features last: batch × height × width × features, "
                f"but gets {shape_of(x)}. Put Permute with 2, 3, 1 behind an image of channels."
            )
        divided(self, "num_heads", x.shape[-1], self.num_heads)
        settings = {name: getattr(self, name) for name in ("num_heads", "attention_dropout", "dropout")}
        window, shift = [self.window_size] * 2, [self.shift_size % self.window_size] * 2
        return shifted_windows(self.kind(), x.shape[-1], window_size=window, shift_size=shift, **settings)


class ShiftedWindowAttention(_ShiftedWindows):
    """Let the positions of an image look at each other within windows, which every second layer moves.

    Takes batch × height × width × features. Liu et al., 2021, Swin Transformer (arXiv:2103.14030).
    """

    synonyms = ("swin", "self-attention", "window", "transformer")


class ShiftedWindowAttentionV2(_ShiftedWindows):
    """Let positions look at each other within moved windows, by the angle between them and not their lengths.

    Takes batch × height × width × features. Liu et al., 2022, Swin Transformer V2 (arXiv:2111.09883).
    """

    synonyms = ("swin", "self-attention", "window", "transformer", "cosine")


class RelativePositionalMultiHeadAttention(Layer):
    """Let the positions of each window look at each other, knowing how far apart they stand.

    Takes batch × windows × positions × features, the positions those of a square. Tu et al., 2022, MaxViT
    (arXiv:2204.01697).
    """

    category = "Attention"
    synonyms = ("maxvit", "self-attention", "window", "relative position", "transformer")

    head_dim: int = field(8, min=1, max=4096, help="Features of each way of looking; must divide the features.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.vision._modules import relative_attention

        expect(self, x)
        if len(x.shape) != 4 or round(x.shape[2] ** 0.5) ** 2 != x.shape[2]:
            raise ValueError(
                f"{self.kind()} needs square windows: batch × windows × positions × features, "
                f"but gets {shape_of(x)}. Put WindowPartition before it."
            )
        divided(self, "head_dim", x.shape[-1], self.head_dim)
        return relative_attention(x.shape[-1], self.head_dim, x.shape[2])


class WindowPartition(Layer):
    """Cut images into square windows: batch × windows × positions × channels."""

    category = "Shape"
    synonyms = ("maxvit", "swin", "patches", "tiles", "unfold")

    size: int = field(4, min=1, max=10_000, help="Side of the windows; must divide height and width.")

    def call(self, torch: Any, x: Any) -> Any:
        if len(x.shape) != 4:
            raise ValueError(f"{self.kind()} cuts an image: batch × channels × height × width, but gets {shape_of(x)}.")
        _, channels, height, width = x.shape
        side = self.size
        for length in (height, width):
            divided(self, "size", length, side)
        cut = torch.reshape(x, (x.shape[0], channels, height // side, side, width // side, side))
        windows = (height // side) * (width // side)
        return torch.reshape(torch.permute(cut, (0, 2, 4, 3, 5, 1)), (x.shape[0], windows, side * side, channels))


class WindowDepartition(Layer):
    """Put square windows together again to images: batch × channels × height × width."""

    category = "Shape"
    synonyms = ("maxvit", "swin", "merge windows", "tiles", "fold")

    rows: int = field(0, min=0, max=10_000, help="How many windows stand one below the other; 0 is a square of them.")

    def call(self, torch: Any, x: Any) -> Any:
        side, rows = (round(x.shape[2] ** 0.5), self.rows or round(x.shape[1] ** 0.5)) if len(x.shape) == 4 else (0, 1)
        if side * side != (x.shape[2] if side else -1):
            raise ValueError(
                f"{self.kind()} needs square windows: batch × windows × positions × channels, but gets {shape_of(x)}."
            )
        divided(self, "rows", x.shape[1], rows)
        columns = x.shape[1] // rows
        cut = torch.reshape(x, (x.shape[0], rows, columns, side, side, x.shape[3]))
        whole = (x.shape[0], x.shape[3], rows * side, columns * side)
        return torch.reshape(torch.permute(cut, (0, 5, 1, 3, 2, 4)), whole)


class MergePatches(Layer):
    """Halve height and width by laying the features of four neighbors one behind the other.

    Takes batch × height × width × features; an odd side is filled up with zeros.
    """

    category = "Shape"
    synonyms = ("swin", "patch merging", "downsample", "space to depth")

    def call(self, torch: Any, x: Any) -> Any:
        if len(x.shape) != 4:
            raise ValueError(
                f"{self.kind()} needs an image with its features last: batch × height × width × features, "
                f"but gets {shape_of(x)}."
            )
        _, height, width, _ = x.shape
        even = torch.nn.functional.pad(x, (0, 0, 0, width % 2, 0, height % 2))
        corners = [even[:, row::2, column::2, :] for column in (0, 1) for row in (0, 1)]
        return torch.cat(corners, -1)


def divided(layer: Layer, parameter: str, whole: int, part: int) -> None:
    """Raise ParameterError where a parameter does not divide a number."""
    if whole % part:
        fitting = ", ".join(str(one) for one in range(1, min(whole, 64) + 1) if whole % one == 0)
        raise ParameterError(
            f"{layer.kind()} cannot divide {whole} by {part}. Set {parameter} to one of {fitting}.",
            parameter=parameter,
        )
