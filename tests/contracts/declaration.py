"""What every kind of declaration keeps."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, ClassVar

import pytest

from engine.spec import (
    Declaration,
    FrozenDict,
    Graph,
    Node,
    Parameter,
    ParameterError,
    Project,
    format_project,
    parse_project,
)

HEAVY = ("torch", "PySide6", "pandas", "sklearn", "mlflow", "optuna")


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
