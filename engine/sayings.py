"""PyTorch's reasons in the words of somebody who has never read its source."""

from __future__ import annotations

import re

SAYINGS: tuple[tuple[str, str], ...] = (
    (r"mat1 and mat2 shapes cannot be multiplied \(\d+x(\d+) and (\d+)x\d+\)", r"it takes \2 numbers and gets \1"),
    (r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) .*dimension (\d+)",
     r"sizes \1 and \2 meet in dimension \3, where they must be equal"),
    (r"Sizes of tensors must match except in dimension (\d+).*Expected size (\d+) but got size (\d+)",
     r"sizes \2 and \3 meet outside dimension \1, where they must be equal"),
    (r"Kernel size can't be greater than actual input size", "its kernel is larger than what arrives"),
    (r"(Output size is too small|output size.*(too small|negative|non-positive))", "nothing would be left of it"),
    (r"(Padding size should be less|can.t be greater than.*padded input)", "the border is wider than what arrives"),
    (r"Expected more than 1 value per channel", "there is one number per channel only, and no spread to measure"),
    (r"shape '\[(.*?)\]' is invalid for input of size (\d+)", r"the numbers that arrive cannot be arranged as \1"),
    (r"(Dimension|index|Index).* out of range", "it names a dimension that is not there"),
    (r"not enough values to unpack|too many values to unpack", "it needs another number of dimensions"),
    (r"[Ee]xpected (\d)D(?: \(unbatched\))? or (\d)D.* input", r"it needs \2 dimensions, the batch included"),
    (r"[Ee]xpected (\d)D.* input", r"it needs \1 dimensions, the batch included"),
    (r"(expected scalar type|same dtype|not implemented for '(Long|Int|Bool)'|floating.point)",
     "it computes with fractions, and whole numbers arrive, or the other way around"),
    (r"missing \d+ required positional argument", "another input needs a wire"),
)  # fmt: skip
"""What PyTorch says, as a pattern, and what that means. Each was provoked by a mistake; others pass through."""


def said(message: str) -> str:
    """A reason in our words where we have any, else PyTorch's own without where in its source it was raised."""
    for pattern, words in SAYINGS:
        found = re.search(pattern, message)
        if found is not None:
            return found.expand(words)
    return re.sub(r"\s*\(.*?\bat ::.*", "", message).rstrip(".")
