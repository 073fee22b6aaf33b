"""What every declaration of a pack must keep: suites that a pack's tests subclass.

    class TestMyLayer(LayerContract):
        declares = MyLayer

Layers are tried on inputs of every usual rank; one that needs others says so by overriding `examples`.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, ClassVar

import pytest
import torch
from torch import Tensor, fx, nn

from engine.assemble import assemble
from engine.spec import (
    Catalogue,
    Component,
    Declaration,
    Facts,
    FrozenDict,
    Graph,
    Layer,
    Link,
    Node,
    Parameter,
    ParameterError,
    Project,
    format_project,
    parse_project,
)

HEAVY = ("torch", "PySide6", "pandas", "sklearn", "mlflow", "optuna")

Shape = tuple[int, ...]
Example = tuple[tuple[Shape, str], ...]
"""One input of a layer per entry: a sample's shape without the batch, and a dtype."""

SAMPLES: tuple[Shape, ...] = ((8,), (8, 16), (8, 16, 16), (8, 4, 6, 8))


class DeclarationContract:
    """What layers, datasets, tasks, optimizers and schedules all keep."""

    declares: ClassVar[type[Declaration]]

    @pytest.fixture
    def declaration(self) -> type[Declaration]:
        return self.declares

    def test_that_declaring_it_loads_nothing_heavy(self, declaration: type[Declaration]) -> None:
        assert loaded_by(declaration.__module__) == ""

    def test_that_its_first_line_is_one_sentence(self, declaration: type[Declaration]) -> None:
        summary = declaration.summary()
        assert summary[:1].isupper()
        assert summary.endswith(".")
        assert ". " not in summary
        assert len(summary) <= 120

    def test_that_a_palette_knows_where_to_list_it(self, declaration: type[Declaration]) -> None:
        assert declaration.category
        assert all(word == word.strip().lower() for word in declaration.synonyms)

    def test_that_every_parameter_is_explained(self, declaration: type[Declaration]) -> None:
        for parameter in declaration.parameters():
            assert parameter.help.endswith("."), f"{parameter.name} says '{parameter.help}'"

    def test_that_it_can_be_placed_before_anything_is_said(self, declaration: type[Declaration]) -> None:
        assert [one.name for one in declaration.parameters() if one.required] == []

    def test_that_its_parameters_survive_a_project_file(self, declaration: type[Declaration]) -> None:
        for values in ({}, *variations(declaration)):
            made = declaration.made(values)
            node = Node(id="one", kind=declaration.kind(), parameters=FrozenDict(dict(made)))
            project = Project(networks=FrozenDict({"model": Graph(nodes=(node,))}))
            read = parse_project(format_project(project)).model["one"]
            assert declaration.made(dict(read.parameters)) == made

    def test_that_a_number_out_of_bounds_is_refused_by_name(self, declaration: type[Declaration]) -> None:
        for parameter in declaration.parameters():
            for value in outside(parameter):
                with pytest.raises(ParameterError, match=parameter.name) as refusal:
                    declaration.made({parameter.name: value})
                assert refusal.value.parameter == parameter.name

    def test_that_every_choice_offered_is_accepted(self, declaration: type[Declaration]) -> None:
        for parameter in declaration.parameters():
            for choice in parameter.choices:
                assert getattr(declaration.made({parameter.name: choice}), parameter.name) == choice


