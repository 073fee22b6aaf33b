"""Every optimizer and schedule that ships keeps the contract; a new one is tested without another line here."""

import pytest

from engine.spec import Catalogue
from tests.contracts import OptimizerContract, ScheduleContract

CATALOGUE = Catalogue.load()


@pytest.mark.parametrize("declaration", CATALOGUE.optimizers.values(), ids=CATALOGUE.optimizers)
class TestShippedOptimizers(OptimizerContract):
    pass


@pytest.mark.parametrize("declaration", CATALOGUE.schedules.values(), ids=CATALOGUE.schedules)
class TestShippedSchedules(ScheduleContract):
    pass
