"""What every task that trains one network keeps."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode

from engine.spec import Facts, TensorSpec
from tests.contracts.declaration import DeclarationContract


class TaskContract(DeclarationContract):
    """What a task that trains one network keeps. A pack says what fits it and what does not."""

    def facts(self) -> Facts:
        """Data that the task can learn."""
        raise NotImplementedError

    def batch(self, samples: int) -> dict[str, Tensor]:
        """Encoded columns of so many samples, the same for the same number."""
        raise NotImplementedError

    def answers(self, batch: dict[str, Tensor], *, right: bool) -> dict[str, Tensor]:
        """Outputs of a network that is all but right, or far from it."""
        raise NotImplementedError

    @pytest.fixture
    def task(self, declaration: type[Any]) -> Any:
        return declaration()

    def specs(self, task: Any) -> dict[str, Any]:
        """What the network that fits gives, as analysis tells it."""
        return {
            name: TensorSpec(shape=(None, *one.shape[1:]), dtype=str(one.dtype).removeprefix("torch."))
            for name, one in self.answers(self.batch(2), right=True).items()
        }

    def test_that_it_reads_columns_of_the_data(self, task: Any) -> None:
        assert set(task.columns()) <= set(self.facts().columns)

    def test_that_nothing_is_wrong_with_a_network_that_fits(self, task: Any) -> None:
        assert list(task.check(self.specs(task), self.facts())) == []

    def test_that_a_column_that_is_not_there_is_named(self, task: Any) -> None:
        problems = list(task.check(self.specs(task), Facts()))
        assert any(column in one.message for one in problems for column in task.columns())

    def test_that_an_output_that_is_not_there_is_a_problem(self, task: Any) -> None:
        assert list(task.check({}, self.facts()))

    def test_that_outputs_of_another_shape_are_a_problem_at_that_output(self, task: Any) -> None:
        for name, spec in self.specs(task).items():
            for shape in ((*spec.shape[:-1], 57), (*spec.shape, 4, 4), spec.shape[:1]):
                problems = list(task.check({**self.specs(task), name: spec.having(shape=shape)}, self.facts()))
                assert [one.port for one in problems] == [name]
                assert all(one.section == "task" and one.message.endswith(".") for one in problems)

    def test_that_the_loss_is_one_number_with_a_gradient(self, task: Any) -> None:
        batch = self.batch(6)
        outputs = {name: one.requires_grad_() for name, one in self.answers(batch, right=False).items()}
        loss = task.loss(torch, outputs, batch, self.facts())
        loss.backward()
        assert loss.shape == ()
        assert all(one.grad is not None and bool(one.grad.any()) for one in outputs.values())

    def test_that_right_answers_cost_less(self, task: Any) -> None:
        batch = self.batch(12)
        right, wrong = (
            task.loss(torch, self.answers(batch, right=right), batch, self.facts()) for right in (True, False)
        )
        assert right < wrong

    def test_that_right_answers_are_better_in_the_watched_metric(self, task: Any) -> None:
        if task.watch == "loss":
            pytest.skip("it watches the loss, which the loop computes")
        batch = self.batch(12)
        right, wrong = (
            self.measure(task, [(self.answers(batch, right=right), batch)])[task.watch] for right in (True, False)
        )
        assert right < wrong if task.goal == "min" else right > wrong

    def test_that_it_says_which_way_each_of_its_metrics_is_better(self, task: Any) -> None:
        batch = self.batch(12)
        found = self.measure(task, [(self.answers(batch, right=True), batch)])
        assert {*task.measured(self.facts())} == {*found}
        assert task.better(task.watch) == task.goal == task.goals.get(task.watch, "min")
        wrong = self.measure(task, [(self.answers(batch, right=False), batch)])
        ways = {name: "max" if found[name] > wrong[name] else "min" for name in found}
        assert ways == {name: task.better(name) for name in found}

    def test_that_tallies_of_batches_add_up_to_that_of_the_whole(self, task: Any) -> None:
        batch = self.batch(12)
        outputs = self.answers(batch, right=False)
        parts = [
            ({name: one[part] for name, one in outputs.items()}, {name: one[part] for name, one in batch.items()})
            for part in (slice(0, 5), slice(5, 6), slice(6, 12))
        ]
        assert self.measure(task, parts) == pytest.approx(self.measure(task, [(outputs, batch)]), rel=1e-5)

    def test_that_its_answers_are_told_sample_by_sample(self, task: Any) -> None:
        reading = task.reading(self.facts())
        if reading is None:
            pytest.skip("it says nothing of single samples")
        batch = self.batch(12)
        right, wrong = (
            task.answers(torch, self.answers(batch, right=right), batch, self.facts()) for right in (True, False)
        )
        wanted = {"class": {"truth", "chances"}, "number": {"truth", "answer"}, "error": set()}[reading.kind]
        assert right.keys() == wanted | {"error"}
        assert all(len(one) == 12 for one in right.values())
        assert bool((wrong["error"] >= 0).all())
        assert right["error"].mean() < wrong["error"].mean()

    def test_that_outputs_in_bfloat16_are_judged(self, task: Any) -> None:
        batch = self.batch(12)
        outputs = {name: one.to(torch.bfloat16) for name, one in self.answers(batch, right=True).items()}
        assert task.loss(torch, outputs, batch, self.facts()).isfinite()
        assert all(isinstance(one, float) for one in self.measure(task, [(outputs, batch)]).values())

    def test_that_it_keeps_no_tensor_of_an_earlier_call(self, task: Any) -> None:
        batch = self.batch(6)
        outputs = self.answers(batch, right=False)
        with FakeTensorMode(allow_non_fake_inputs=True) as rehearsal:  # as when a step is rehearsed before it is taken
            fake = [{name: rehearsal.from_tensor(one) for name, one in some.items()} for some in (outputs, batch)]
            task.loss(torch, *fake, self.facts())
            task.tally(torch, *fake, self.facts())
        assert type(task.loss(torch, outputs, batch, self.facts())) is Tensor
        assert all(type(one) is Tensor for one in task.tally(torch, outputs, batch, self.facts()).values())

    def measure(self, task: Any, parts: Sequence[tuple[dict[str, Tensor], dict[str, Tensor]]]) -> dict[str, float]:
        """The metrics over some batches, the way the loop takes them."""
        tallies = [task.tally(torch, outputs, batch, self.facts()) for outputs, batch in parts]
        summed = {name: sum(one[name] for one in tallies).cpu().numpy() for name in tallies[0]}
        found: dict[str, float] = task.metrics(summed, self.facts())
        return found
