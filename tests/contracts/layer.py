"""What every layer keeps."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from torch import Tensor, fx, nn

from engine.assemble import assemble
from engine.spec import Catalogue, FrozenDict, Graph, Layer, Link, Node, Project
from tests.contracts.declaration import DeclarationContract, variations

Shape = tuple[int, ...]
Example = tuple[tuple[Shape, str], ...]
"""One input of a layer per entry: a sample's shape without the batch, and a dtype. Optional last inputs may lack."""

SAMPLES: tuple[Shape, ...] = ((8,), (8, 16), (8, 16, 16), (8, 4, 6, 8))


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
        found = [one for one in self.examples(layer) if takes(layer, one)]
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
            sum((one * torch.randn_like(one)).sum() for one in results).backward()
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

    def test_that_any_allowed_parameter_builds_or_is_refused_in_words(
        self, declaration: type[Layer], fitting: list[Example]
    ) -> None:
        for values in variations(declaration):
            for example in fitting:
                self.refusal_or_none(declaration.made(values), example)

    def refusal_or_none(self, layer: Layer, example: Example) -> str | None:
        """The words in which an input is refused; None if it is taken. Anything but words fails."""
        words = refusal(layer, example)
        if words is not None:
            assert layer.kind() in words, "a refusal names the layer"
            assert words[0].isupper()
            assert words.endswith(".")
        return words

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


def tensors(example: Example, batch: int, *, device: str = "cpu") -> list[Tensor]:
    """Inputs of an example's shapes; the same numbers for the same example."""
    generator = torch.Generator().manual_seed(1)
    made = []
    for shape, dtype in example:
        made.append(_random((batch, *shape), dtype, generator).to(device))
    return made


def _random(size: Shape, dtype: str, generator: torch.Generator) -> Tensor:
    if dtype == "int64":
        return torch.randint(8, size, generator=generator)
    if dtype == "bool":  # as a mask that hides the end of some samples and the whole of none
        hidden = torch.randint(size[-1], (*size[:-1], 1), generator=generator)
        return torch.arange(size[-1]) >= size[-1] - hidden
    return torch.randn(size, generator=generator)


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
    links = [Link(source=one.id, target="tried", input=port) for one, port in zip(inputs, ports, strict=False)]
    links += [Link(source="tried", output=one, target=f"out_{one}") for one in declaration.outputs]
    graph = Graph(nodes=(*inputs, Node(id="tried", kind=declaration.kind()), *outputs), links=tuple(links))
    torch.manual_seed(3)
    return assemble(Project(networks=FrozenDict(model=graph)), Catalogue([declaration]), None)


def refusal(layer: Layer, example: Example) -> str | None:
    """What a layer says when it refuses an input; None if it is taken."""
    try:
        with torch.device("meta"):
            apply(layer, tensors(example, 2, device="meta"))
    except ValueError as error:
        return str(error)
    return None


def takes(layer: Layer, example: Example) -> bool:
    """Whether a layer computes with such inputs; how it says no is another test's matter."""
    try:
        return refusal(layer, example) is None
    except (IndexError, RuntimeError, TypeError):
        return False
