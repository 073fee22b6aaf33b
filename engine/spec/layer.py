"""Layers: the declared kinds of node, with their ports read off the method's signature."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any, ClassVar

from pydantic import ConfigDict

from engine.spec.declaration import Declaration
from engine.spec.parameter import field
from engine.spec.value import Value


class Port(Value):
    """Where links end at a node."""

    name: str
    many: bool = False
    """Any number of links may end here, in order."""
    optional: bool = False


class Layer(Declaration):
    """A kind of node: its parameters and one method.

    A layer with weights says `build(self, nn, x, ...) -> nn.Module`, where the inputs are meta tensors
    (shape and dtype, no data) and the module is later called with the real ones. A layer without says
    `call(self, torch, x, ...) -> Tensor` (or a tuple, one tensor per name in `outputs`). The arguments after
    the first are the input ports: `*xs` takes any number of links, a default of None makes a port optional.
    """

    outputs: ClassVar[tuple[str, ...]] = ("output",)

    @classmethod
    def builds(cls) -> bool:
        """Whether the layer makes a module (with weights or a state) rather than an expression."""
        return hasattr(cls, "build")

    @classmethod
    def inputs(cls) -> tuple[Port, ...]:
        """The input ports, in the order of the method's arguments."""
        return _ports(cls)


@cache
def _ports(cls: type[Layer]) -> tuple[Port, ...]:
    method: Any = getattr(cls, "build", None) or getattr(cls, "call", None)
    assert method is not None, f"{cls.__name__} has neither build nor call"
    arguments = list(inspect.signature(method).parameters.values())[2:]
    return tuple(
        Port(name=one.name, many=one.kind is one.VAR_POSITIONAL, optional=one.default is None) for one in arguments
    )


class Input(Layer):
    """Where a column of the data enters the network."""

    category = "Network"
    synonyms = ("source", "data", "placeholder")

    column: str = field("image", help="The column of the dataset that enters here.")
    shape: tuple[int, ...] = field(
        (), advanced=True, help="Shape of one sample, used where no dataset gives the column. Leave empty otherwise."
    )
    dtype: str = field("float32", advanced=True, choices=("float32", "int64", "bool"), help="Used together with shape.")

    @classmethod
    def inputs(cls) -> tuple[Port, ...]:
        """None: the data comes from outside."""
        return ()


class Output(Layer):
    """What the network gives to the task."""

    category = "Network"
    synonyms = ("result", "prediction", "sink")
    outputs = ()

    name: str = field("prediction", help="The name by which the task finds it.")

    def call(self, torch: Any, x: Any) -> Any:
        """Hand the tensor through unchanged."""
        return x


class Block(Layer):
    """Another network of the project used as one node, repeated if wished.

    Besides its own two parameters it takes those that the network exposes (see `Project.parameters_of`).
    """

    model_config = ConfigDict(extra="allow")

    category = "Network"
    synonyms = ("subgraph", "group", "module", "residual", "repeat")

    network: str = field("", help="The network to use.")
    repeat: int = field(1, min=1, max=1000, help="How many copies, one after the other, each with its own weights.")

    @classmethod
    def inputs(cls) -> tuple[Port, ...]:
        """Unknown to the declaration: they are the inputs of the network it names (see `Project.ports`)."""
        return ()


class Bypass(Layer):
    """What a muted node does: hand on what arrives."""

    def call(self, torch: Any, *xs: Any) -> Any:
        return xs


STRUCTURAL: tuple[type[Layer], ...] = (Input, Output, Block)
