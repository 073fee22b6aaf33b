"""What people write today: a `DataLoader`, `.item()` each step, an evaluation and a checkpoint after every epoch."""

from pathlib import Path
from time import perf_counter
from typing import TypeAlias

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from tests.bench.loop import data
from tests.bench.loop.case import Case

Batches: TypeAlias = DataLoader[tuple[torch.Tensor, ...]]


def mlp() -> nn.Module:
    """784-256-10."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def cnn() -> nn.Module:
    """Two convolutions of 16 and 32 channels, each pooled, and a linear classifier."""
    return nn.Sequential(
        *(nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(32 * 7 * 7, 10)),
    )


def loaders(case: Case, folder: Path) -> tuple[Batches, Batches]:
    """A shuffled loader of the training part, and one of the validation part: (b, 1, 28, 28) float32 and (b,) int64."""
    images, labels = data.read(folder)
    pixels = (torch.tensor(images).unsqueeze(1).float().div(255) - 0.5) / 0.5
    codes = torch.tensor(labels).long()
    train = TensorDataset(pixels[: data.TRAIN], codes[: data.TRAIN])
    held_out = TensorDataset(pixels[data.TRAIN :], codes[data.TRAIN :])
    return (
        DataLoader(train, batch_size=case.batch_size, shuffle=True),
        DataLoader(held_out, batch_size=case.batch_size),
    )


def train(case: Case, folder: Path) -> float:
    """Train as the case says and return samples per second."""
    batches, held_out = loaders(case, folder)
    model = {"mlp": mlp, "cnn": cnn}[case.network]()
    optimizer = torch.optim.Adam(model.parameters())
    began = perf_counter()
    for epoch in range(case.epochs):
        total = 0.0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        evaluate(model, held_out)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, folder / f"hand-{epoch}.pt")
    return case.samples / (perf_counter() - began)


@torch.no_grad()
def evaluate(model: nn.Module, batches: Batches) -> float:
    """Accuracy on held-out data."""
    model.eval()
    right = sum(int((model(images).argmax(1) == labels).sum()) for images, labels in batches)
    model.train()
    return right / data.VALIDATION
