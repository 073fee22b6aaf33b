"""Dark or light: the actions that choose."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.actions import Action

if TYPE_CHECKING:
    from studio.context import Studio
    from studio.theme import Mode

CHOICES: tuple[tuple[Mode, str], ...] = (
    ("dark", "Dark theme"),
    ("light", "Light theme"),
    ("system", "Theme of the system"),
)


def declare_theme(studio: Studio) -> None:
    """Declare the actions of the theme; what is chosen is remembered."""
    theme = studio.theme

    def choose(mode: Mode) -> None:
        theme.set_mode(mode)
        studio.settings.set("theme", mode)
        studio.actions.refresh()

    def switch() -> None:
        choose("light" if theme.colors.dark else "dark")

    def chosen(mode: Mode) -> bool:
        return theme.mode == mode

    studio.actions.add(
        Action(
            id="view.theme", text="Switch dark and light", handler=switch, group="View", icon="light", section="look"
        )
    )
    for mode, text in CHOICES:
        studio.actions.add(
            Action(
                id=f"view.theme.{mode}",
                text=text,
                handler=partial(choose, mode),
                group="View",
                checked=partial(chosen, mode),
                section="theme",
            )
        )
