"""One network in a process of its own: what was foretold, and what a real step then took."""

import json
import sys

import torch

from engine.fit import Calibration
from engine.fit.calibration import key_of
from engine.fit.meter import tensors_at_peak
from engine.fit.rehearsal import rehearse
from engine.fit.trial import Trial
from engine.spec import Catalogue
from engine.train.loop import step
from tests.bench.fit.networks import project


def main(name: str) -> None:
    """Print the figures in bytes and seconds, data apart."""
    catalogue = Catalogue.load()
    drawn, facts = project(name, catalogue)
    batch = drawn.training.batch_size
    rehearsal = rehearse(drawn, catalogue, facts)
    peak = rehearsal.step.at(batch)
    kept = rehearsal.weights + rehearsal.optimizer
    beside = Calibration(None, "cpu").workspaces(key_of(drawn, facts)).at(peak)
    trial = Trial(project=drawn, catalogue=catalogue, facts=facts, device=torch.device("cpu"), tell=lambda *_: None)
    measured = trial.run(rehearsal, batch)
    learner, samples = trial.learner(), trial.samples(batch)
    for _ in range(2):
        step(learner, [samples])
    tensors = kept + tensors_at_peak(lambda: step(learner, [samples]))
    found = {"foretold_tensors": kept + peak, "tensors": tensors, "foretold": kept + peak + beside}
    sys.stdout.write(json.dumps({**found, "process": measured.memory, "seconds": measured.seconds}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
