"""What a run left out since it was one of many, made when somebody wants it: its source, and its model as a program."""

from __future__ import annotations

from engine.events import Log, Message
from engine.runs import RunFolder
from engine.spec import Catalogue
from engine.train.attempt import RunError
from engine.train.checkpoint import BEST, load_weights, restore
from engine.train.export import PROGRAM, export_model
from engine.train.making import Setting, make_job
from engine.train.reporter import Reporter
from engine.train.threads import restored


def complete(folder: RunFolder, catalogue: Catalogue | None = None) -> None:
    """Write `model.py` and `model/` of a run that has finished, unless they are there; on the processor.

    Raise `RunError` where that is not possible, and whatever hinders its data from being opened.
    """
    if (folder.model / PROGRAM).exists():
        return
    if folder.summary().state != "finished":
        raise RunError("Only a run that has finished leaves a model behind.")
    heard = Heard(folder)
    with folder.owner, restored():
        setting = Setting(folder=folder, place="cpu", reporter=heard, catalogue=catalogue or Catalogue.load())
        job = make_job(setting, folder.project())
        best = folder.checkpoints / BEST
        load_weights(job, best) if best.exists() else restore(job)
        export_model(job)
    if not (folder.model / PROGRAM).exists():
        raise RunError(heard.last)


class Heard(Reporter):
    """Remembers what is said of a run whose journal is closed."""

    last = ""

    def say(self, *events: Message) -> None:
        self.last = next((one.text for one in reversed(events) if isinstance(one, Log)), self.last)
