"""Every task that ships keeps the contract, and its metrics are those that scikit-learn computes."""

import pytest
import torch
from sklearn import metrics
from torch import Tensor
from torch.nn import functional

from engine.spec import Catalogue, Column, Facts, FrozenDict, Problem, Task, TensorSpec
from plugins.tasks.classify import Classify
from plugins.tasks.reconstruct import Reconstruct
from plugins.tasks.regress import Regress
from tests.contracts import TaskContract

CLASSES = ("cat", "dog", "newt")
COUNTS = (60, 30, 10)


class TestClassify(TaskContract):
    declares = Classify

    def facts(self) -> Facts:
        return facts(Column(name="label", kind="label", dtype="int64", classes=CLASSES), {"counts": list(COUNTS)})

    def batch(self, samples: int) -> dict[str, Tensor]:
        return {"label": torch.arange(samples) % len(CLASSES)}

    def answers(self, batch: dict[str, Tensor], *, right: bool) -> dict[str, Tensor]:
        noise = torch.randn(len(batch["label"]), len(CLASSES), generator=torch.Generator().manual_seed(0))
        return {"prediction": noise + (6 * functional.one_hot(batch["label"], len(CLASSES)) if right else 0)}


class TestRegress(TaskContract):
    declares = Regress

    def facts(self) -> Facts:
        return facts(Column(name="target", kind="target", unit="$"), {"mean": 200_000.0, "std": 50_000.0})

    def batch(self, samples: int) -> dict[str, Tensor]:
        return {"target": torch.randn(samples, generator=torch.Generator().manual_seed(1))}

    def answers(self, batch: dict[str, Tensor], *, right: bool) -> dict[str, Tensor]:
        noise = torch.randn(len(batch["target"]), 1, generator=torch.Generator().manual_seed(2))
        return {"prediction": batch["target"].unsqueeze(1) + 0.01 * noise if right else noise}


class TestReconstruct(TaskContract):
    declares = Reconstruct

    def facts(self) -> Facts:
        return facts(Column(name="image", kind="image", shape=(1, 4, 4)), {"mean": [0.3], "std": [0.25]})

    def batch(self, samples: int) -> dict[str, Tensor]:
        return {"image": torch.randn(samples, 1, 4, 4, generator=torch.Generator().manual_seed(3))}

    def answers(self, batch: dict[str, Tensor], *, right: bool) -> dict[str, Tensor]:
        noise = torch.randn(batch["image"].shape, generator=torch.Generator().manual_seed(4))
        return {"prediction": batch["image"] + 0.01 * noise if right else noise}


def test_that_every_task_that_ships_is_held_to_the_contract() -> None:
    held = {suite.declares for suite in TaskContract.__subclasses__()}
    assert set(Catalogue.load(["plugins.tasks"]).tasks.values()) <= held


def facts(column: Column, statistics: dict[str, object]) -> Facts:
    return Facts(columns={column.name: column}, statistics={column.name: FrozenDict(statistics)})


def measure(task: Task, outputs: Tensor, truth: Tensor, data: Facts) -> dict[str, float]:
    (column,) = task.columns()
    tally = task.tally(torch, {"prediction": outputs}, {column: truth}, data)
    return task.metrics({name: one.numpy() for name, one in tally.items()}, data)


# Classify


@pytest.mark.parametrize("classes", [(0, 1, 2), (0, 1), (2,)])
def test_that_accuracy_and_macro_f1_are_those_of_scikit_learn(classes: tuple[int, ...]) -> None:
    generator = torch.Generator().manual_seed(4)
    scores = torch.randn(200, 3, generator=generator)
    truth = torch.tensor(classes)[torch.randint(len(classes), (200,), generator=generator)]
    found = measure(Classify(), scores, truth, TestClassify().facts())
    guesses = scores.argmax(dim=1)
    assert found["accuracy"] == pytest.approx(metrics.accuracy_score(truth, guesses))
    assert found["macro_f1"] == pytest.approx(metrics.f1_score(truth, guesses, average="macro"))


def test_that_a_class_neither_there_nor_predicted_does_not_lower_macro_f1() -> None:
    truth = torch.tensor([0, 1, 0, 1])
    scores = functional.one_hot(truth, 3).float()
    assert measure(Classify(), scores, truth, TestClassify().facts())["macro_f1"] == 1


def test_that_the_confusion_counts_true_classes_in_rows() -> None:
    scores = functional.one_hot(torch.tensor([1, 1, 2]), 3).float()
    tally = Classify().tally(torch, {"prediction": scores}, {"label": torch.tensor([0, 1, 1])}, Facts())
    assert tally["confusion"].reshape(3, 3).tolist() == [[0, 1, 0], [0, 1, 1], [0, 0, 0]]


def test_that_balanced_weights_make_every_class_count_the_same() -> None:
    suite = TestClassify()
    truth = torch.tensor([0] * COUNTS[0] + [1] * COUNTS[1] + [2] * COUNTS[2])
    scores = torch.randn(100, 3, generator=torch.Generator().manual_seed(5))
    loss = Classify(class_weights="balanced").loss(torch, {"prediction": scores}, {"label": truth}, suite.facts())
    each = functional.cross_entropy(scores, truth, reduction="none")
    assert loss.item() == pytest.approx(torch.stack([each[truth == one].mean() for one in range(3)]).mean().item())


def test_that_a_class_without_training_samples_has_the_usual_weight() -> None:
    data = facts(Column(name="label", kind="label", dtype="int64", classes=CLASSES), {"counts": [5, 0, 5]})
    scores, truth = torch.randn(3, 3), torch.tensor([1, 1, 1])
    loss = Classify(class_weights="balanced").loss(torch, {"prediction": scores}, {"label": truth}, data)
    assert loss.item() == pytest.approx(functional.cross_entropy(scores, truth).item())


