"""Importing a model by its name."""

from __future__ import annotations

from engine.convert.conversion import Conversion, convert
from engine.convert.errors import ConvertError
from engine.convert.sources import PREFIX, image_size, make
from engine.spec import Catalogue


def import_model(name: str, catalogue: Catalogue) -> Conversion:
    """Draw a classification model of torchvision; `name` is as torchvision has it, `torchvision:` before it or not.

    The auxiliary classifiers of GoogLeNet and Inception v3, which only help training, are left out.

    Raises:
        ConvertError: when there is no such model, or it cannot be drawn.
    """
    source, colon, bare = name.rpartition(":")
    if colon and source != PREFIX.rstrip(":"):
        raise ConvertError(f"Models can be imported from torchvision, not from '{source}': write {PREFIX}resnet18.")
    model = make(bare)
    side = image_size(bare, model)
    return convert(model, (3, side, side), catalogue, name=bare)
