"""Drawing PyTorch models: torchvision's classification models become projects that can be edited."""

from __future__ import annotations

from engine.convert.conversion import Conversion, convert
from engine.convert.errors import ConvertError
from engine.convert.models import import_model
from engine.convert.sources import PREFIX, model_names, published_parameters
from engine.convert.weights import copy_weights

__all__ = [
    "PREFIX",
    "Conversion",
    "ConvertError",
    "convert",
    "copy_weights",
    "import_model",
    "model_names",
    "published_parameters",
]
