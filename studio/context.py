"""What every page is handed: the open document and the doors to everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.wanted import Wanted

if TYPE_CHECKING:
    from engine.runs import Workspace
    from engine.spec import Catalogue
    from studio.actions import Actions
    from studio.analysis import Analysis
    from studio.document import Document
    from studio.launcher import Launcher
    from studio.live import Live
    from studio.messages import Messages
    from studio.searcher import Searcher
    from studio.service import Service
    from studio.settings import Settings
    from studio.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Studio:
    """The parts of one open window, made in `studio.app` and handed down; there are no globals.

    Args:
        document: the project that is open; `document.edit(text, project)` is the only way to change it.
        catalogue: what layers, datasets, tasks, optimizers and schedules there are.
        analysis: shapes, costs and problems of the document as it is now, kept up to date by the service.
        service: answers questions in another process.
        live: runs as they happen, read from their folders.
        launcher: queues runs, starts workers, hands them orders.
        searcher: starts studies and their workers.
        workspace: the folder of runs.
        settings: what is remembered between sessions.
        theme: colors, and the signal that they changed.
        actions: everything that can be done.
        messages: sentences for the person, shown as banners.
        wanted: runs that another page wants the Runs page to select.
    """

    document: Document
    catalogue: Catalogue
    analysis: Analysis
    service: Service
    live: Live
    launcher: Launcher
    searcher: Searcher
    workspace: Workspace
    settings: Settings
    theme: Theme
    actions: Actions
    messages: Messages
    wanted: Wanted = field(default_factory=Wanted)
