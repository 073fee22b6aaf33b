"""Questions about what runs answer to the samples of their data."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from engine.runs import RunFolder, Workspace
from engine.service.part import Answer, Methods, Part
from engine.service.sources import Sources
from engine.spec import SPLITS, Catalogue

if TYPE_CHECKING:
    from engine.data import Source
    from engine.predict import Answers, Predicting

SLICE = 0.25
"""Seconds of work before an answer says how far it is: whoever asked asks again, or no longer."""
KEPT = 6
"""Answers of runs that are kept in memory; all are kept on the disk."""
AT_ONCE = 60
"""Samples shown at a time at most."""


class Predictions(Part):
    """Asks runs about a split and tells what they answered; what was answered once is read from the cache.

    Args:
        workspace: whose runs are asked; answers are kept in its cache.
        catalogue: what layers, datasets and tasks there are.
    """

    def __init__(self, workspace: Workspace, catalogue: Catalogue) -> None:
        super().__init__(workspace, catalogue)
        self._sources = Sources(catalogue, cache=workspace.cache)
        self._known: OrderedDict[Path, Answers] = OrderedDict()
        self._work: tuple[Path, Predicting] | None = None

    @property
    def methods(self) -> Methods:
        return {
            "predictions": (self.predictions, "asking the runs about their samples"),
            "predicted_samples": (self.samples, "looking at the samples"),
        }

    def predictions(self, runs: list[str], split: str = "validation") -> Answer:
        """What one run or two answer to a split, told as `engine.predict.telling.told` does, with `state` "ready".

        As long as there is work to do, `state` is "working", with `run`, and of its samples `done` out of `of`. Whoever
        wants to know more asks again; who does not has cancelled it.
        """
        from engine.predict.telling import told

        for run in runs[:2]:
            if (working := self._advance(run, split)) is not None:
                return working
        sides, notes = self._sides(runs, split)
        return {"state": "ready", "split": split, "splits": self._splits(runs), "notes": list(notes), **told(sides)}

    def samples(  # noqa: PLR0913 - a question's parameters, each with its name
        self,
        runs: list[str],
        split: str,
        *,
        group: str = "all",
        cell: Sequence[int] = (),
        by: str = "error",
        start: int = 0,
        count: int = AT_ONCE,
    ) -> Answer:
        """Some samples of a group (see `engine.predict.telling.listed`), and how many it has in all.

        Raise `PredictionError` where the runs were not asked yet.
        """
        from engine.predict.telling import listed, sample

        sides, _ = self._sides(runs, split)
        places = listed(sides, group=group, cell=cell, by=by)
        source = self._source(self._folder(runs[0]))
        some = places[start : start + min(count, AT_ONCE)]
        return {"total": len(places), "start": start, "samples": [sample(source, sides, int(one)) for one in some]}

    def _sides(self, runs: list[str], split: str) -> tuple[tuple[Answers, ...], tuple[str, ...]]:
        """The answers of one run, or of two to the samples that they share, and what is to be said of that."""
        from engine.predict import PredictionError, paired

        found = [self._answers(self._file(self._folder(run), split)) for run in runs[:2]]
        known = [one for one in found if one is not None]
        if len(known) < len(found) or not known:
            raise PredictionError("The runs were not asked yet.")
        if len(known) == 1:
            return (known[0],), ()
        first, second = (self._source(self._folder(run)).names for run in runs[:2])
        pair = paired(known[0], known[1], names=(first, second))
        return pair.sides, pair.notes

    def _advance(self, run: str, split: str) -> Answer | None:
        """Go on asking a run; None when all is known."""
        folder = self._folder(run)
        path = self._file(folder, split)
        if self._answers(path) is not None:
            return None
        work = self._working(path, folder, split)
        if work.advance(SLICE):
            self._keep(path, work.answers())
            self._work = None
            return None
        return {"state": "working", "run": run, "done": work.done, "of": len(work)}

    def _working(self, path: Path, folder: RunFolder, split: str) -> Predicting:
        from engine.predict import Predicting, open_trained

        if self._work is None or self._work[0] != path:
            trained = open_trained(folder, split, self._source(folder), self.catalogue)
            self._work = path, Predicting(trained, split)
        return self._work[1]

    def _answers(self, path: Path) -> Answers | None:
        from engine.predict.answers import read_answers

        if path not in self._known:
            found = read_answers(path)
            if found is None:
                return None
            self._remember(path, found)
        self._known.move_to_end(path)
        return self._known[path]

    def _keep(self, path: Path, answers: Answers) -> None:
        from engine.predict.answers import write_answers

        self._remember(path, answers)
        for old in path.parent.glob(f"{answers.split}-*"):
            old.unlink(missing_ok=True)  # of other weights, or of data that is no longer there
        with suppress(OSError):  # a full disk only means that they are asked again another time
            write_answers(path, answers)

    def _remember(self, path: Path, answers: Answers) -> None:
        self._known[path] = answers
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

    def _file(self, folder: RunFolder, split: str) -> Path:
        """Where a run's answers are kept, by its weights and its data."""
        from engine.predict.trained import stamp, weights_of

        words = f"{stamp(weights_of(folder))} {self._source(folder).fingerprint}"
        key = hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
        return self.workspace.predictions / folder.id / f"{split}-{key}.safetensors"

    def _source(self, folder: RunFolder) -> Source:
        return self._sources.source(folder.project(), Path(str(folder.request().get("folder") or folder.path)))

    def _folder(self, run: str) -> RunFolder:
        return RunFolder(self.workspace.runs / Path(run).name)

    def _splits(self, runs: list[str]) -> list[str]:
        """The splits that all of the runs have, but for the one they learned from."""
        from engine.data import divide

        folders = [self._folder(run) for run in runs]
        found = [divide(self._source(one), one.project().split) for one in folders]
        return [name for name in SPLITS[1:] if all(name in one for one in found)]
