"""The layers that models are drawn with, and two models that several tests look at."""

import pytest

from engine.convert import Conversion, import_model
from engine.spec import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def resnet50(catalogue: Catalogue) -> Conversion:
    return import_model("torchvision:resnet50", catalogue)


@pytest.fixture(scope="session")
def efficientnet(catalogue: Catalogue) -> Conversion:
    return import_model("efficientnet_b0", catalogue)
