"""What the answer says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from time import time
from typing import Any

from engine.spec.quantities import bytes_text
from studio.pace import spoken
from studio.widgets.stack import Part

STATES: Mapping[str, tuple[str, str]] = {
    "fits": ("fits", "success"),
    "tight": ("tight", "warning"),
    "too large": ("does not fit", "error"),
    "unknown": ("not known", "info"),
}
"""By state: the word for it, and the tone, which is also the icon's name."""

PARTS = (
    ("weights", "Weights", 2, "What the network learns, and what it counts while it does."),
    ("optimizer", "Optimizer", 4, "What the optimizer remembers of every weight."),
    ("gradients", "Gradients", 1, "Those that exist at the fullest moment; others come when activations are gone."),
    ("activations", "Activations", 0, "What layers keep for the backward pass, and what they work on at that moment."),
    ("data", "Data", 7, "Samples that live on the device, and the batches cut from them."),
    ("workspace", "Workspace", 9, "What algorithms such as convolutions work in. A guess until it is measured."),
)
"""By name in the answer: title, series color, explanation."""


def duration(seconds: float) -> str:
    """Seconds in words, small ones in milliseconds."""
    if seconds >= 10:
        return spoken(seconds)
    return f"{seconds:.2g} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def named(device: str) -> str:
    """A device as a person calls it."""
    return {"cpu": "CPU", "mps": "Apple GPU"}.get(device, device)


def known(answer: Mapping[str, Any]) -> bool:
    """Whether the answer has figures."""
    return "memory" in answer


def headline(answer: Mapping[str, Any]) -> str:
    """The item in the status line."""
    if not known(answer):
        return "Memory not known"
    needed, word = bytes_text(answer["needed"]), STATES[answer["state"]][0]
    return f"{needed} of {bytes_text(answer['usable'])} · {word}" if answer["free"] else f"{needed} to train"


def sentence(answer: Mapping[str, Any]) -> str:
    """The card's first words."""
    if not known(answer):
        return str(answer.get("reason", "")) or "Nothing is known yet."
    count, total = answer["batch_size"], answer["memory"]["total"]
    step = f"A training step with {count:,} sample{'s' if count > 1 else ''} takes about {bytes_text(total)}"
    if not answer["free"]:
        return f"{step}. How much of {named(answer['device'])} is free is not known."
    return f"{step}; {bytes_text(answer['usable'])} is free for it on {named(answer['device'])}."


def parts(answer: Mapping[str, Any]) -> list[Part]:
    """Where the memory goes."""
    memory = answer.get("memory", {})
    return [
        Part(name=title, value=memory[name], text=bytes_text(memory[name]), color=color, tip=tip)
        for name, title, color, tip in PARTS
        if name in memory
    ]


def figures(answer: Mapping[str, Any]) -> dict[str, str]:
    """Names and values below the bar."""
    if not known(answer):
        return {}
    step, epoch, steps = (answer[name] for name in ("seconds_per_step", "seconds_per_epoch", "steps_per_epoch"))
    found = {
        "One step": "not measured yet" if step is None else duration(step),
        "One epoch": f"{steps:,} step{'s' if steps > 1 else ''}" + ("" if epoch is None else f" · {duration(epoch)}"),
    }
    if answer["needed"] > answer["memory"]["total"]:
        found["Evaluating"] = f"takes more: {bytes_text(answer['needed'])}"
    if answer["free"]:
        largest = answer["largest_batch"]
        whole = " (all there are)" if answer["whole_split"] else ""
        found["Largest batch"] = f"{largest:,}{whole}" if largest else "not even one sample fits"
    return found


def source(answer: Mapping[str, Any]) -> str:
    """Where the figures come from: foretold, corrected by other measurements, or measured."""
    if not known(answer):
        return ""
    measured, device = answer["measured"], named(answer["device"])
    if measured:
        return (
            f"Measured {ago(time() - measured['time'])} on {device} with {measured['batch']:,} samples: "
            f"{bytes_text(measured['memory'])} without the data, {duration(measured['seconds'])} a step."
        )
    if answer["calibrated"]:
        count = answer["calibrated"]
        return (
            "Foretold by taking the step without numbers; workspace and time as "
            f"{count} measurement{'s' if count > 1 else ''} on {device} suggest{'' if count > 1 else 's'}."
        )
    return "Foretold by taking the step without numbers. The workspace is a guess, and time is unknown, until measured."


def ago(seconds: float) -> str:
    """How long something is past."""
    return "just now" if seconds < 60 else f"{spoken(seconds)} ago" if seconds < 86_400 else "some days ago"
