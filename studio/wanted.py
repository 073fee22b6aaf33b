"""What one page wants another one to show."""

from __future__ import annotations


class Wanted:
    """Runs for the Runs page to select, and the node for the Design page to show; they wait until it is there."""

    def __init__(self) -> None:
        self._runs: tuple[str, ...] = ()
        self._place = ("", "")

    def ask(self, *runs: str) -> None:
        """Have these selected, and no others."""
        self._runs = runs

    def take(self) -> tuple[str, ...]:
        """What was asked for since the last time; none if nothing was."""
        runs, self._runs = self._runs, ()
        return runs

    def ask_place(self, network: str, node: str) -> None:
        """Have this node shown; no node for the project's own settings."""
        self._place = (network, node)

    def take_place(self) -> tuple[str, str]:
        """The network and node that were asked for since the last time; two empty words if nothing was."""
        place, self._place = self._place, ("", "")
        return place
