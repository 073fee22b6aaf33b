"""The catalogue: every declaration that the loaded packs offer, by kind."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import TypeVar

from engine.spec.dataset import Dataset
from engine.spec.declaration import Component, Declaration, ParameterError
from engine.spec.layer import STRUCTURAL, Layer
from engine.spec.optimizer import Optimizer, Schedule
from engine.spec.search import first_of
from engine.spec.study import Pruner, Sampler
from engine.spec.task import Task

D = TypeVar("D", bound=Declaration)

FAMILIES: tuple[type[Declaration], ...] = (Layer, Dataset, Task, Optimizer, Schedule, Sampler, Pruner)
SHIPPED = "plugins"
GROUP = "netloom.packs"


class Catalogue:
    """What packs declare. Importing a pack registers nothing; `Catalogue.load` collects."""

    def __init__(
        self, declarations: Iterable[type[Declaration]] = (), failures: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._families: dict[type[Declaration], dict[str, type[Declaration]]] = {family: {} for family in FAMILIES}
        self.failures: dict[str, str] = dict(failures)
        """Packs, or modules of one, that could not be loaded, with the reason."""
        for declaration in (*STRUCTURAL, *declarations):
            self._add(declaration)

    @classmethod
    def load(cls, packs: Iterable[str] | None = None) -> Catalogue:
        """Collect from the named packs; by default from all that ship and all that are installed (entry points)."""
        declarations: list[type[Declaration]] = []
        failures: dict[str, str] = {}
        for pack in installed() if packs is None else packs:
            for module in _modules(pack, failures):
                declarations += declared(module)
        return cls(declarations, failures)

    @property
    def layers(self) -> Mapping[str, type[Layer]]:
        """The kinds of node."""
        return self._family(Layer)

    @property
    def datasets(self) -> Mapping[str, type[Dataset]]:
        """The sources of data."""
        return self._family(Dataset)

    @property
    def tasks(self) -> Mapping[str, type[Task]]:
        """What can be learned."""
        return self._family(Task)

    @property
    def optimizers(self) -> Mapping[str, type[Optimizer]]:
        """The rules that turn gradients into steps."""
        return self._family(Optimizer)

    @property
    def schedules(self) -> Mapping[str, type[Schedule]]:
        """The ways a learning rate changes."""
        return self._family(Schedule)

    @property
    def samplers(self) -> Mapping[str, type[Sampler]]:
        """The ways to choose what a search tries next."""
        return self._family(Sampler)

    @property
    def pruners(self) -> Mapping[str, type[Pruner]]:
        """The ways to end trials early."""
        return self._family(Pruner)

    def make(self, family: type[D], component: Component) -> D:
        """Build the declaration a component stands for; a search mark counts as its first value.

        Raise `ParameterError` when the kind is unknown or a parameter cannot be used.
        """
        declaration = self._families[family].get(component.kind)
        if declaration is None:
            raise ParameterError(
                f"'{component.kind}' is not a known {family.__name__.lower()}; "
                "the pack that brings it may not be installed."
            )
        plain = {name: first_of(value) for name, value in component.parameters.items()}
        made: D = declaration.made(plain)
        return made

    def _family(self, family: type[D]) -> Mapping[str, type[D]]:
        return MappingProxyType(self._families[family])  # type: ignore[arg-type]

    def _add(self, declaration: type[Declaration]) -> None:
        kinds = next(kinds for family, kinds in self._families.items() if issubclass(declaration, family))
        taken = kinds.get(declaration.kind())
        if taken is not None and taken is not declaration:
            self.failures[f"{declaration.__module__}.{declaration.__name__}"] = (
                f"its name is taken by {taken.__module__}"
            )
            return
        kinds[declaration.kind()] = declaration


def installed() -> list[str]:
    """The packs that ship, then those of installed distributions (entry-point group `netloom.packs`)."""
    shipped = [
        f"{SHIPPED}.{one.name}" for one in pkgutil.iter_modules(importlib.import_module(SHIPPED).__path__) if one.ispkg
    ]
    return [*shipped, *(one.value for one in entry_points(group=GROUP))]


def declared(module: ModuleType) -> Iterator[type[Declaration]]:
    """The declarations that a module defines itself (not those it imports, nor private or abstract ones)."""
    for name, thing in vars(module).items():
        if (
            inspect.isclass(thing)
            and issubclass(thing, FAMILIES)
            and thing.__module__ == module.__name__
            and not name.startswith("_")
        ):
            yield thing


def _modules(pack: str, failures: dict[str, str]) -> Iterator[ModuleType]:
    """A pack's public modules; one that fails to import is written down and harms no other."""
    try:
        root = importlib.import_module(pack)
    except Exception as error:  # noqa: BLE001 - a pack is somebody's code and may fail in any way
        failures[pack] = f"{type(error).__name__}: {error}"
        return
    yield root
    for one in pkgutil.iter_modules(getattr(root, "__path__", ())):
        if not one.name.startswith("_"):
            yield from _modules(f"{pack}.{one.name}", failures)
