"""A Design page to look at and press on."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import Component, Graph, Project, Training
from studio.theme import Theme
from tests.studio.design_fakes import Desk, make_desk

Make = Callable[[Graph], Desk]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A theme of its own."""
    made = Theme(qapp, "dark")
    yield made
    made.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Make:
    """Make a page that shows a graph, its first question asked."""

    def make(graph: Graph) -> Desk:
        training = Training(optimizer=Component(kind="Adam"), schedule=Component(kind="Constant"))
        project = Project(networks={"model": graph}, task=Component(kind="Guess"), training=training)
        made = make_desk(qapp, theme, project)
        qtbot.addWidget(made.page, before_close_func=lambda _: made.close())
        made.page.resize(1400, 900)
        made.page.show()
        made.page.activateWindow()
        made.page.activated()
        qtbot.waitUntil(made.page.canvas.hasFocus)
        made.analysis.refresh()
        qtbot.waitUntil(lambda: made.service.question is not None)
        return made

    return make
