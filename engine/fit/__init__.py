"""Will it fit? Memory and time of a training step, foretold by rehearsal and corrected by what was measured."""

from engine.fit.calibration import Calibration, Measurement
from engine.fit.estimate import Estimate, Memory
from engine.fit.foretelling import Foreteller

__all__ = ["Calibration", "Estimate", "Foreteller", "Measurement", "Memory"]
