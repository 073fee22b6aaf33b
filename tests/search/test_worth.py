"""What trials cost beside their training: what they leave on the disk, and which cores they take."""

from __future__ import annotations

from pathlib import Path

import torch

from engine.runs import RunFolder, Workspace
from engine.train.threads import divide, restored
from tests.search.making import marked, trials, work


def test_that_only_a_trial_that_is_the_best_when_it_ends_leaves_a_model_behind(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "space").prepare()
    study = workspace.new_study(marked(study={"trials": 5}))
    work(workspace, study)
    best = 0.0
    for trial in trials(study):
        run = RunFolder(workspace.runs / trial.runs[0])
        assert run.model.exists() == (trial.values[0] > best), trial
        best = max(best, trial.values[0])
        assert (run.checkpoints / "last.pt").exists()
        assert (run.checkpoints / "best.safetensors").exists()


def test_that_processes_that_share_the_processor_divide_its_threads() -> None:
    with restored():
        divide(1)
        whole = torch.get_num_threads()
        divide(2)
        assert torch.get_num_threads() == max(1, whole // 2)
        divide(10_000)
        assert torch.get_num_threads() == 1
        divide(1)
        assert torch.get_num_threads() == whole
