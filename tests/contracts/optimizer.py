"""What every optimizer and every learning-rate schedule keeps."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from tests.contracts.declaration import DeclarationContract


class OptimizerContract(DeclarationContract):
    """What an optimizer keeps, tried with its default parameters on a small line to fit."""

    def test_that_it_comes_nearer_to_the_answer(self, declaration: type[Any]) -> None:
        line = _Line()
        optimizer = declaration().build(torch, line.weights)
        before = line.loss().item()
        for _ in range(60):
            line.step(optimizer)
        assert line.loss().item() < before

    def test_that_the_learning_rate_arrives(self, declaration: type[Any]) -> None:
        optimizer = declaration(lr=0.0625).build(torch, _Line().weights)
        assert [group["lr"] for group in optimizer.param_groups] == [0.0625]

    def test_that_groups_keep_their_own_learning_rate(self, declaration: type[Any]) -> None:
        first, second = _Line().weights
        optimizer = declaration().build(torch, [{"params": [first], "lr": 0.5}, {"params": [second], "lr": 0.25}])
        assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.25]

    def test_that_a_network_without_weights_is_refused_in_words(self, declaration: type[Any]) -> None:
        with pytest.raises(ValueError, match="nothing to learn"):
            declaration().build(torch, iter(()))

    def test_that_it_goes_on_bit_for_bit_from_its_state(self, declaration: type[Any]) -> None:
        straight, halted = _Line(), _Line()
        first = declaration().build(torch, straight.weights)
        second = declaration().build(torch, halted.weights)
        for _ in range(3):
            straight.step(first)
            halted.step(second)
        renewed = declaration().build(torch, halted.weights)
        renewed.load_state_dict(stored(second.state_dict()))
        for _ in range(3):
            straight.step(first)
            halted.step(renewed)
        assert all(torch.equal(a, b) for a, b in zip(straight.weights, halted.weights, strict=True))


class ScheduleContract(DeclarationContract):
    """What a learning-rate schedule keeps."""

    @pytest.mark.parametrize(("epochs", "steps"), [(1, 1), (1, 30), (12, 1), (12, 5)])
    def test_that_the_rate_stays_between_nothing_and_the_optimizers(
        self, declaration: type[Any], epochs: int, steps: int
    ) -> None:
        rates = list(_Drive(declaration(), epochs, steps).rates())
        assert all(0 <= rate <= _Drive.RATE * (1 + 1e-9) for rate in rates)

    def test_that_it_goes_on_from_its_state_as_if_never_stopped(self, declaration: type[Any]) -> None:
        whole = list(_Drive(declaration(), 12, 5).rates())
        first, second = _Drive(declaration(), 12, 5), _Drive(declaration(), 12, 5)
        begun = [rate for rate, _ in zip(first.rates(), range(25), strict=False)]
        second.resume(stored(first.state()))
        assert begun + list(second.rates(start=25)) == pytest.approx(whole, rel=1e-12)


def stored(state: Any) -> Any:
    """A state as a checkpoint gives it back."""
    file = BytesIO()
    torch.save(state, file)
    file.seek(0)
    return torch.load(file, weights_only=True)


class _Line:
    """A line to fit: two weights, their loss."""

    def __init__(self) -> None:
        generator = torch.Generator().manual_seed(0)
        self.x = torch.randn(32, 4, generator=generator)
        self.y = self.x @ torch.tensor([1.0, -2.0, 0.5, 3.0]) + 1
        self.weights = [nn.Parameter(torch.randn(4, 1, generator=generator)), nn.Parameter(torch.zeros(1))]

    def loss(self) -> Tensor:
        slope, offset = self.weights
        return ((self.x @ slope).squeeze(1) + offset - self.y).square().mean()

    def step(self, optimizer: torch.optim.Optimizer) -> None:
        optimizer.zero_grad()
        self.loss().backward()
        optimizer.step()


class _Drive:
    """A schedule driven through a training, as the loop does it, with a metric that gets no better after a while."""

    RATE = 0.1

    def __init__(self, schedule: Any, epochs: int, steps: int) -> None:
        self.kind, self.epochs, self.steps = schedule, epochs, steps
        self.optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=self.RATE, momentum=0.9)
        self.schedule = schedule.build(torch, self.optimizer, epochs=epochs, steps_per_epoch=steps, goal="min")

    def rates(self, start: int = 0) -> Iterator[float]:
        """The learning rate at each step from `start` on."""
        for step in range(start, self.epochs * self.steps):
            yield self.optimizer.param_groups[0]["lr"]
            self.optimizer.step()
            last = (step + 1) % self.steps == 0
            if self.schedule is not None and (last or self.kind.interval == "step"):
                self.schedule.step(*([max(1.0, 3.0 - step)] if self.kind.watches else []))

    def state(self) -> Any:
        return [self.optimizer.state_dict()["param_groups"], self.schedule and self.schedule.state_dict()]

    def resume(self, state: Any) -> None:
        self.optimizer.load_state_dict({"state": {}, "param_groups": state[0]})
        if self.schedule is not None:
            self.schedule.load_state_dict(state[1])
