"""Where a point of a curve came from: the checkpoints around its step, and the very samples that it learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.events import Checkpointed, Started
from engine.runs import RunFolder, Workspace
from engine.runs.again import start_of
from engine.service.part import Answer, Methods, Part
from engine.service.sources import Sources
from engine.spec import Catalogue, DataError

if TYPE_CHECKING:
    from engine.data import Source
AT_ONCE = 128
"""Samples of a batch that are shown at most; all are counted."""


class OriginError(ValueError):
    """A question that has no answer, in the user's words."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a run's journal says of one step.

    Args:
        samples: how many the training split had.
        before: the last checkpoint at or before the step that still lies on the disk.
        after: the first one behind it.
    """

    samples: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Origins(Part):
    """Takes a step of a run back to its batch, by the plan that the training itself followed.

    Args:
        workspace: whose runs are asked about; decoded data comes from its cache.
        catalogue: what datasets there are.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        super().__init__(workspace, catalogue)
        self._sources = Sources(catalogue, cache=workspace.cache)

    @property
    def methods(self) -> Methods:
        return {"origin": (self.origin, "looking where a point came from")}

    def origin(self, run: str, step: int) -> Answer:
        """What a run did at a step, from 1.

        `before` and `after` are checkpoints that still lie on the disk (`step`, `epoch`, `path`, `best`) or None.
        `batch` holds the samples as `engine.data.shown` shows them, at most `AT_ONCE` of `size`. Where the batch cannot
        be told, it is empty and `trouble` says why; where the data changed, but not in number, `trouble` says that.
        """
        folder = RunFolder(self.workspace.runs / run)
        told = journal(folder, step)
        answer: dict[str, Any] = {"before": told.before, "after": told.after, "batch": [], "size": 0, "trouble": ""}
        try:
            return answer | self._batch(folder, told, step)
        except (OriginError, DataError) as error:
            return answer | {"trouble": str(error)}

    def _batch(self, folder: RunFolder, told: Told, step: int) -> dict[str, Any]:
        from engine.data import divide, shown
        from engine.train.making import plan_of

        project = folder.project()
        if project.dataset is None:
            raise OriginError("The run's project names no dataset.")
        source = self._sources.source(project, start_of(folder))
        rows = divide(source, project.split)["train"]
        changed = _changed(folder, source)
        if told.samples and told.samples != len(rows):
            raise OriginError(_other_number(told.samples, len(rows)))
        epoch, places = plan_of(project.training, len(rows), 1).learned_from(step)
        batch = [int(rows[place]) for place in places.tolist()]
        return {
            "epoch": epoch + 1,
            "size": len(batch),
            "batch": [shown(source, row) for row in batch[:AT_ONCE]],
            "trouble": CHANGED if changed else "",
        }


CHANGED = (
    "The data changed since this run was trained: these are the samples that stand in the same places now, and the run "
    "may have seen others."
)


def journal(folder: RunFolder, step: int) -> Told:
    """What the journal says of a step."""
    samples, written = 0, dict[str, Checkpointed]()
    for message in folder.tail().read():
        match message:
            case Started():
                samples = message.samples.get("train", 0)
                written = {path: one for path, one in written.items() if one.step <= message.step}
            case Checkpointed():
                written[message.path] = message  # a file of that name holds the newest alone
    kept = sorted((one for one in written.values() if (folder.path / one.path).exists()), key=lambda one: one.step)
    before = [one for one in kept if one.step <= step]
    after = [one for one in kept if one.step > step]
    return Told(
        samples=samples,
        before=_checkpoint(before[-1]) if before else None,
        after=_checkpoint(after[0]) if after else None,
    )


def _checkpoint(event: Checkpointed) -> dict[str, Any]:
    return {"step": event.step, "epoch": event.epoch, "path": event.path, "best": event.best}


def _changed(folder: RunFolder, source: Source) -> bool:
    """Whether the data is another than the run was trained on."""
    known = folder.read_json("statistics.json").get("fingerprint")
    return isinstance(known, str) and bool(known) and known != source.fingerprint


def _other_number(then: int, now: int) -> str:
    return (
        f"The data changed since: the run was trained on {then:,} samples and there are {now:,} now, so which of them "
        "were in this batch can no longer be told."
    )
