"""Views of made-up studies."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from studio.context import Studio
from studio.pages.search.plots import StudyView
from studio.pages.search.studied import Studied

Kind = TypeVar("Kind", bound=StudyView)
Show = Callable[[type[Kind], Studied], Kind]


@pytest.fixture
def show(studio: Studio, qtbot: QtBot) -> Show[StudyView]:
    """Make a view of a study and wait until it is drawn."""

    def make(kind: type[Kind], found: Studied) -> Kind:
        made = kind(studio)
        qtbot.addWidget(made)
        made.resize(900, 460)
        made.show()
        made.show_study(found)
        qtbot.waitUntil(made.settled)
        return made

    return make
