"""The service's threads: one reads questions, one answers what is quick, and one for each lane of what takes longer."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from engine.runs import Workspace
from engine.service.mailbox import Mailbox, Question, Superseded

if TYPE_CHECKING:
    from engine.service.questions import Questions


QUICK = "quick"
LANES: Mapping[str, str] = {
    "training": "fit",
    "predictions": "predict",
    "predicted_samples": "predict",
    "foreign_runs": "mlflow",
    "histories": "mlflow",
    "registered": "mlflow",
    "register": "mlflow orders",
    "forget_runs": "mlflow orders",
    "mlflow_page": "mlflow pages",
    "told_elsewhere": "files",
    "retell": "files",
    "origin": "origin",
    "disk_usage": "files",
    "trash": "files",
    "purge": "files",
    "write_table": "files",
    "equality": "journals",
    "studies": "studies",
    "study": "study",
    "study_order": "study orders",
    "importance": "importance",
}
"""Methods whose answers take long, by the lane in which they are answered one after the other; all others are quick.

What computes gives way to quick questions, and what waits for a server keeps no one waiting outside its lane.
"""


class Server:
    """Answers questions from one stream on another; the newest of a method takes the place of those that wait.

    Args:
        make: makes what can be asked, in the thread that answers: torch loads while questions already come in.
        answers: where answers go, one JSON object a line.
    """

    def __init__(self, make: Callable[[], Questions], answers: IO[str]) -> None:
        self._make = make
        self._answers = answers
        self._speaking = threading.Lock()
        self._lanes = {name: Mailbox() for name in (QUICK, *sorted(set(LANES.values())))}

    def serve(self, lines: IO[str]) -> None:
        """Answer until the questions end, which they do when whoever asks them does."""
        threading.Thread(target=self._work, name="answers", daemon=True).start()
        self._say({"ready": True})
        for line in lines:
            question = _read(line)
            older = self._put(question) if question is not None else None
            if older is not None:
                self._say({"id": older.id, "dropped": True})
        for lane in self._lanes.values():
            lane.close()

    def _lane(self, method: str) -> Mailbox:
        return self._lanes[LANES.get(method, QUICK)]

    def _put(self, question: Question) -> Question | None:
        return self._lane(question.method).put(question)

    def _work(self) -> None:
        try:
            questions = self._make()
        except BaseException:  # noqa: BLE001 - a half-installed library may raise anything
            traceback.print_exc()
            os._exit(1)  # whoever asks sees that we are gone, and why on standard error
        questions.give_way = self._give_way
        for name, lane in self._lanes.items():
            if name != QUICK:
                threading.Thread(
                    target=self._answer, args=(questions, lane), name=f"{name} answers", daemon=True
                ).start()
        self._answer(questions, self._lanes[QUICK])

    def _answer(self, questions: Questions, mailbox: Mailbox) -> None:
        while (question := mailbox.take()) is not None:
            self._say(answer(questions, question))

    def _give_way(self, method: str) -> None:
        """Called within a slow answer: wait while something quick is answered; raise `Superseded` for a newer one."""
        self._lanes[QUICK].wait_for_quiet()
        if self._lane(method).holds(method):
            raise Superseded

    def _say(self, message: dict[str, Any]) -> None:
        line = json.dumps(message, default=str) + "\n"
        with self._speaking:
            try:
                self._answers.write(line)
                self._answers.flush()
            except (OSError, ValueError):  # nobody listens any more; the questions end in a moment
                os._exit(0)


def answer(questions: Questions, question: Question) -> dict[str, Any]:
    """The answer to one question; every failure is a sentence."""
    method, doing = questions.methods.get(question.method, (None, ""))
    if method is None:
        return {"id": question.id, "error": f"This version of the engine cannot answer '{question.method}'."}
    try:
        return {"id": question.id, "result": method(**question.params)}
    except Superseded:
        return {"id": question.id, "dropped": True}
    except ValueError as error:
        return {"id": question.id, "error": str(error)}
    except Exception:  # noqa: BLE001 - whatever goes wrong, the next question is answered
        traceback.print_exc()
        return {"id": question.id, "error": f"Something went wrong inside Netloom while {doing}."}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve standard input and output."""
    parser = argparse.ArgumentParser(prog="python -m engine.service", description="Answers for the window.")
    parser.add_argument("--workspace", type=Path, help="whose cache to use for decoded data")
    workspace = parser.parse_args(arguments).workspace
    answers = _own_output()
    with open(0, encoding="utf-8", closefd=False) as lines:
        Server(lambda: _questions(workspace), answers).serve(lines)
    os._exit(0)  # an answer that is still being made is no longer wanted


def _questions(workspace: Path | None) -> Questions:
    from engine.service.questions import Questions

    return Questions(Workspace(workspace) if workspace else None)


def _own_output() -> IO[str]:
    """Standard output for answers alone: whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return answers


def _read(line: str) -> Question | None:
    try:
        data = json.loads(line)
        return Question(id=int(data["id"]), method=str(data["method"]), params=dict(data.get("params") or {}))
    except (ValueError, TypeError, KeyError):
        print(f"not a question: {line[:200]!r}", file=sys.stderr)  # noqa: T201
        return None