def test_that_label_smoothing_is_that_of_pytorch() -> None:
    scores, truth = torch.randn(6, 3), torch.tensor([0, 1, 2, 0, 1, 2])
    loss = Classify(label_smoothing=0.1).loss(torch, {"prediction": scores}, {"label": truth}, Facts())
    assert loss.item() == pytest.approx(torch.nn.CrossEntropyLoss(label_smoothing=0.1)(scores, truth).item())


def check(task: Task, shape: tuple[int | None, ...], data: Facts, dtype: str = "float32") -> list[Problem]:
    return list(task.check({"prediction": TensorSpec(shape=shape, dtype=dtype)}, data))


def test_that_too_many_outputs_for_the_classes_are_mended_by_their_number() -> None:
    (problem,) = check(Classify(), (None, 10), TestClassify().facts())
    assert problem.message == "The network gives 10 numbers per sample but there are 3 classes."
    assert problem.remedies[0].settings == {"out_features": 3}


def test_that_an_image_at_the_output_is_told_the_way_to_classes() -> None:
    (problem,) = check(Classify(), (None, 8, 4, 4), TestClassify().facts())
    assert problem.message.startswith("The output is batch × 8 × 4 × 4, but the task needs batch × 3.")
    assert problem.port == "prediction"


def test_that_whole_numbers_at_the_output_are_a_problem() -> None:
    (problem,) = check(Classify(), (None, 3), TestClassify().facts(), dtype="int64")
    assert "int64" in problem.message


def test_that_a_missing_label_is_mended_by_the_only_label_there_is() -> None:
    (problem,) = check(Classify(target="species"), (None, 3), TestClassify().facts())
    assert "'species'" in problem.message
    assert problem.mend is not None
    assert problem.mend.settings == {"task.target": "label"}


def test_that_a_missing_output_is_mended_by_the_only_output_there_is() -> None:
    (problem,) = Classify().check({"logits": TensorSpec(shape=(None, 3))}, TestClassify().facts())
    assert problem.mend is not None
    assert problem.mend.settings == {"task.output": "logits"}


def test_that_numbers_are_not_classified_but_handed_to_regress() -> None:
    (problem,) = check(Classify(target="target"), (None, 1), TestRegress().facts())
    assert "holds no classes" in problem.message
    assert problem.mend is not None
    assert problem.mend.settings == {"task": "Regress", "task.target": "target"}


def test_that_one_class_only_is_nothing_to_tell_apart() -> None:
    data = facts(Column(name="label", kind="label", dtype="int64", classes=("cat",)), {"counts": [9]})
    (problem,) = check(Classify(), (None, 1), data)
    assert "one class only, 'cat'" in problem.message


# Regress


def test_that_errors_are_reported_in_the_targets_own_unit() -> None:
    generator = torch.Generator().manual_seed(6)
    truth = torch.randn(300, generator=generator)
    guess = truth + 0.3 * torch.randn(300, generator=generator)
    found = measure(Regress(), guess.unsqueeze(1), truth, TestRegress().facts())
    prices, guesses = truth.double() * 50_000 + 200_000, guess.double() * 50_000 + 200_000
    assert found["rmse"] == pytest.approx(metrics.root_mean_squared_error(prices, guesses), rel=1e-5)
    assert found["mae"] == pytest.approx(metrics.mean_absolute_error(prices, guesses), rel=1e-5)
    assert found["r2"] == pytest.approx(metrics.r2_score(prices, guesses), rel=1e-5)


def test_that_several_targets_are_averaged_as_scikit_learn_does() -> None:
    generator = torch.Generator().manual_seed(7)
    truth, guess = torch.randn(50, 2, generator=generator), torch.randn(50, 2, generator=generator)
    data = facts(Column(name="target", kind="target", shape=(2,)), {"mean": 0.0, "std": 1.0})
    found = measure(Regress(), guess, truth, data)
    assert found["rmse"] == pytest.approx(metrics.root_mean_squared_error(truth, guess), rel=1e-5)
    assert found["r2"] == pytest.approx(metrics.r2_score(truth, guess), rel=1e-5)


@pytest.mark.parametrize(("guess", "expected"), [(0.0, 1.0), (0.5, 0.0)])
def test_that_r2_of_a_target_that_never_varies_is_that_of_scikit_learn(guess: float, expected: float) -> None:
    found = measure(Regress(), torch.full((4, 1), guess), torch.zeros(4), TestRegress().facts())
    assert found["r2"] == expected == metrics.r2_score([0.0] * 4, [guess] * 4)


@pytest.mark.parametrize("criterion", ["MSELoss", "L1Loss", "HuberLoss", "SmoothL1Loss"])
def test_that_each_criterion_is_that_of_pytorch(criterion: str) -> None:
    truth, guess = torch.randn(20), torch.randn(20, 1)
    loss = Regress(criterion=criterion).loss(torch, {"prediction": guess}, {"target": truth}, Facts())  # type: ignore[arg-type]
    assert loss.item() == pytest.approx(getattr(torch.nn, criterion)()(guess.squeeze(1), truth).item())


def test_that_classes_are_not_predicted_but_handed_to_classify() -> None:
    (problem,) = check(Regress(target="label"), (None, 3), TestClassify().facts())
    assert problem.mend is not None
    assert problem.mend.settings == {"task": "Classify", "task.target": "label"}


def test_that_two_outputs_for_one_number_are_mended() -> None:
    (problem,) = check(Regress(), (None, 2), TestRegress().facts())
    assert problem.message == "The network gives 2 numbers per sample but there is 1 to predict."
    assert problem.remedies[0].settings == {"out_features": 1}
