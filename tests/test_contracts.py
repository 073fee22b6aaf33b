"""The contract suites catch declarations that break them."""

import warnings
from collections.abc import Iterable
from typing import Any

import optuna
import pytest
from torch.optim.lr_scheduler import ExponentialLR

from engine.spec import Facts, Layer, Optimizer, ParameterError, Pruner, Sampler, Schedule, field
from plugins.tasks.classify import Classify
from tests.contracts import (
    DeclarationContract,
    LayerContract,
    OptimizerContract,
    PrunerContract,
    SamplerContract,
    ScheduleContract,
)
from tests.contracts.layer import takes
from tests.plugins.test_tasks import TestClassify as ClassifySuite

SUITE = LayerContract()


def fitting(layer: Layer) -> Any:
    return [one for one in SUITE.examples(layer) if takes(layer, one)]


class Mixing(Layer):
    """Take the batch's mean away."""

    def call(self, torch: Any, x: Any) -> Any:
        return x - x.mean(0)


def test_that_a_layer_that_mixes_samples_is_caught() -> None:
    with pytest.raises(AssertionError):
        SUITE.test_that_samples_do_not_mix_outside_training(Mixing(), fitting(Mixing()), 5)


class Baked(Layer):
    """Arrange the numbers for the batch that was probed."""

    def call(self, torch: Any, x: Any) -> Any:
        return x.reshape(2, -1)


def test_that_a_layer_made_for_one_batch_size_is_caught() -> None:
    with pytest.raises(AssertionError):
        SUITE.test_that_samples_do_not_mix_outside_training(Baked(), fitting(Baked()), 5)


class Counting(Layer):
    """Divide by the batch's size, as a number that is known only when it runs."""

    def call(self, torch: Any, x: Any) -> Any:
        return x / len(x)


def test_that_a_layer_that_cannot_be_traced_is_caught() -> None:
    with pytest.raises(RuntimeError, match="len"):
        SUITE.test_that_an_assembled_network_computes_the_same_for_any_batch(Counting, fitting(Counting()))


class Cut(Layer):
    """Let no gradient through."""

    def call(self, torch: Any, x: Any) -> Any:
        return torch.sin(x).detach() + x * 0


def test_that_a_layer_without_gradient_is_caught() -> None:
    with pytest.raises(AssertionError):
        SUITE.test_that_gradients_reach_inputs_and_weights(Cut(), fitting(Cut())[:1])


class Raw(Layer):
    """Take images only, and say nothing."""

    def build(self, nn: Any, x: Any) -> Any:
        _, channels, _, _ = x.shape
        return nn.BatchNorm2d(channels)


def test_that_a_refusal_that_does_not_name_the_layer_is_caught() -> None:
    with pytest.raises(AssertionError, match="names the layer"):
        SUITE.test_that_an_input_of_another_rank_or_dtype_is_taken_or_refused_in_words(Raw())


class Restless(Layer):
    """Add noise that no seed governs."""

    def call(self, torch: Any, x: Any) -> Any:
        return x + torch.randn(x.shape, generator=torch.Generator().manual_seed(torch.seed() % 2**31))


def test_that_a_layer_that_ignores_the_seed_is_caught() -> None:
    with pytest.raises(AssertionError):
        SUITE.test_that_the_same_seed_gives_the_same_numbers(Restless(), [(((8,), "float32"),)])


class Careless(Layer):
    """do something without a word"""

    width: int = field()
    even: int = field(2, help="Any even number.")

    def call(self, torch: Any, x: Any) -> Any:
        return x


@pytest.mark.parametrize(
    "rule",
    [
        "its_first_line_is_one_sentence",
        "a_palette_knows_where_to_list_it",
        "every_parameter_is_explained",
        "it_can_be_placed_before_anything_is_said",
    ],
)
def test_that_a_careless_declaration_is_caught(rule: str) -> None:
    with pytest.raises(AssertionError):
        getattr(DeclarationContract(), f"test_that_{rule}")(Careless)


def test_that_a_declaring_module_that_loads_torch_is_caught() -> None:
    assert __name__ == Careless.__module__
    with pytest.raises(AssertionError):
        DeclarationContract().test_that_declaring_it_loads_nothing_heavy(Careless)


