"""Optuna's Wilcoxon pruner without its remarks."""

from __future__ import annotations

import warnings

from optuna.pruners import WilcoxonPruner
from optuna.study import Study
from optuna.trial import FrozenTrial


class Wilcoxon(WilcoxonPruner):
    """Ends nothing where a result is no number, which is all that its warnings say."""

    def prune(self, study: Study, trial: FrozenTrial) -> bool:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(super().prune(study, trial))