class LayerContract(DeclarationContract):
    """What a layer keeps, tried with its default parameters on every example that it takes."""

    def examples(self, layer: Layer) -> Sequence[Example]:
        """Inputs to try; those that the layer refuses are left out, and at least one must remain."""
        count = sum(2 if port.many else 1 for port in layer.inputs())
        whole: list[Example] = [(((8,), "int64"),) * count]
        return [(((*shape,), "float32"),) * count for shape in SAMPLES] + whole

    @pytest.fixture
    def layer(self, declaration: type[Layer]) -> Layer:
        return declaration()

    @pytest.fixture
    def fitting(self, layer: Layer) -> list[Example]:
        """The examples that the layer takes."""
        found = [one for one in self.examples(layer) if _takes(layer, one)]
        assert found, f"{layer.kind()} takes none of the examples; override `examples`"
        return found

    def test_that_a_tensor_without_data_tells_the_shapes_and_dtypes(self, layer: Layer, fitting: list[Example]) -> None:
        for example in fitting:
            with torch.device("meta"):
                foreseen = apply(layer, tensors(example, 2, device="meta"))
            real = apply(layer, tensors(example, 2))
            assert len(foreseen) == len(layer.outputs)
            assert [(one.shape, one.dtype) for one in foreseen] == [(one.shape, one.dtype) for one in real]

    def test_that_gradients_reach_inputs_and_weights(self, layer: Layer, fitting: list[Example]) -> None:
        for example in fitting:
            inputs = [one.requires_grad_(one.is_floating_point()) for one in tensors(example, 4)]
            function = runner(layer, inputs)
            weights = list(function.parameters()) if isinstance(function, nn.Module) else []
            learning = [one for one in (*inputs, *weights) if one.requires_grad]
            results = [one for one in several(function(*inputs)) if one.is_floating_point()]
            if not learning or not results:
                continue
            sum((one * torch.randn_like(one)).sum() for one in results).backward()  # type: ignore[union-attr]
            assert all(one.grad is not None and bool(one.grad.isfinite().all()) for one in learning)
            assert any(bool(one.grad.any()) for one in learning if one.grad is not None)

    @pytest.mark.parametrize("batch", [1, 2, 5])
    def test_that_samples_do_not_mix_outside_training(self, layer: Layer, fitting: list[Example], batch: int) -> None:
        for example in fitting:
            inputs = tensors(example, batch)
            function = runner(layer, inputs, training=False)
            together = several(function(*inputs))
            assert all(len(one) == batch for one in together)
            for place in range(batch):
                alone = several(function(*(one[place : place + 1] for one in inputs)))
                for one, many in zip(alone, together, strict=True):
                    torch.testing.assert_close(one[0], many[place], atol=1e-4, rtol=1e-4)

    def test_that_the_same_seed_gives_the_same_numbers(self, layer: Layer, fitting: list[Example]) -> None:
        for example in fitting:
            inputs = tensors(example, 3)
            first, second = (apply(layer, inputs, seed=7) for _ in range(2))
            assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))

    def test_that_an_input_of_another_rank_or_dtype_is_taken_or_refused_in_words(self, layer: Layer) -> None:
        count = sum(2 if port.many else 1 for port in layer.inputs())
        shapes: list[Shape] = [(), *SAMPLES, (2, 2, 2, 2, 2)]
        for shape in shapes:
            for dtype in ("float32", "int64"):
                self.refusal_or_none(layer, ((shape, dtype),) * count)

    def refusal_or_none(self, layer: Layer, example: Example) -> str | None:
        """The words in which an input is refused; None if it is taken. Anything but words fails."""
        try:
            with torch.device("meta"):
                apply(layer, tensors(example, 2, device="meta"))
        except ValueError as error:
            assert layer.kind() in str(error), "a refusal names the layer"
            assert str(error)[0].isupper()
            assert str(error).endswith(".")
            return str(error)
        return None

    def test_that_an_assembled_network_computes_the_same_for_any_batch(
        self, declaration: type[Layer], fitting: list[Example]
    ) -> None:
        for example in fitting:
            network = alone(declaration, example)
            for batch in (1, 3):
                inputs = tensors(example, batch)
                traced = several(network.eval()(*inputs))
                module = getattr(network, "tried", None)
                direct = several(module(*inputs)) if module is not None else apply(declaration(), inputs)
                assert all(torch.equal(a, b) for a, b in zip(traced, direct, strict=True))

    def test_that_it_computes_in_bfloat16(self, layer: Layer, fitting: list[Example]) -> None:
        for example in fitting:
            inputs = tensors(example, 2)
            with torch.autocast("cpu", torch.bfloat16):
                reduced = apply(layer, inputs)
            assert [one.shape for one in reduced] == [one.shape for one in apply(layer, inputs)]
            assert all(bool(one.isfinite().all()) for one in reduced)


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
        renewed.load_state_dict(second.state_dict())
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
        import json

        whole = list(_Drive(declaration(), 12, 5).rates())
        first, second = _Drive(declaration(), 12, 5), _Drive(declaration(), 12, 5)
        begun = [rate for rate, _ in zip(first.rates(), range(25), strict=False)]
        second.resume(json.loads(json.dumps(first.state())))
        assert begun + list(second.rates(start=25)) == pytest.approx(whole, rel=1e-12)


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
        from engine.spec import TensorSpec

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

    def test_that_tallies_of_batches_add_up_to_that_of_the_whole(self, task: Any) -> None:
        batch = self.batch(12)
        outputs = self.answers(batch, right=False)
        parts = [
            ({name: one[part] for name, one in outputs.items()}, {name: one[part] for name, one in batch.items()})
            for part in (slice(0, 5), slice(5, 6), slice(6, 12))
        ]
        assert self.measure(task, parts) == pytest.approx(self.measure(task, [(outputs, batch)]), rel=1e-5)

    def test_that_outputs_in_bfloat16_are_judged(self, task: Any) -> None:
        batch = self.batch(12)
        outputs = {name: one.to(torch.bfloat16) for name, one in self.answers(batch, right=True).items()}
        assert task.loss(torch, outputs, batch, self.facts()).isfinite()
        assert all(isinstance(one, float) for one in self.measure(task, [(outputs, batch)]).values())

    def measure(self, task: Any, parts: Sequence[tuple[dict[str, Tensor], dict[str, Tensor]]]) -> dict[str, float]:
        """The metrics over some batches, the way the loop takes them."""
        tallies = [task.tally(torch, outputs, batch, self.facts()) for outputs, batch in parts]
        summed = {name: sum(one[name] for one in tallies).cpu().numpy() for name in tallies[0]}
        found: dict[str, float] = task.metrics(summed, self.facts())
        return found


