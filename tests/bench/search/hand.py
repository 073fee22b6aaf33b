"""`python -m tests.bench.search.hand WAY URL TRIALS`: the MLP's search as a script with Optuna and PyTorch alone.

WAY is `loader` (a `DataLoader`, as in most scripts) or `tensors` (batches gathered by index).
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import optuna
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from tests.bench.search.drawn import BATCH, DECAY, EPOCHS, HIDDEN, LR

Batches: TypeAlias = Callable[[], Iterable[list[Tensor]]]


def main(way: str, url: str, trials: int) -> None:
    """Search, and leave the study in its storage."""
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    (images, labels), held_out = divided()
    batches = {"loader": loader, "tensors": tensors}[way](images, labels)
    study = optuna.create_study(
        storage=url,
        study_name="search",
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=0),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=trials),  # asked, but each trial is trained to its end
    )
    study.optimize(lambda trial: objective(trial, batches, held_out), n_trials=trials)


def objective(trial: optuna.Trial, batches: Batches, held_out: tuple[Tensor, Tensor]) -> float:
    """Train a network and return its accuracy at its best epoch."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Flatten(), nn.Linear(64, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 10))
    optimizer = torch.optim.AdamW(
        network.parameters(),
        lr=trial.suggest_float("lr", *LR, log=True),
        weight_decay=trial.suggest_float("weight_decay", *DECAY, log=True),
    )
    best = 0.0
    for epoch in range(EPOCHS):
        for images, labels in batches():
            loss = nn.functional.cross_entropy(network(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            accuracy = (network(held_out[0]).argmax(1) == held_out[1]).float().mean().item()
        best = max(best, accuracy)
        trial.report(accuracy, epoch)
        if trial.should_prune():
            raise optuna.TrialPruned
    return best


def divided() -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """Training and validation, each as images N×1×8×8 and labels, of the sizes that Netloom divides digits into."""
    found = load_digits()
    images = torch.tensor(found.images, dtype=torch.float32)[:, None]
    labels = torch.tensor(found.target)
    kept, _test = train_test_split(range(len(labels)), test_size=0.15, stratify=labels, random_state=0)
    train, validation = train_test_split(kept, test_size=0.15 / 0.85, stratify=labels[kept], random_state=0)
    images = (images - images[train].mean()) / images[train].std()
    return (images[train], labels[train]), (images[validation], labels[validation])


def loader(images: Tensor, labels: Tensor) -> Batches:
    """Batches as PyTorch's tutorials make them."""
    made = DataLoader(TensorDataset(images, labels), batch_size=BATCH, shuffle=True)
    return lambda: made


def tensors(images: Tensor, labels: Tensor) -> Batches:
    """Batches gathered by index from data that stays where it is."""

    def batches() -> Iterator[list[Tensor]]:
        for index in torch.randperm(len(labels)).split(BATCH):
            yield [images[index], labels[index]]

    return batches


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
