"""The same in Lightning with its defaults, a progress bar among them; what it prints is thrown away."""

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import lightning
import torch
from torch import nn

from tests.bench.loop import hand
from tests.bench.loop.case import Case

logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="lightning")


class Classifier(lightning.LightningModule):
    """A network, its loss, its accuracy and its optimizer."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def training_step(self, batch: list[torch.Tensor], index: int) -> torch.Tensor:
        images, labels = batch
        loss = nn.functional.cross_entropy(self.network(images), labels)
        self.log("loss", loss)
        return loss

    def validation_step(self, batch: list[torch.Tensor], index: int) -> None:
        images, labels = batch
        self.log("accuracy", (self.network(images).argmax(1) == labels).float().mean())

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.Adam(self.parameters())


def train(case: Case, folder: Path) -> float:
    """Train as the case says and return samples per second."""
    batches, held_out = hand.loaders(case, folder)
    model = Classifier({"mlp": hand.mlp, "cnn": hand.cnn}[case.network]())
    trainer = lightning.Trainer(
        max_epochs=case.epochs,
        accelerator="cpu",
        default_root_dir=folder,
    )
    began = perf_counter()
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        trainer.fit(model, batches, held_out)
    return case.samples / (perf_counter() - began)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Throw away what is printed."""
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        yield
