"""Frames: made, named, moved with what stands in them, sized, and taken away."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.spec import Frame, Graph
from studio.canvas.hands.tools.frame import LEAST, resized
from tests.studio.canvas.conftest import Desk
from tests.studio.canvas.layers import chain

Make = Callable[[Graph], Desk]
LEFT = Qt.MouseButton.LeftButton
FRAME = Frame(id="frame_1", title="Stem", position=(-24.0, -64.0), size=(256.0, 152.0))


def framed() -> Graph:
    return chain("Input", "ReLU").frame(FRAME)


def title(it: Desk) -> QPoint:
    box = it.canvas.network.frames["frame_1"].box
    return it.at(box.topLeft() + QPointF(60, 18))


def test_that_c_frames_the_selection_and_the_words_are_typed_there(desk: Make) -> None:
    it = desk(chain("Input", "ReLU"))
    it.canvas.selection.set(["a"])
    it.key(Qt.Key.Key_C)
    editor = it.canvas.findChild(type(it.commands.framing.editor))
    assert editor.isVisible()
    QTest.keyClicks(editor.title, "Stem")
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    (frame,) = it.graph.frames
    assert frame.title == "Stem"
    assert QRectF(*frame.position, *frame.size).contains(it.canvas.network.nodes["a"].rect)
    assert it.canvas.hasFocus()
    it.undo()
    it.undo()
    assert it.graph == chain("Input", "ReLU")


def test_that_a_comment_is_a_frame_around_nothing(desk: Make) -> None:
    it = desk(chain("Input"))
    it.key(Qt.Key.Key_C)
    assert [frame.title for frame in it.graph.frames] == ["Comment"]


def test_that_escape_leaves_the_words_as_they_were(desk: Make) -> None:
    it = desk(framed())
    QTest.mouseDClick(it.canvas.viewport(), LEFT, pos=title(it))
    editor = it.commands.framing.editor
    editor.swatches["Convolution"].click()
    QTest.keyClicks(editor.title, "Other")
    QTest.keyClick(editor.title, Qt.Key.Key_Escape)
    assert it.graph.frames == (FRAME,)
    assert it.canvas.network.frames["frame_1"].frame == FRAME


def test_that_color_and_words_are_one_step(desk: Make) -> None:
    it = desk(framed())
    it.commands.framing.editor.open("frame_1")
    editor = it.commands.framing.editor
    editor.swatches["Convolution"].click()
    editor.words.setPlainText("Why it is so.")
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    assert it.graph.frames[0] == FRAME.having(color="Convolution", text="Why it is so.")
    it.undo()
    assert it.graph == framed()


def test_that_a_frame_takes_along_what_stands_in_it_and_nothing_else(desk: Make) -> None:
    it = desk(framed())
    it.drag(title(it), title(it) + QPoint(20, 0), title(it) + QPoint(80, 16))
    assert [node.position for node in it.graph.nodes] == [(80.0, 16.0), (0.0, 120.0)]
    assert it.graph.frames[0].position == (56.0, -48.0)
    it.undo()
    assert it.graph == framed()


def test_that_a_frame_is_sized_by_its_corner(desk: Make) -> None:
    it = desk(framed())
    corner = it.at(it.canvas.network.frames["frame_1"].box.bottomRight() - QPointF(4, 4))
    it.drag(corner, corner + QPoint(20, 0), corner + QPoint(80, 33))
    assert it.graph.frames[0].size == (336.0, 184.0)
    assert it.graph.nodes == chain("Input", "ReLU").nodes


def test_that_a_frame_never_turns_inside_out() -> None:
    small = resized(FRAME, frozenset({"left", "top"}), QPointF(4000, 4000))
    assert small.size == (LEAST, LEAST)
    assert small.position[0] + LEAST == FRAME.position[0] + FRAME.size[0]


def test_that_escape_puts_a_carried_frame_back(desk: Make) -> None:
    it = desk(framed())
    it.drag(title(it), title(it) + QPoint(20, 0), title(it) + QPoint(80, 16), drop=False)
    it.key(Qt.Key.Key_Escape)
    assert it.canvas.network.frames["frame_1"].frame == FRAME
    assert it.canvas.network.nodes["a"].pos() == QPointF(0, 0)
    assert it.document.history.count == 0


def test_that_deleting_a_frame_leaves_its_nodes(desk: Make) -> None:
    it = desk(framed())
    it.click(title(it))
    it.key(Qt.Key.Key_Delete)
    assert it.graph == chain("Input", "ReLU")


def test_that_a_frame_is_chosen_moved_and_edited_by_keys(desk: Make) -> None:
    it = desk(framed())
    it.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert it.canvas.selection.frames == ("frame_1",)
    it.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (it.graph.frames[0].position, it.graph["a"].position) == ((-16.0, -64.0), (8.0, 0.0))
    it.key(Qt.Key.Key_F2)
    assert it.commands.framing.editor.isVisible()
