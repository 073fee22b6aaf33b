"""Editors for values, made from `engine.spec.Parameter`."""

from studio.widgets.fields.editor import Editor
from studio.widgets.fields.form import Form, editor_for, press_focused
from studio.widgets.fields.words import MIXED, brief, read, stepped, write

__all__ = ["MIXED", "Editor", "Form", "brief", "editor_for", "press_focused", "read", "stepped", "write"]
