"""What went wrong, in the user's words; the traceback goes to `crash.txt`."""

from __future__ import annotations

import torch

from engine.spec import ParameterError, ProjectError, Training
from engine.train.halt import Halt

OURS = ("engine.", "plugins.")
"""Where errors are made whose message is already a sentence for the user."""
NO_ROOM = "The memory is too small"


def explain(error: BaseException, training: Training | None) -> str:
    """One or two sentences: what happened, and the way out where one is known."""
    text = str(error)
    if isinstance(error, KeyboardInterrupt):
        return "Interrupted from the keyboard. Resume the run to go on from its last checkpoint."
    if is_out_of_memory(error):
        return _memory(training)
    if is_ours(error):
        return text
    if "Expected more than 1 value per channel" in text:
        return "BatchNorm needs more than one sample per step. Raise the batch size."
    if "does not have a deterministic implementation" in text:
        what = text.partition(" does not have")[0]
        return f"{what} has no algorithm that repeats exactly here. Turn off “deterministic”, or train on the CPU."
    first = f": {text.partition(chr(10))[0].strip()}" if text else ""
    return f"Training broke off with {type(error).__name__}{first}. The run's crash.txt says where."


def is_ours(error: BaseException) -> bool:
    """Whether the message was written for the user: one of our exceptions, or a pack's."""
    known = isinstance(error, Halt | ProjectError | ParameterError)
    return known or (isinstance(error, ValueError) and type(error).__module__.startswith(OURS))


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, on whatever device."""
    text = str(error)
    words = ("out of memory", "can't allocate memory", "DefaultCPUAllocator")
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or (
        isinstance(error, RuntimeError) and any(one in text for one in words)
    )


def says_no_room(message: str) -> bool:
    """Whether a run's last word was that memory ran out."""
    return message.startswith(NO_ROOM)


def _memory(training: Training | None) -> str:
    if training is None:
        return f"{NO_ROOM} for this data."
    tries = []
    if training.batch_size > 1:
        tries.append(f"a batch size of {training.batch_size // 2} (now {training.batch_size})")
    if training.precision == "float32":
        tries.append("the precision bfloat16")
    return f"{NO_ROOM} for this network and batch. Try {' or '.join(tries) or 'a smaller network'}."
