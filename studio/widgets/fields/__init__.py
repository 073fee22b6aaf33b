"""Editors for values, made from `engine.spec.Parameter`."""

from studio.widgets.fields.editor import Editor
from studio.widgets.fields.form import Form, editor_for
from studio.widgets.fields.words import MIXED, read, stepped, write

__all__ = ["MIXED", "Editor", "Form", "editor_for", "read", "stepped", "write"]
