"""The gallery is searched, walked through by keys, and left without a trace."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.spec import Catalogue
from studio.gallery import Gallery, Template, templates
from studio.gallery.card import lines
from studio.theme import Theme, font
from studio.widgets import Button

LAYERS = Catalogue.load().layers
Key = Qt.Key


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication) -> Iterator[Gallery]:
    Theme(qapp, "dark")
    window = QWidget()
    window.field = QLineEdit(window)  # type: ignore[attr-defined]
    window.resize(1200, 800)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.field.setFocus()  # type: ignore[attr-defined]
    made = Gallery(templates(), LAYERS, window)
    made.open()
    qtbot.waitUntil(lambda: made.cards[0].width() > 200)
    yield made
    window.close()


def titles(gallery: Gallery) -> list[str]:
    return [card.template.title for card in gallery.shown()]


def focused(gallery: Gallery) -> str:
    return next((card.template.title for card in gallery.cards if card.hasFocus()), "")


def test_that_it_opens_with_everything_over_the_whole_window_and_ready_to_type(gallery: Gallery) -> None:
    assert len(gallery.shown()) == len(templates())
    assert gallery.geometry() == gallery.parentWidget().rect()
    assert gallery.search.hasFocus()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lenet", "LeNet-5"),
        ("LSTM text", "Text classifier"),
        ("depthwise", ""),
        ("groupnorm", ""),
        ("wine deep", "Wide and deep"),
    ],
)
def test_that_titles_sentences_layers_and_data_are_searched(gallery: Gallery, typed: str, found: str) -> None:
    gallery.search.setText(typed)
    assert (found in titles(gallery)) if found else titles(gallery) == []
    assert gallery.none.isVisibleTo(gallery) is (not found)


def test_that_a_category_shows_its_own_and_search_narrows_it(gallery: Gallery) -> None:
    gallery.choose_category("Tables")
    assert {card.template.category for card in gallery.shown()} == {"Tables"}
    gallery.search.setText("image")
    assert titles(gallery) == ["Image and table"]


def test_that_arrows_walk_through_the_cards_and_return_chooses(qtbot: QtBot, gallery: Gallery) -> None:
    order = titles(gallery)
    qtbot.keyClick(gallery.search, Key.Key_Down)
    assert focused(gallery) == order[0]
    qtbot.keyClick(gallery.cards[0], Key.Key_Right)
    assert focused(gallery) == order[1]
    qtbot.keyClick(gallery.cards[1], Key.Key_Down)
    below = next(card for card in gallery.cards if card.hasFocus())
    assert below.x() == gallery.cards[1].x()
    assert below.y() > gallery.cards[1].y()
    qtbot.keyClick(below, Key.Key_Up)
    assert focused(gallery) == order[1]
    with qtbot.waitSignal(gallery.chosen) as chosen:
        qtbot.keyClick(gallery.cards[1], Key.Key_Return)
    assert chosen.args == [gallery.cards[1].template]
    assert gallery.isHidden()


def test_that_letters_typed_on_a_card_are_searched_for(qtbot: QtBot, gallery: Gallery) -> None:
    qtbot.keyClick(gallery.search, Key.Key_Down)
    qtbot.keyClick(gallery.cards[0], "u")
    assert gallery.search.text() == "u"
    assert gallery.search.hasFocus()


def test_that_return_takes_the_first_match_only_where_something_was_typed(qtbot: QtBot, gallery: Gallery) -> None:
    taken: list[Template] = []
    gallery.chosen.connect(taken.append)
    qtbot.keyClick(gallery.search, Key.Key_Return)
    assert taken == []
    gallery.search.setText("u-net")
    qtbot.keyClick(gallery.search, Key.Key_Return)
    assert [one.title for one in taken] == ["U-Net"]


def test_that_escape_empties_the_search_then_closes_and_gives_the_focus_back(qtbot: QtBot, gallery: Gallery) -> None:
    gallery.search.setText("gru")
    qtbot.keyClick(gallery.search, Key.Key_Escape)
    assert gallery.search.text() == ""
    assert gallery.isVisible()
    qtbot.keyClick(gallery.search, Key.Key_Escape)
    assert gallery.isHidden()
    assert gallery.parentWidget().field.hasFocus()


def test_that_a_click_beside_the_panel_closes_and_one_on_a_card_chooses(qtbot: QtBot, gallery: Gallery) -> None:
    with qtbot.waitSignal(gallery.chosen):
        qtbot.mouseClick(gallery.cards[2], Qt.MouseButton.LeftButton)
    gallery.open()
    qtbot.mouseClick(gallery, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert gallery.isHidden()


def test_that_a_small_window_has_fewer_columns_and_nothing_is_cut(qtbot: QtBot, gallery: Gallery) -> None:
    window = gallery.window()
    window.resize(760, 480)
    qtbot.waitUntil(lambda: gallery.panel.width() < 760)
    qtbot.waitUntil(lambda: len({card.x() for card in gallery.cards}) == 2)
    assert gallery.panel.rect().contains(gallery.search.mapTo(gallery.panel, gallery.search.rect().bottomRight()))


def test_that_another_way_to_begin_closes_the_gallery(qtbot: QtBot, gallery: Gallery) -> None:
    door = Button("Open…")
    gallery.offer(door)
    qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    assert gallery.isHidden()


def test_that_a_long_sentence_is_cut_at_the_last_line_and_a_short_one_is_whole(qapp: QApplication) -> None:
    text = "Blocks that only learn what to add to their input, so that dozens of them can be trained."
    whole, cut = (lines(text, font(12), 150, most=most) for most in (9, 2))
    assert " ".join(whole) == text
    assert len(cut) == 2
    assert cut[-1].endswith("…")
