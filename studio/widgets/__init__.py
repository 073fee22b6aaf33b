"""Small reusable pieces of the window; they know nothing of projects and runs."""

from studio.widgets.banner import Banner, Banners
from studio.widgets.buttons import Button, SearchField, ToolButton
from studio.widgets.fields import Editor, Form, editor_for
from studio.widgets.labels import Badge, Elided, KeyValues, Label, SectionHeader
from studio.widgets.picture import Picture
from studio.widgets.progress import Progress
from studio.widgets.states import run_tone
from studio.widgets.style import column, row, tag
from studio.widgets.surfaces import Card, EmptyState, Line, Memory, Scroll, Split, Surface

__all__ = [
    "Badge",
    "Banner",
    "Banners",
    "Button",
    "Card",
    "Editor",
    "Elided",
    "EmptyState",
    "Form",
    "KeyValues",
    "Label",
    "Line",
    "Memory",
    "Picture",
    "Progress",
    "Scroll",
    "SearchField",
    "SectionHeader",
    "Split",
    "Surface",
    "ToolButton",
    "column",
    "editor_for",
    "row",
    "run_tone",
    "tag",
]
