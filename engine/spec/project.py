"""Projects: everything a run is made from, as one immutable value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from engine.spec.dataset import Split
from engine.spec.declaration import Component
from engine.spec.graph import Graph, Node
from engine.spec.layer import Layer, Port
from engine.spec.parameter import Parameter, field
from engine.spec.search import first_of
from engine.spec.study import Study
from engine.spec.value import Frozen, FrozenDict, Value


class Training(Value):
    """How a network is trained."""

    epochs: int = field(10, min=1, max=100_000, help="How often the training split is gone through.")
    batch_size: int = field(64, min=1, max=1_000_000, help="Samples per step.")
    optimizer: Component = Component(kind="Adam")
    schedule: Component = Component(kind="Constant")
    seed: int = field(0, min=0, max=2**31, help="The same seed gives the same run on the same machine.")
    early_stop: int = field(
        0, min=0, help="Stop after this many epochs without improvement of the watched metric; 0 is never."
    )
    gradient_clip: float = field(0.0, min=0, help="Longest gradient (norm) that is let through; 0 is no limit.")
    accumulate: int = field(1, min=1, help="Batches whose gradients are added up before one optimizer step.")
    precision: Literal["float32", "bfloat16"] = field(
        "float32", help="bfloat16 computes most layers in half the memory (autocast)."
    )
    deterministic: bool = field(
        False, advanced=True, help="Use only algorithms that repeat bit for bit, even where slower."
    )
    checkpoint_every: float = field(
        60.0,
        min=0,
        unit="s",
        advanced=True,
        help="Seconds between checkpoints inside an epoch; every epoch's end has one.",
    )
    compile: bool = field(
        False, advanced=True, help="Compile the network with torch.compile: slow to start, faster steps."
    )
    marks: Frozen = FrozenDict()
    """`Search` by name of a field above, whose value stays what it is outside of a search."""


class Project(Value):
    """Networks, data, task and training settings. A run trains one frozen project."""

    name: str = "Untitled"
    about: str = ""
    networks: Frozen = FrozenDict()
    """`Graph` by name; most tasks train the one called "model"."""
    dataset: Component | None = None
    split: Split = Split()
    task: Component = Component(kind="Classify")
    training: Training = Training()
    study: Study = Study()

    @property
    def model(self) -> Graph:
        """The network called "model", empty if there is none yet."""
        graph: Graph = self.networks.get("model", Graph())
        return graph

    def with_network(self, name: str, graph: Graph) -> Project:
        """The project with one network replaced or added."""
        changed: Project = self.having(networks=FrozenDict({**self.networks, name: graph}))
        return changed

    def ports(self, node: Node, layers: Mapping[str, type[Layer]]) -> tuple[tuple[Port, ...], tuple[str, ...]] | None:
        """A node's input and output ports; those of a block are the inputs and outputs of the network it names.

        None when the node's kind is unknown, or a block names no network.
        """
        if node.kind == "Block":
            inner = self.networks.get(str(first_of(node.parameters.get("network", ""))))
            if inner is None:
                return None
            outputs = tuple(str(one.parameters.get("name", "prediction")) for one in inner.of_kind("Output"))
            return tuple(Port(name=one.id) for one in inner.of_kind("Input")), outputs
        layer = layers.get(node.kind)
        return None if layer is None else (layer.inputs(), layer.outputs)

    def parameters_of(self, node: Node, layers: Mapping[str, type[Layer]]) -> tuple[Parameter, ...]:
        """What a node lets one set, as a form needs it; a block adds what its network exposes.

        An exposed parameter has the form of the first parameter inside that it sets, and that one's written value for
        its default. Nothing for a node of an unknown kind.
        """
        return self._parameters(node, layers, ())

    def _parameters(
        self, node: Node, layers: Mapping[str, type[Layer]], within: tuple[str, ...]
    ) -> tuple[Parameter, ...]:
        layer, network = layers.get(node.kind), str(first_of(node.parameters.get("network", "")))
        own = layer.parameters() if layer else ()
        if node.kind != "Block" or network not in self.networks or network in within:
            return own
        return (*own, *self._exposed(self.networks[network], layers, (*within, network)))

    def _exposed(self, graph: Graph, layers: Mapping[str, type[Layer]], within: tuple[str, ...]) -> Iterator[Parameter]:
        for one in graph.exposed:
            node, name = one.targets[0]
            inside = self._parameters(graph[node], layers, within)
            found = next((parameter for parameter in inside if parameter.name == name), None)
            if found is not None:
                default = graph[node].parameters.get(name, found.default)
                yield found.having(name=one.name, label="", default=default, required=False, advanced=False)

    def components(self) -> Iterator[tuple[str, Component]]:
        """Everything declared that the project uses, with its path (`training.optimizer`, `model.conv2d_1`)."""
        if self.dataset is not None:
            yield "dataset", self.dataset
        yield "task", self.task
        yield "training.optimizer", self.training.optimizer
        yield "training.schedule", self.training.schedule
        for name, graph in self.networks.items():
            for node in graph.nodes:
                yield f"{name}.{node.id}", node

    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits of what is trained; places, frames, name, notes and study make no difference."""
        data = _spare(self.model_dump(mode="json", exclude={"name", "about", "study", "networks"}))
        data["networks"] = {name: _essence(graph) for name, graph in self.networks.items()}
        text = json.dumps(data, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def trains_like(self, other: Project) -> bool:
        """Whether both have the same fingerprint, found in the time of what differs: edits share what they leave."""
        settings = [name for name in Project.model_fields if name not in ("name", "about", "study", "networks")]
        return (
            all(getattr(self, name) == getattr(other, name) for name in settings)
            and self.networks.keys() == other.networks.keys()
            and all(_trains_like(graph, other.networks[name]) for name, graph in self.networks.items())
        )

    def set(self, path: str, value: Any) -> Project:
        """The project with one setting replaced (`training.epochs`, `training.optimizer.lr`, `model.conv2d_1.bias`).

        A component itself may be set by its kind (`training.optimizer=SGD`). Raise ValueError where there is no
        such place.
        """
        from engine.spec.paths import put  # the path rules know projects

        return put(self, path, value)


def _trains_like(one: Graph, other: Graph) -> bool:
    if one is other:
        return True
    if (len(one.nodes), len(one.links), one.exposed) != (len(other.nodes), len(other.links), other.exposed):
        return False
    nodes = zip(one.nodes, other.nodes, strict=True)
    links = zip(one.links, other.links, strict=True)
    return all(a is b or a.having(position=b.position) == b for a, b in nodes) and all(
        a is b or a.ends == b.ends for a, b in links
    )


def _essence(graph: Graph) -> dict[str, Any]:
    """What of a graph is trained; what a later version added counts only where it is used."""
    data: dict[str, Any] = _spare(graph.model_dump(mode="json", include={"nodes", "links", "exposed"}))
    for node in data["nodes"]:
        del node["position"]
    for link in data["links"]:
        del link["via"]
    if not data["exposed"]:
        del data["exposed"]
    return data


LATER = ("muted", "optional", "variants", "marks")
"""Fields that a later version added."""


def _spare(data: Any) -> Any:
    """The same data without fields of a later version that are not used, so that fingerprints stay what they were."""
    if isinstance(data, dict):
        return {name: _spare(one) for name, one in data.items() if one or name not in LATER}
    return [_spare(one) for one in data] if isinstance(data, list) else data
