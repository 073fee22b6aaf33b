"""Analysis: what every node gives, what it costs, and what is wrong, before anything is trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.flow import Flow, Follower, Station
from engine.mends import Mender
from engine.probe import BATCH, Signal
from engine.spec import (
    Block,
    Catalogue,
    Component,
    DataError,
    Declaration,
    Facts,
    Graph,
    Input,
    Mend,
    Node,
    Optimizer,
    ParameterError,
    Problem,
    Project,
    Schedule,
    Task,
    TensorSpec,
    mended,
)

MENDED = 20
"""Problems of a network that mends are looked for; a network with more has one cause that is found among these."""


@dataclass(frozen=True, slots=True)
class NodeReport:
    """One node: outputs by port, trainable numbers, and per sample the forward FLOPs and the outputs' bytes."""

    outputs: dict[str, TensorSpec]
    parameters: int
    flops: int
    activation_bytes: int

    def to_json(self) -> dict[str, Any]:
        """As `netloom check --json` prints it; the batch's size is the word "batch"."""
        shapes = {
            port: {"shape": ["batch" if size is None else size for size in spec.shape], "dtype": spec.dtype}
            for port, spec in self.outputs.items()
        }
        return {
            "outputs": shapes,
            "parameters": self.parameters,
            "flops": self.flops,
            "activation_bytes": self.activation_bytes,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a project's networks, and every problem found."""

    networks: dict[str, dict[str, NodeReport]]
    problems: tuple[Problem, ...]
    training: dict[str, Any] | None = None
    """Memory and time of a training step, where they were asked for (see `engine.fit`)."""

    @property
    def nodes(self) -> dict[str, NodeReport]:
        """The nodes of the network called "model"."""
        return self.networks.get("model", {})

    @property
    def totals(self) -> dict[str, int]:
        """Sums over "model": `parameters`, and per sample `flops` and `activation_bytes`."""
        return {
            name: sum(getattr(one, name) for one in self.nodes.values())
            for name in ("parameters", "flops", "activation_bytes")
        }

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the project from being trained."""
        return tuple(one for one in self.problems if one.severity == "error")

    def to_json(self) -> dict[str, Any]:
        """As the service answers and `netloom check --json` prints."""
        networks = {
            name: {"nodes": {node: one.to_json() for node, one in nodes.items()}}
            for name, nodes in self.networks.items()
        }
        problems = [one.model_dump(exclude_defaults=True) | {"severity": one.severity} for one in self.problems]
        return {
            "nodes": networks.get("model", {}).get("nodes", {}),
            "networks": networks,
            "problems": problems,
            "totals": self.totals,
            **({} if self.training is None else {"training": self.training}),
        }


def analyze(project: Project, catalogue: Catalogue, facts: Facts | None = None, *, mends: bool = True) -> Report:
    """Say of every node what it gives and costs, and of the project what is wrong with it.

    `facts` are what is known of the data; without them a network is followed only where its Inputs say a shape. What a
    node was found to do is remembered by layer and input shapes, so an edit costs only what lies downstream of it.
    Ways out of problems are looked for where somebody may take them (`mends`).
    """
    follower = Follower(project, catalogue, facts)
    inner = {
        str(node.parameters.get("network", ""))
        for graph in project.networks.values()
        for node in graph.of_kind(Block.kind())
    }
    flows = {name: follower.follow(name) for name in project.networks if name == "model" or name not in inner}
    spare = [name for name in flows if name != "model"]
    reached = dict(flows)
    for flow in flows.values():
        for deeper in _inside(flow):
            reached.setdefault(deeper.network, deeper)
    networks = {name: _reports(flow) for name, flow in reached.items()}
    problems = [problem for flow in reached.values() for problem in _mended(follower, flow, flow.problems, mends)]
    problems = [problem for one in problems for problem in (_of_spare(project, one) if one.network in spare else [one])]
    problems += _of_components(project, catalogue)
    if not any(one.severity == "error" for one in problems):
        problems += _of_task(follower, flows.get("model"), mends)
    for flow in flows.values():
        problems += _mended(follower, flow, _unread(flow), mends)
    return Report(networks, tuple(problems))


def _mended(follower: Follower, flow: Flow, problems: Iterable[Problem], wanted: bool = True) -> Iterator[Problem]:
    """Problems of a network, with what would mend them where that is wanted."""
    mender = Mender(follower, flow)
    for place, problem in enumerate(problems):
        mend = mender.mend(problem) if wanted and place < MENDED else None
        yield problem if mend is None else problem.having(mend=mend)


def inside(
    project: Project, catalogue: Catalogue, facts: Facts | None = None, *, root: str = "model", path: Sequence[str] = ()
) -> Report:
    """What is known within a block, as it is used in that very place; of several copies within the first.

    `path` are the ids of the blocks from the network `root` inward. Where no data gets that far, nothing is known.
    """
    follower = Follower(project, catalogue, facts)
    if root not in project.networks:
        return Report({}, ())
    flow = follower.follow(root)
    for block in path:
        station = flow.stations.get(block)
        if station is None or not station.inside:
            return Report({}, ())
        flow = station.inside[0]
    return Report({flow.network: _reports(flow)}, tuple(_mended(follower, flow, flow.problems)))


def _of_spare(project: Project, problem: Problem) -> Iterator[Problem]:
    """What to say of a network that is kept for later: nothing of what enters it, and nothing that stops a run."""
    graph: Graph = project.networks[str(problem.network)]
    if problem.node is None or graph[problem.node].kind != Input.kind():
        yield problem.having(severity="warning")


def _inside(flow: Flow) -> Iterator[Flow]:
    """The flows of the blocks in a network, and of those in them; copies that are alike, once."""
    for station in flow.stations.values():
        for inner in {id(one): one for one in station.inside}.values():
            yield inner
            yield from _inside(inner)


def _reports(flow: Flow) -> dict[str, NodeReport]:
    return {node: _report(station) for node, station in flow.stations.items()}


def _report(station: Station) -> NodeReport:
    outputs = {port: _spec(signal) for port, signal in station.outputs.items()}
    return NodeReport(outputs, station.parameters, station.flops, station.activation_bytes)


def _spec(signal: Signal) -> TensorSpec:
    batch = (None,) if signal.shape[:1] == (BATCH,) else signal.shape[:1]
    return TensorSpec(shape=(*batch, *signal.shape[1:]), dtype=signal.dtype)


def _of_components(project: Project, catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the task's and the training's own parameters."""
    families: list[tuple[str, type[Declaration], Component]] = [
        ("task", Task, project.task),
        ("training", Optimizer, project.training.optimizer),
        ("training", Schedule, project.training.schedule),
    ]
    for section, family, component in families:
        try:
            catalogue.make(family, component)
        except ParameterError as error:
            yield Problem(message=str(error), section=section, parameter=error.parameter)
    if not project.model.nodes:
        yield Problem(
            message="The network is empty. Drag layers onto the canvas, from Input to Output.", network="model"
        )


def _of_task(follower: Follower, flow: Flow | None, wanted: bool) -> Iterator[Problem]:
    """What does not fit between network, task and data, anchored at the Output that it is about."""
    if follower.facts is None or flow is None:
        return
    for problem in _task_problems(follower, flow):
        node = next((one for one in flow.graph.of_kind("Output") if _name(one) == problem.port), None)
        if problem.node is not None or node is None:
            yield problem.having(remedies=())
            continue
        mends = Mender(follower, flow).of_task(problem, node) if wanted else ()
        mend = problem.mend or next((one for one in mends if _helps(follower, one, problem)), None)
        yield problem.having(network=flow.network, node=node.id, port="x", mend=mend, remedies=())


def _task_problems(follower: Follower, flow: Flow) -> list[Problem]:
    assert follower.facts is not None
    task = follower.catalogue.make(Task, follower.project.task)
    try:
        return list(task.check({name: _spec(one) for name, one in flow.outputs.items()}, follower.facts))
    except DataError as error:
        return [Problem(message=str(error), section="task", parameter=error.parameter)]


def _helps(follower: Follower, mend: Mend, problem: Problem) -> bool:
    """Whether the task has nothing more to say of an output once the network is mended."""
    try:
        after = replace(follower, project=mended(follower.project, mend), known={})
    except ValueError:
        return False
    flow = after.follow(mend.network)
    return not flow.problems and all(one.port != problem.port for one in _task_problems(after, flow))


def _name(output: Node) -> str:
    return str(output.parameters.get("name", "prediction"))


def _unread(flow: Flow) -> Iterator[Problem]:
    """Nodes whose results nobody reads: harmless, but rarely meant. One that is wrong has been told of already.

    Of a branch that leads nowhere only the end is told of.
    """
    wrong = {one.node for one in flow.problems}
    for name in flow.stations if any(flow.graph.of_kind("Output")) else ():
        if not flow.graph.outgoing[name] and name not in wrong and flow.graph[name].kind != "Output":
            message = "Nothing reads what this node gives, so it is left out of the training."
            yield Problem(message=message, severity="warning", network=flow.network, node=name, cause="unread")
