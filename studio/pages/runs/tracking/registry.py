"""Models in MLflow's registry: which run is which version of what, and putting one there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.pages.runs.tracking.card import FieldsCard

if TYPE_CHECKING:
    from studio.context import Studio


class Registry(QObject):
    """Asks for what is registered, and registers.

    Args:
        studio: the window's parts.
        place: what the card lies on.
    """

    answered = Signal(dict)
    """Under which name and version the models of runs are registered, by the runs' ids."""

    def __init__(self, studio: Studio, place: QWidget) -> None:
        super().__init__(place)
        self._studio, self._place = studio, place
        self._card: FieldsCard | None = None
        self._run = ""

    @property
    def card(self) -> FieldsCard:
        """The card that asks for name and alias."""
        if self._card is None:
            self._card = FieldsCard("Register model", "Register", self._place)
            self._card.add_field("name", "Name", placeholder="such as digits")
            self._card.add_field("alias", "Alias", placeholder="such as champion; may stay empty")
            self._card.finish()
            self._card.wanted.connect(self._register)
        return self._card

    def refresh(self) -> None:
        """Ask what is registered; a failure is told by whoever asks for other tools' runs."""
        self._studio.service.ask("registered", {}, then=self._take, failed=lambda _: None)

    def ask(self, run: str) -> None:
        """Ask under which name a run's model shall be registered."""
        self._run = run
        summary = self._studio.live.summary(run)
        name = self._studio.live.notes(run).name or summary.name or run
        self.card.fields["name"].setText(_plain(summary.name or run))
        self.card.bring(
            f"The model of “{name}” goes into MLflow's registry as a new version. Whoever asks for the alias gets it."
        )

    def _register(self) -> None:
        fields = self.card.fields
        self.card.button.setEnabled(False)
        question = {"run": self._run, "name": fields["name"].text(), "alias": fields["alias"].text()}
        self._studio.service.ask("register", question, then=partial(self._done, self._run), failed=self.card.say)

    def _done(self, run: str, answer: dict[str, Any]) -> None:
        self.card.put_away()
        alias = f" and is its {answer['alias']}" if answer["alias"] else ""
        text = f"The model is version {answer['version']} of “{answer['name']}”{alias}."
        self._studio.messages.post(text, tone="success", key="registry")
        self.refresh()

    def _take(self, versions: list[dict[str, Any]]) -> None:
        found: dict[str, list[str]] = {}
        for one in sorted(versions, key=lambda one: (str(one["name"]), int(one["version"]))):
            marks = "".join(f" @{alias}" for alias in one["aliases"])
            found.setdefault(str(one["run"]), []).append(f"{one['name']} v{one['version']}{marks}")
        self.answered.emit({run: ", ".join(names) for run, names in found.items()})


def _plain(name: str) -> str:
    return name.replace("/", "-").replace(":", "-")
