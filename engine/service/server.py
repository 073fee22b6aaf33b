"""The service's two threads: one reads questions, the other answers them."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from engine.runs import Workspace
from engine.service.mailbox import Mailbox, Question
from engine.service.questions import Questions


class Server:
    """Answers questions from one stream on another; the newest of a method takes the place of those that wait.

    Args:
        questions: what can be asked.
        answers: where answers go, one JSON object a line.
    """

    def __init__(self, questions: Questions, answers: IO[str]) -> None:
        self._questions = questions
        self._answers = answers
        self._speaking = threading.Lock()
        self._mailbox = Mailbox()

    def serve(self, lines: IO[str]) -> None:
        """Answer until the questions end, which they do when whoever asks them does."""
        threading.Thread(target=self._work, name="answers", daemon=True).start()
        self._say({"ready": True})
        for line in lines:
            question = _read(line)
            older = self._mailbox.put(question) if question is not None else None
            if older is not None:
                self._say({"id": older.id, "dropped": True})

    def answer(self, question: Question) -> dict[str, Any]:
        """The answer to one question; every failure is a sentence."""
        method, doing = self._questions.methods.get(question.method, (None, ""))
        if method is None:
            return {"id": question.id, "error": f"This version of the engine cannot answer '{question.method}'."}
        try:
            return {"id": question.id, "result": method(**question.params)}
        except ValueError as error:
            return {"id": question.id, "error": str(error)}
        except Exception:  # noqa: BLE001 - whatever goes wrong, the next question is answered
            traceback.print_exc()
            return {"id": question.id, "error": f"Something went wrong inside Netloom while {doing}."}

    def _work(self) -> None:
        while True:
            self._say(self.answer(self._mailbox.take()))

    def _say(self, message: dict[str, Any]) -> None:
        line = json.dumps(message, default=str) + "\n"
        with self._speaking:
            try:
                self._answers.write(line)
                self._answers.flush()
            except (OSError, ValueError):  # nobody listens any more; the questions end in a moment
                os._exit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve standard input and output."""
    parser = argparse.ArgumentParser(prog="python -m engine.service", description="Answers for the window.")
    parser.add_argument("--workspace", type=Path, help="whose cache to use for decoded data")
    workspace = parser.parse_args(arguments).workspace
    answers = _own_output()
    questions = Questions(cache=Workspace(workspace).cache if workspace else None)
    with open(0, encoding="utf-8", closefd=False) as lines:
        Server(questions, answers).serve(lines)
    os._exit(0)  # an answer that is still being made is no longer wanted


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
