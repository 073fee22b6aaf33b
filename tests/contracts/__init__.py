"""What every declaration of a pack must keep: suites that a pack's tests subclass.

    class TestMyLayer(LayerContract):
        declares = MyLayer

Layers are tried on inputs of every usual rank; one that needs others says so by overriding `examples`. A task's suite
is told what fits it: facts, a batch, right and wrong answers.
"""

import pytest

pytest.register_assert_rewrite(
    *(f"{__name__}.{one}" for one in ("dataset", "declaration", "layer", "optimizer", "search", "task"))
)

from tests.contracts.dataset import DatasetContract  # noqa: E402 - rewritten before it is imported
from tests.contracts.declaration import DeclarationContract  # noqa: E402
from tests.contracts.layer import Example, LayerContract  # noqa: E402
from tests.contracts.optimizer import OptimizerContract, ScheduleContract  # noqa: E402
from tests.contracts.search import PrunerContract, SamplerContract  # noqa: E402
from tests.contracts.task import TaskContract  # noqa: E402

__all__ = [
    "DatasetContract",
    "DeclarationContract",
    "Example",
    "LayerContract",
    "OptimizerContract",
    "PrunerContract",
    "SamplerContract",
    "ScheduleContract",
    "TaskContract",
]
