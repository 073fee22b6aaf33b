"""`python -m engine.search --workspace W --study ID --device D --place P`: a worker of a study."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.runs import StudyFolder, TakenError, Workspace

log = logging.getLogger("search")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train trials of a study; return 0 when nothing is left, 2 when it cannot go on, 3 when the place is taken."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    workspace = Workspace(given.workspace).prepare()
    folder = StudyFolder(workspace.studies / given.study)
    if given.workers:
        return _supervise(workspace, folder, given)
    from engine.search.worker import SpoiledError, Worker  # PyTorch is loaded when the order is understood

    worker = Worker(workspace, folder, given.device, place=given.place, tracking=not given.no_tracking)
    worker.alone = True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.end())
    try:
        log.info("%s", worker.work() or "told to end")
    except TakenError as error:
        log.info("another worker has this place: %s", error)
        return 3
    except SpoiledError:
        log.warning("the accelerator has to be started again")
        os.execv(sys.executable, [sys.executable, "-m", "engine.search", *(arguments or sys.argv[1:])])
    except ValueError as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence is for the user
        return 2
    return 0


def _supervise(workspace: Workspace, folder: StudyFolder, given: argparse.Namespace) -> int:
    """Look after so many workers until they are done."""
    from engine.search.supervisor import Crew, supervise

    crew = Crew(
        workspace=workspace,
        folder=folder,
        device=given.device,
        workers=given.workers,
        tracking=not given.no_tracking,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: crew.ended.set())
    return 0 if supervise(crew) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m engine.search", description="Train trials of a study.")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--study", required=True, help="the name of its folder in the workspace")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--place", default="cpu-1", help="the worker's name among those of the study")
    parser.add_argument("--workers", type=int, default=0, help="look after so many workers in place of being one")
    parser.add_argument("--no-tracking", action="store_true", help="do not tell MLflow")
    return parser


if __name__ == "__main__":
    sys.exit(main())
