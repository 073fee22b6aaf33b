"""What the mouse does on the canvas, in words: what the tools do, for whoever wants to look it up."""

from __future__ import annotations

from studio.actions import Gesture

HANDBOOK = (
    Gesture(hand="Drag from a port", text="Draw a wire; ports that fit glow"),
    Gesture(hand="Drag off an input", text="Take a wire off, to put it elsewhere"),
    Gesture(hand="Drop a wire", text="Add a layer that takes it, in the empty"),
    Gesture(hand="Drop a layer on a wire", text="Insert it"),
    Gesture(hand="Double-click, Space", text="Search and add, in the empty"),
    Gesture(hand="Double-click", text="Go into a block, or to a layer's settings"),
    Gesture(hand="Drag a wire", text="Lead it through a point"),
    Gesture(hand="Double-click a wire", text="Add a point to it, or take one off"),
    Gesture(hand="Ctrl+Shift+drag", text="Cut the wires that are crossed; or Ctrl and the right button"),
    Gesture(hand="Alt+drag, shake", text="Take layers out of their wires, and join what they stood between"),
    Gesture(hand="Ctrl+drag", text="Copy layers"),
    Gesture(hand="Alt while dragging", text="Let neighbors be, and keep to the grid"),
    Gesture(hand="Drag in the empty", text="Choose several; Shift adds, Ctrl turns round"),
    Gesture(hand="Shift+click", text="Choose one more; with Ctrl one more or one less"),
    Gesture(hand="Double-click a frame", text="Change its title, words and color"),
    Gesture(hand="Drag a frame's title", text="Move it with all that stands in it"),
    Gesture(hand="Middle button, Space+drag", text="Move the paper"),
    Gesture(hand="Wheel", text="Zoom at the pointer"),
    Gesture(hand="Two fingers, Shift+wheel", text="Move the paper"),
    Gesture(hand="Right click", text="What can be done here"),
    Gesture(hand="Drag a number", text="Change it; with Shift ten times as fast"),
)
