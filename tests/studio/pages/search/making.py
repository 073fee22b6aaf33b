"""Studies that are made up: conditional variables, every state, values that are no number, one objective or several."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.runs.trials import Trial, TrialState
from engine.spec import Search
from studio.pages.search.studied import Aim, Studied

EPOCHS = 12
WORKERS = ("tower cuda 0", "tower cuda 1", "laboratory-node-17.example cpu 1", "tower cpu 1")
VARIABLES = {
    "training.optimizer": Search(choices=("Adam", "SGD", "AdamW")),
    "training.optimizer.lr": Search(low=1e-5, high=1e-1, log=True),
    "training.optimizer[SGD].momentum": Search(low=0.0, high=0.99),
    "training.batch_size": Search(choices=(16, 32, 64, 128)),
    "model.block_3.conv2d_12.out_channels": Search(low=16, high=256, step=16),
    "model.dropout_1.present": Search(choices=(True, False)),
    "model.dropout_1.p": Search(low=0.0, high=0.7),
    "model.block_3.repeat": Search(low=1, high=5),
}
AIMS = (Aim("validation/accuracy", "max"), Aim("parameters", "min"), Aim("step_seconds", "min"))


def study(count: int, *, objectives: int = 1, seed: int = 0, living: bool = True) -> Studied:
    """A study of so many trials; where it is `living` the last ones run."""
    chance = np.random.default_rng(seed)
    trials, free = [], [1.7e9 + 3 * at for at in range(len(WORKERS))]
    for number in range(count):
        who = int(np.argmin(free))
        running = living and number >= count - 3
        trial = _trial(number, chance, objectives, running=running, began=free[who], worker=WORKERS[who])
        trials.append(trial)
        free[who] = (trial.ended or trial.began + 8) + (120 if chance.random() < 0.02 else 0.4)
    aims = AIMS[:objectives]
    return Studied(trials=trials, variables=VARIABLES, objectives=aims, id="made-up", revision=count, epochs=EPOCHS)


def _trial(number: int, chance: np.random.Generator, objectives: int, **given: Any) -> Trial:
    parameters = _parameters(number, chance)
    peak, size = _quality(parameters, chance), _size(parameters)
    state: TrialState = "running" if given.pop("running") else _state(chance, peak, size)
    last = {"running": int(chance.integers(1, 6)), "pruned": int(chance.integers(2, 8)), "infeasible": 0, "failed": 2}
    epochs = last.get(state, EPOCHS)
    reports = tuple((epoch, _at(epoch, peak, chance)) for epoch in range(1, epochs + 1))
    if state == "failed":
        reports = (*reports[:1], (2, math.nan))
    best = max((value for _, value in reports), default=math.nan)
    values = (best, float(size), 1e-4 + size * 2e-9 * float(chance.uniform(0.8, 1.2)))[:objectives]
    ended = 0.0 if state == "running" else given["began"] + 0.5 + epochs * (0.3 + size * 1e-6)
    messages = {
        "infeasible": f"It would have {size:,} parameters, and the limit is 700,000.",
        "failed": "The loss became NaN at epoch 2.",
        "pruned": "It was behind the median of the trials before it.",
    }
    return Trial(
        number=number,
        state=state,
        values=values if state == "finished" else (),
        parameters=parameters,
        reports=reports,
        ended=ended,
        costs={"parameters": float(size)},
        message=messages.get(state, ""),
        **given,
    )


def _parameters(number: int, chance: np.random.Generator) -> dict[str, Any]:
    found: dict[str, Any] = {
        "training.optimizer": str(chance.choice(["Adam", "SGD", "AdamW"])),
        "training.optimizer.lr": float(10 ** np.clip(chance.normal(-2.7, 0.9), -5, -1)),
        "training.batch_size": int(chance.choice([16, 32, 64, 128])),
        "model.block_3.conv2d_12.out_channels": int(16 * chance.integers(1, 17)),
        "model.dropout_1.present": bool(chance.random() < 0.6),
        "model.block_3.repeat": int(chance.integers(1, 6)),
    }
    if found["training.optimizer"] == "SGD":
        found["training.optimizer[SGD].momentum"] = float(chance.uniform(0, 0.99))
    if found["model.dropout_1.present"]:
        found["model.dropout_1.p"] = float(chance.uniform(0, 0.7))
    return found


def _quality(parameters: dict[str, Any], chance: np.random.Generator) -> float:
    off = abs(math.log10(parameters["training.optimizer.lr"]) + 2.8)
    width = parameters["model.block_3.conv2d_12.out_channels"] / 256
    dropout = parameters.get("model.dropout_1.p", 0.0)
    score = 0.985 - 0.09 * off**1.6 - 0.06 * (1 - width) ** 2 - 0.12 * dropout**2
    score -= 0.03 * (parameters["training.optimizer"] == "SGD")
    return float(np.clip(score + chance.normal(0, 0.01), 0.08, 0.995))


def _size(parameters: dict[str, Any]) -> int:
    return int(parameters["model.block_3.conv2d_12.out_channels"]) * 300 * int(parameters["model.block_3.repeat"]) * 3


def _state(chance: np.random.Generator, peak: float, size: int) -> TrialState:
    if size > 700_000:
        return "infeasible"
    if chance.random() < 0.02:
        return "failed"
    return "pruned" if peak < 0.9 and chance.random() < 0.8 else "finished"


def _at(epoch: int, peak: float, chance: np.random.Generator) -> float:
    return float(peak - (peak - 0.1) * math.exp(-epoch / 2.5) + chance.normal(0, 0.006))
