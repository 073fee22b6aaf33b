"""What trained runs answer, sample by sample, and how the answers of two runs differ."""

from engine.predict.answers import Answers, PredictionError
from engine.predict.groups import GROUPS, grouped
from engine.predict.pairing import Pair, paired
from engine.predict.predicting import Predicting
from engine.predict.significance import mcnemar, wilcoxon
from engine.predict.trained import Trained, open_trained, weights_of

__all__ = [
    "GROUPS",
    "Answers",
    "Pair",
    "Predicting",
    "PredictionError",
    "Trained",
    "grouped",
    "mcnemar",
    "open_trained",
    "paired",
    "weights_of",
    "wilcoxon",
]
