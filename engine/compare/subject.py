"""What is compared: a run with everything that is known of it, or a project that is not trained yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.events import Started
from engine.runs import RunFolder, Summary
from engine.runs.repeated import kept
from engine.spec import Project, ProjectError

HEAD = 1 << 16
"""Bytes of a journal within which its run was started: what comes before are a few short lines."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One side of a comparison; what is not known of it is left empty."""

    id: str
    name: str
    project: Project | None = None
    trouble: str = ""
    """Why its project cannot be read, as a sentence."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What was set, by path, where there is no project, as for runs of other tools."""
    summary: Summary | None = None
    started: Started | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the run wrote of its data: `columns`, `sizes`, `fingerprint`."""
    repetition: str = ""
    """Of a run that repeats another: whether its numbers are equal, in words; empty where nobody looked yet."""

    @property
    def title(self) -> str:
        """The name, and the end of the id that tells runs of one name apart."""
        return f"{self.name} · {self.id[-4:]}" if self.id else self.name


def read_subject(run: RunFolder, summary: Summary | None = None) -> Subject:
    """What a run folder says; the summary is read from the whole journal where it is not known already."""
    project, trouble = None, ""
    try:
        project = run.project()
    except ProjectError as error:
        trouble = str(error)
    summary = run.summary() if summary is None else summary
    head = run.tail().read(limit=HEAD)
    return Subject(
        id=run.id,
        name=run.notes().name or summary.name or run.id,
        project=project,
        trouble=trouble,
        summary=summary,
        started=next((one for one in head if isinstance(one, Started)), None),
        data=run.read_json("statistics.json"),
        repetition=kept(run),
    )


def subject_of(project: Project, name: str) -> Subject:
    """A project that is open, under the name that it has there."""
    return Subject(id="", name=name, project=project)