def test_that_a_choice_that_is_offered_and_refused_is_caught() -> None:
    class Choosy(Careless):
        width: int = field(1, min=2, choices=(1, 2))

    with pytest.raises(ParameterError):
        DeclarationContract().test_that_every_choice_offered_is_accepted(Choosy)


class Uphill(Optimizer):
    """Step along the gradient."""

    lr: float = 0.01

    def build(self, torch: Any, parameters: Iterable[Any]) -> Any:
        return torch.optim.SGD(parameters, lr=self.lr, maximize=True)


def test_that_an_optimizer_that_makes_it_worse_is_caught() -> None:
    with pytest.raises(AssertionError):
        OptimizerContract().test_that_it_comes_nearer_to_the_answer(Uphill)


def test_that_an_optimizer_without_words_for_no_weights_is_caught() -> None:
    with pytest.raises(AssertionError):
        OptimizerContract().test_that_a_network_without_weights_is_refused_in_words(Uphill)


class Runaway(Schedule):
    """Double the learning rate every epoch, and forget how often."""

    def build(self, torch: Any, optimizer: Any, *, epochs: int, steps_per_epoch: int, goal: str) -> Any:
        return Forgetful(optimizer, 2.0)


class Forgetful(ExponentialLR):
    """Step by what it counted itself, which no state tells."""

    passed = 0

    def get_lr(self) -> list[float | Any]:
        self.passed += 1
        return [base * self.gamma**self.passed for base in self.base_lrs]

    def state_dict(self) -> dict[str, Any]:
        return {}


def test_that_a_schedule_that_overshoots_is_caught() -> None:
    with pytest.raises(AssertionError):
        ScheduleContract().test_that_the_rate_stays_between_nothing_and_the_optimizers(Runaway, 12, 1)


def test_that_a_schedule_that_forgets_is_caught() -> None:
    with pytest.raises(AssertionError):
        ScheduleContract().test_that_it_goes_on_from_its_state_as_if_never_stopped(Runaway)


def test_that_tallies_that_do_not_add_up_are_caught() -> None:
    class Averaging(Classify):
        def tally(self, torch: Any, outputs: Any, batch: Any, data: Facts) -> dict[str, Any]:
            found = super().tally(torch, outputs, batch, data)["confusion"]
            return {"confusion": found / found.sum()}

    with pytest.raises(AssertionError):
        ClassifySuite().test_that_tallies_of_batches_add_up_to_that_of_the_whole(Averaging())


def test_that_a_loss_without_gradient_is_caught() -> None:
    class Stuck(Classify):
        def loss(self, torch: Any, outputs: Any, batch: Any, data: Facts) -> Any:
            return super().loss(torch, outputs, batch, data) * 0

    with pytest.raises(AssertionError):
        ClassifySuite().test_that_the_loss_is_one_number_with_a_gradient(Stuck())


class Stubborn(Sampler):
    """Try the same for ever."""

    def build(self, optuna: Any, *, space: dict[str, Any], seed: int) -> Any:
        fixed = {"kind": "deep", "rate": 0.01, "width": 8, "depth": 1, "dropout": 0.0}
        return optuna.samplers.PartialFixedSampler(fixed, optuna.samplers.RandomSampler())


def test_that_a_sampler_that_warns_is_caught() -> None:
    with warnings.catch_warnings(action="error"), pytest.raises(optuna.exceptions.ExperimentalWarning):
        SamplerContract().test_that_several_workers_share_a_study(Stubborn)


def test_that_a_sampler_that_repeats_itself_is_caught() -> None:
    with warnings.catch_warnings(action="ignore"), pytest.raises(AssertionError):
        SamplerContract().test_that_several_workers_share_a_study(Stubborn)


class Hasty(Pruner):
    """End whatever has begun."""

    def build(self, optuna: Any, *, goal: str, steps: int) -> Any:
        return optuna.pruners.ThresholdPruner(lower=1e9)


def test_that_a_pruner_that_ends_good_trials_is_caught() -> None:
    with pytest.raises(AssertionError):
        PrunerContract().test_that_a_good_trial_comes_to_its_end(Hasty)
