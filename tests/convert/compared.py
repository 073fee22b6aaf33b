"""A published model beside what was drawn from it, with the same weights."""

from dataclasses import dataclass
from time import perf_counter

import torch
from torch import nn

from engine.assemble import assemble
from engine.convert import Conversion, copy_weights, import_model
from engine.convert.sources import build, image_size
from engine.spec import Catalogue


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a model and its drawing have in common."""

    conversion: Conversion
    seconds: float
    """For drawing it."""
    parameters: tuple[int, int]
    """Theirs and ours."""
    equal: bool
    """Whether both give the same numbers, bit for bit."""


def compare(name: str, catalogue: Catalogue, *, side: int = 0) -> Compared:
    """Draw a model, bring the weights over, and let both see the same two images of a size, or of the model's own."""
    began = perf_counter()
    conversion = import_model(name, catalogue)
    seconds = perf_counter() - began
    torch.manual_seed(0)
    original = stirred(build(name)).eval()
    ours = assemble(conversion.project, catalogue, None).eval()
    copy_weights(conversion.weights, original.state_dict(), ours)
    side = side or image_size(name, original)
    images = torch.randn(2, 3, side, side)
    with torch.no_grad():
        expected = original(images)
        assert expected.isfinite().all(), "numbers beyond all bounds tell nothing"
        assert expected.std() > 0, "nor do numbers that are all the same"
        equal = torch.equal(expected, ours(images))
    return Compared(conversion=conversion, seconds=seconds, parameters=(count(original), count(ours)), equal=equal)


def stirred(model: nn.Module) -> nn.Module:
    """The model with no weight left as all alike as many begin, so that none can be forgotten or exchanged unnoticed.

    Variances only grow, which keeps what comes out of a hundred layers within the numbers there are.
    """
    with torch.no_grad():
        for one in (*model.parameters(), *model.buffers()):
            if one.is_floating_point() and bool((one == one.flatten()[0]).all()):
                one.add_(0.1 * torch.rand_like(one) if bool((one == 1).all()) else 0.01 * torch.randn_like(one))
    return model


def count(module: nn.Module) -> int:
    """How many numbers are learned."""
    return sum(one.numel() for one in module.parameters())
