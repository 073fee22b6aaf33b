"""Where models come from: torchvision's classification models by name, made without a number of their weights."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from engine.convert.errors import ConvertError

PREFIX = "torchvision:"
WITHOUT_AUX = ("googlenet", "inception_v3")
"""Models with classifiers that only help training; what is drawn is the network that predicts."""


@cache
def model_names() -> tuple[str, ...]:
    """The classification models of the torchvision that is installed, in the order of words and numbers."""
    from torchvision import models

    return tuple(sorted(models.list_models(module=models), key=_words))


def _words(name: str) -> list[tuple[int, str]]:
    """A name as words and numbers, so that 18 comes before 101."""
    parts = re.split(r"(\d+)", name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def make(name: str) -> nn.Module:
    """A model on the meta device, in evaluation mode; raise `ConvertError` when torchvision has none of this name."""
    with _Weightless():
        model = build(name)
    return model.to("meta").eval()


def build(name: str) -> nn.Module:
    """A model as torchvision makes it, with random weights and without auxiliary classifiers."""
    from torchvision import models

    if name not in model_names():
        raise ConvertError(_unknown(name))
    options: dict[str, Any] = {"aux_logits": False, "init_weights": False} if name in WITHOUT_AUX else {}
    model: nn.Module = models.get_model(name, weights=None, **options)
    return model


def image_size(name: str, model: nn.Module) -> int:
    """The side of the images that a model is made for, in pixels."""
    from torchvision import models

    if isinstance(own := getattr(model, "image_size", None), int):
        return own
    first = next(iter(models.get_model_weights(name)), None)
    return int(first.transforms().crop_size[0]) if first is not None else 224


def published_parameters(name: str) -> int | None:
    """How many parameters a model is published with, auxiliary classifiers included; None where nothing is said."""
    from torchvision import models

    first = next(iter(models.get_model_weights(name)), None)
    return int(first.meta["num_params"]) if first is not None else None


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, model_names(), n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else " `netloom import --list` names those there are."
    return f"torchvision has no classification model '{name}'.{hint}"


class _Weightless(TorchFunctionMode):
    """Makes every weight on the meta device, and leaves the small computations of a constructor on the processor."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        settings = dict(kwargs or {})
        if func is torch.empty:
            settings.setdefault("device", "meta")
        return func(*args, **settings)
