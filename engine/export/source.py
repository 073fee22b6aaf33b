"""The file: imports, what packs bring along, a class for every kind of block, and the network."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assemble import GraphError
from engine.export.adopted import Adopted
from engine.export.blocks import BlockClass, class_name, classes_of
from engine.export.body import Body, Call, Value
from engine.export.imports import import_blocks
from engine.export.naming import TAKEN, forward
from engine.export.rendering import Head, module_class
from engine.export.writing import BodyWriter, leading_out
from engine.flow import Flow, Follower
from engine.probe import in_words
from engine.spec import Catalogue, Facts, Problem, Project


def source_of(project: Project, catalogue: Catalogue, facts: Facts | None, *, network: str = "model") -> str:
    """A network as the source of a module that needs PyTorch, and torchvision where its own layers are used.

    Its class takes tensors in the order in which assembling does, its weights have the same names, and it gives the
    same numbers. Raise `GraphError` where the network has a problem, `ExportError` where a layer cannot be written.
    """
    if network not in project.networks:
        raise GraphError((Problem(message=f"The project has no network '{network}'.", network=network),))
    flow = Follower(project, catalogue, facts).follow(network)
    errors = tuple(one for one in flow.problems if one.severity == "error")
    if errors:
        raise GraphError(errors)
    return _File(project, flow).text()


class _File:
    """Gathers what the file holds, the innermost first."""

    def __init__(self, project: Project, flow: Flow) -> None:
        self._project = project
        self._flow = flow
        self._adopted = Adopted()
        self._classes: list[BlockClass] = []
        self._calls: dict[int, Call] = {}
        """What makes the copy of a block, by the identity of its flow."""

    def text(self) -> str:
        main = class_name(self._flow.network, ())
        for network, flows in _copies(self._flow).items():
            self._define(network, flows, main)
        body = self._body(self._flow)
        self._name_inputs(body)
        lines = forward(body)
        head = Head(name=main, about=self._summary(), takes=_takes(body.inputs))
        model = module_class(head, body.members, lines)
        parts = [*self._adopted.definitions.values(), *(_block(one) for one in self._classes), model]
        if any("F." in one for one in parts):
            self._adopted.imports.add("from torch.nn import functional as F")
        return "\n\n\n".join([self._head(main), *parts]) + "\n"

    def _define(self, network: str, flows: list[Flow], main: str) -> None:
        bodies = [self._body(flow) for flow in flows]
        taken = {main, *self._adopted.definitions, *(one.name for one in self._classes)}

        def name() -> str:
            found = class_name(network, taken)
            taken.add(found)
            return found

        for one in classes_of(self._project.networks[network], bodies, name):
            self._classes.append(one)
            self._calls |= {id(body.flow): one.call(place) for place, body in enumerate(one.bodies)}

    def _body(self, flow: Flow) -> Body:
        return BodyWriter(flow, self._adopted, lambda copy: self._calls[id(copy)]).write()

    def _name_inputs(self, body: Body) -> None:
        """The network's own inputs are called by the data that enters, where that can be a variable's name."""
        nodes = {one.hint: self._flow.graph[one.hint] for one in body.inputs}
        columns = [str(node.parameters.get("column", "image")) for node in nodes.values()]
        for value, column in zip(body.inputs, columns, strict=True):
            free = column.isidentifier() and column not in TAKEN and columns.count(column) == 1
            value.name = column if free and column not in self._flow.graph.index else value.hint

    def _summary(self) -> str:
        stations = self._flow.stations
        shapes = [in_words(one.outputs["output"]) for one in stations.values() if one.node.kind == "Input"]
        gives = [in_words(one) for one in self._flow.outputs.values()]
        return f"From {' and '.join(shapes)} to {' and '.join(gives)}."

    def _head(self, main: str) -> str:
        blocks = ["\n".join(lines) for lines in import_blocks(self._adopted.imports)]
        title = " ".join(self._project.name.replace('"', "'").replace("\\", "/").split())
        usage = f'    model = {main}()\n    model.load_state_dict(load_file("model.safetensors"))  # safetensors.torch'
        head = f'"""{title}: a network drawn in Netloom, as plain PyTorch.\n\n{usage}\n"""'
        return "\n\n".join([head, "from __future__ import annotations", *filter(None, blocks)])


def _copies(flow: Flow) -> dict[str, list[Flow]]:
    """The different copies of every block, by network, a block behind those that it uses."""
    found: dict[str, dict[int, Flow]] = {}

    def walk(outer: Flow) -> None:
        needed = leading_out(outer)
        for station in outer.stations.values():
            for copy in station.inside if station.node.id in needed else ():
                if id(copy) not in found.get(copy.network, {}):
                    walk(copy)
                    found.setdefault(copy.network, {})[id(copy)] = copy

    walk(flow)
    return {name: list(copies.values()) for name, copies in _inner_first(found)}


def _inner_first(found: dict[str, dict[int, Flow]]) -> Iterator[tuple[str, dict[int, Flow]]]:
    uses = {
        name: {inner.network for flow in flows.values() for one in flow.stations.values() for inner in one.inside}
        for name, flows in found.items()
    }
    done: set[str] = set()
    while len(done) < len(found):
        for name, flows in found.items():
            if name not in done and uses[name] & found.keys() <= done:
                done.add(name)
                yield name, flows


def _block(one: BlockClass) -> str:
    arguments = "".join(f", {given.name}{f': {given.type}' if given.type else ''}" for given in one.varying)
    takes = _takes(one.bodies[0].inputs)
    about = f"The block “{one.bodies[0].flow.network}”."
    return module_class(Head(name=one.name, about=about, arguments=arguments, takes=takes), one.members, one.forward)


def _takes(inputs: list[Value]) -> str:
    return ", ".join(f"{one.name}: torch.Tensor" for one in inputs)
