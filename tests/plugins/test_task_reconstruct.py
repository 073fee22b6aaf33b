"""Reconstruction is measured on the scale that people see, and what cannot be given back is said."""

from typing import Any

import pytest
import torch
from sklearn import metrics
from torch import Tensor
from torch.nn import functional

from engine.spec import Column, Facts, FrozenDict, Problem, TensorSpec
from plugins.tasks.reconstruct import Reconstruct

MEAN, STD = 0.3, 0.25
IMAGE = Column(name="image", kind="image", shape=(1, 4, 4))
FEATURES = Column(name="features", kind="features", shape=(5,))
LABEL = Column(name="label", kind="label", dtype="int64", classes=("cat", "dog"))
DATA = Facts(
    columns={one.name: one for one in (IMAGE, FEATURES, LABEL)},
    statistics={"image": FrozenDict(mean=[MEAN], std=[STD])},
)
GENERATOR = torch.Generator().manual_seed(8)
BRIGHT = torch.rand(40, 1, 4, 4, generator=GENERATOR)
GUESS = (BRIGHT + 0.1 * torch.randn(40, 1, 4, 4, generator=GENERATOR)).clamp(0.01, 0.99)


def encoded(brightness: Tensor) -> Tensor:
    return (brightness - MEAN) / STD


def measure(task: Reconstruct, output: Tensor, truth: Tensor) -> dict[str, float]:
    (column,) = task.columns()
    tally = task.tally(torch, {"prediction": output}, {column: truth}, DATA)
    return task.metrics({name: one.numpy() for name, one in tally.items()}, DATA)


def check(task: Reconstruct, *shape: int, dtype: str = "float32") -> list[Problem]:
    return list(task.check({"prediction": TensorSpec(shape=(None, *shape), dtype=dtype)}, DATA))


def test_that_errors_of_images_are_on_the_scale_from_black_to_white() -> None:
    found = measure(Reconstruct(), encoded(GUESS), encoded(BRIGHT))
    flat = BRIGHT.flatten(1).double(), GUESS.flatten(1).double()
    square = float(functional.mse_loss(flat[1], flat[0]))
    assert found["rmse"] == pytest.approx(square**0.5, rel=1e-4)
    assert found["mae"] == pytest.approx(metrics.mean_absolute_error(*flat), rel=1e-4)
    assert found["r2"] == pytest.approx(metrics.r2_score(*flat, multioutput="variance_weighted"), rel=1e-4)
    assert found["psnr"] == pytest.approx(-10 * torch.tensor(square).log10().item(), rel=1e-4)


def test_that_giving_back_the_mean_sample_is_worth_nothing() -> None:
    mean = encoded(BRIGHT).mean(dim=0, keepdim=True).expand_as(BRIGHT)
    assert measure(Reconstruct(), mean, encoded(BRIGHT))["r2"] == pytest.approx(0, abs=1e-5)


def test_that_feature_vectors_are_measured_in_deviations_and_have_no_signal_to_noise() -> None:
    truth, guess = torch.randn(30, 5, generator=GENERATOR), torch.randn(30, 5, generator=GENERATOR)
    found = measure(Reconstruct(target="features"), guess, truth)
    assert found["rmse"] == pytest.approx(float((guess - truth).square().mean().sqrt()), rel=1e-5)
    assert "psnr" not in found


def test_that_chances_are_judged_against_the_brightness_and_measured_behind_the_sigmoid() -> None:
    task, logits = Reconstruct(criterion="BCEWithLogitsLoss"), torch.logit(GUESS)
    loss = task.loss(torch, {"prediction": logits}, {"image": encoded(BRIGHT)}, DATA)
    assert loss.item() == pytest.approx(functional.binary_cross_entropy(GUESS, BRIGHT).item(), rel=1e-5)
    plain = measure(Reconstruct(), encoded(GUESS), encoded(BRIGHT))
    assert measure(task, logits, encoded(BRIGHT)) == pytest.approx(plain, rel=1e-4)


@pytest.mark.parametrize("criterion", ["MSELoss", "L1Loss"])
def test_that_each_criterion_is_that_of_pytorch(criterion: Any) -> None:
    outputs, batch = {"prediction": encoded(GUESS)}, {"image": encoded(BRIGHT)}
    loss = Reconstruct(criterion=criterion).loss(torch, outputs, batch, DATA)
    assert loss.item() == pytest.approx(getattr(torch.nn, criterion)()(*outputs.values(), *batch.values()).item())


def test_that_a_row_of_as_many_numbers_is_an_image_too() -> None:
    assert check(Reconstruct(), 16) == []
    flat, square = (measure(Reconstruct(), one, encoded(BRIGHT)) for one in (GUESS.flatten(1), GUESS))
    assert flat == square


def test_that_a_row_of_too_few_numbers_is_mended_by_their_number() -> None:
    (problem,) = check(Reconstruct(), 10)
    assert problem.message == (
        "The output is batch × 10, but 'image', which it is compared with, is batch × 1 × 4 × 4."
    )
    assert problem.remedies[0].settings == {"out_features": 16}


def test_that_classes_cannot_be_redrawn_and_are_handed_to_classify() -> None:
    (problem,) = check(Reconstruct(target="label"), 2)
    assert "nothing of it can be redrawn" in problem.message
    assert problem.mend is not None
    assert problem.mend.settings == {"task": "Classify", "task.target": "label"}


def test_that_feature_vectors_have_no_chances() -> None:
    (problem,) = check(Reconstruct(target="features", criterion="BCEWithLogitsLoss"), 5)
    assert problem.message == "BCEWithLogitsLoss takes numbers from 0 to 1, and 'features' is no image."
    assert problem.mend is not None
    assert problem.mend.settings == {"task.criterion": "MSELoss"}