# What the suites do their work with


@cache
def loaded_by(module: str) -> str:
    """The heavy libraries that importing a module in a fresh interpreter loads."""
    code = f"import sys, {module}; print(' '.join(one for one in {HEAVY!r} if one in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def variations(declaration: type[Declaration]) -> Iterator[dict[str, Any]]:
    """Each parameter at another value than its default, where such a value is allowed."""
    for parameter in declaration.parameters():
        for value in _others(parameter):
            try:
                declaration.made({parameter.name: value})
            except ParameterError:
                continue
            yield {parameter.name: value}


def _others(parameter: Parameter) -> Sequence[Any]:
    if parameter.choices:
        return parameter.choices
    if parameter.type == "bool":
        return (not parameter.default,)
    if parameter.type == "int":
        return ((parameter.default or 0) + 1,)
    if parameter.type == "float":
        return ((parameter.default or 0.0) * 0.75, 0.125)
    return ("other",) if parameter.type in ("str", "path") else ()


def outside(parameter: Parameter) -> Iterator[float]:
    """Numbers just out of a parameter's bounds."""
    if parameter.type not in ("int", "float"):
        return
    for bound, beyond in ((parameter.min, -1), (parameter.max, 1), (parameter.above, 0), (parameter.below, 0)):
        if bound is not None:
            yield bound + beyond if parameter.type == "float" else int(bound) + beyond


def tensors(example: Example, batch: int, *, device: str = "cpu") -> list[Tensor]:
    """Inputs of an example's shapes; the same numbers for the same example."""
    generator = torch.Generator().manual_seed(1)
    made = []
    for shape, dtype in example:
        size = (batch, *shape)
        whole = dtype == "int64"
        one = torch.randint(8, size, generator=generator) if whole else torch.randn(size, generator=generator)
        made.append(one.to(device))
    return made


def runner(layer: Any, inputs: Sequence[Tensor], *, training: bool = True) -> Any:
    """The layer's module, made for such inputs, or its expression as a function."""
    if not layer.builds():
        return lambda *given: layer.call(torch, *given)
    torch.manual_seed(3)
    return layer.build(nn, *(one.detach().to("meta") for one in inputs)).train(training)


def apply(layer: Any, inputs: Sequence[Tensor], *, seed: int = 3) -> tuple[Tensor, ...]:
    """What a freshly made layer gives for some inputs."""
    function = runner(layer, inputs)
    torch.manual_seed(seed)
    return several(function(*inputs))


def several(result: Any) -> tuple[Tensor, ...]:
    """One tensor or several, as several."""
    return tuple(result) if isinstance(result, tuple | list) else (result,)


def alone(declaration: type[Layer], example: Example) -> fx.GraphModule:
    """A network of the layer (its node is called `tried`) between Inputs and Outputs, assembled."""
    ports = [port.name for port in declaration.inputs() for _ in range(2 if port.many else 1)]
    inputs = [
        Node(id=f"in_{place}", kind="Input", parameters=FrozenDict(column=str(place), shape=shape, dtype=dtype))
        for place, (shape, dtype) in enumerate(example)
    ]
    outputs = [Node(id=f"out_{one}", kind="Output", parameters=FrozenDict(name=one)) for one in declaration.outputs]
    links = [Link(source=one.id, target="tried", input=port) for one, port in zip(inputs, ports, strict=True)]
    links += [Link(source="tried", output=one, target=f"out_{one}") for one in declaration.outputs]
    graph = Graph(nodes=(*inputs, Node(id="tried", kind=declaration.kind()), *outputs), links=tuple(links))
    torch.manual_seed(3)
    return assemble(Project(networks=FrozenDict(model=graph)), Catalogue([declaration]), None)


def _takes(layer: Layer, example: Example) -> bool:
    try:
        with torch.device("meta"):
            apply(layer, tensors(example, 2, device="meta"))
    except ValueError:
        return False
    return True


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
        self.loss().backward()  # type: ignore[no-untyped-call]
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
