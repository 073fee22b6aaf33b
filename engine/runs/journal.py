"""Journals: files of messages that one process appends to and any number follow."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from engine.events import Message, decode, encode

CHUNK = 1 << 22
"""Bytes read at a time, so that a long journal does not have to fit in memory twice."""
MARK = 64
"""Bytes of a journal by which it is known again: the end of a line, with a time in it or a number of its own."""


class Journal:
    """Append messages to a file, each a whole line that is handed to the system at once.

    A half-written line that a crash left at the end is closed first, so that it spoils no other.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        self._mend()

    def write(self, *messages: Message) -> None:
        """Append; raise OSError (a full disk, say) with the file as it was up to a broken last line."""
        data = "".join(encode(message) + "\n" for message in messages).encode()
        while data:
            data = data[os.write(self._handle, data) :]

    def flush(self) -> None:
        """Wait until all of it is on the disk."""
        os.fsync(self._handle)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _mend(self) -> None:
        if os.fstat(self._handle).st_size:
            os.lseek(self._handle, -1, os.SEEK_END)
            if os.read(self._handle, 1) != b"\n":
                os.write(self._handle, b"\n")


class Tail:
    """Read a journal as it grows: every call to `read` returns the messages that are new since the last.

    Args:
        path: the journal.
        offset: where to go on, in bytes; another tail's `offset`.
        mark: what stood before it, another tail's `mark`; where that is given and something else stands there now,
            the journal was replaced.
    """

    def __init__(self, path: Path, *, offset: int = 0, mark: bytes = b"") -> None:
        self.path = path
        self.offset = offset
        """Bytes consumed: start another `Tail` here to go on from the same place."""
        self.mark = mark
        """The last bytes before it, at most `MARK`."""
        self.begun_anew = False
        """Whether the last `read` went back to the start, since the journal was replaced: what came before is void."""

    def read(self, *, limit: int | None = None) -> list[Message]:
        """The new messages in order; a line whose end is not written yet waits for the next call.

        At most about `limit` bytes are read where one is given; call again until nothing comes. A file that
        cannot be read has none; one that became shorter or another (replaced) is read again from its start.
        """
        self.begun_anew = False
        try:
            with self.path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < self.offset:
                    self._begin_anew()
                if size == self.offset:
                    return []
                self._find(file)
                data = file.read(min(limit or CHUNK, CHUNK)) if limit else file.read()
                if b"\n" not in data:  # one line longer than the limit
                    data += file.readline()
        except OSError:
            return []
        end = data.rfind(b"\n") + 1
        self.offset += end
        self.mark = (self.mark + data[max(end - MARK, 0) : end])[-MARK:]
        return [message for line in data[:end].splitlines() if (message := decode(line)) is not None]

    def behind(self) -> bool:
        """Whether there is more in the journal than was read, or less."""
        try:
            return self.path.stat().st_size != self.offset
        except OSError:
            return False

    def _find(self, file: BinaryIO) -> None:
        """Go to where the new begins: to the start, where what was read is no longer there."""
        before = min(len(self.mark), self.offset)
        file.seek(self.offset - before)
        if file.read(before) != self.mark[-before:] and before:
            self._begin_anew()
            file.seek(0)

    def _begin_anew(self) -> None:
        self.offset, self.mark, self.begun_anew = 0, b"", True


def append(path: Path, *messages: Message) -> None:
    """Append messages to a journal that nobody keeps open, such as a run's control file."""
    journal = Journal(path)
    try:
        journal.write(*messages)
    finally:
        journal.close()
