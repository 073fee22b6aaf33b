"""Declarations and the catalogue that collects them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

import pytest

from engine.spec import Catalogue, Component, Layer, ParameterError, Search, field


class Scale(Layer):
    """Multiply by a number.

    More about it.
    """

    factor: float = field(2.0, min=0, help="What to multiply by.")
    mode: Literal["up", "down"] = "up"
    sizes: tuple[int, ...] = ()

    def call(self, torch: Any, x: Any, *rest: Any, mask: Any = None) -> Any:
        return x * self.factor


def test_that_ports_are_read_off_the_signature() -> None:
    ports = {port.name: (port.many, port.optional) for port in Scale.inputs()}
    assert ports == {"x": (False, False), "rest": (True, False), "mask": (False, True)}


def test_that_a_form_learns_type_default_bounds_and_help_from_the_declaration() -> None:
    factor, mode, sizes = Scale.parameters()
    assert (factor.type, factor.default, factor.min, factor.help) == ("float", 2.0, 0, "What to multiply by.")
    assert (mode.type, mode.choices) == ("choice", ("up", "down"))
    assert (sizes.type, sizes.default) == ("ints", ())


def test_that_the_tooltip_is_the_docstrings_first_line() -> None:
    assert Scale.summary() == "Multiply by a number."


@pytest.mark.parametrize(
    ("parameters", "parameter", "says"),
    [
        ({"factor": -1}, "factor", "greater than or equal to 0"),
        ({"factor": "many"}, "factor", "valid number"),
        ({"mode": "left"}, "mode", "'up' or 'down'"),
        ({"speed": 1}, "speed", "no parameter 'speed'"),
    ],
)
def test_that_a_bad_parameter_is_named_with_the_reason(parameters: dict[str, Any], parameter: str, says: str) -> None:
    with pytest.raises(ParameterError, match=says) as caught:
        Catalogue([Scale]).make(Layer, Component(kind="Scale", parameters=parameters))
    assert caught.value.parameter == parameter


def test_that_an_unknown_kind_is_said_to_be_unknown() -> None:
    with pytest.raises(ParameterError, match="'Gone' is not a known layer"):
        Catalogue().make(Layer, Component(kind="Gone"))


def test_that_a_search_mark_counts_as_its_first_value() -> None:
    made = Catalogue([Scale]).make(Layer, Component(kind="Scale", parameters={"factor": Search(low=3, high=9)}))
    assert made == Scale(factor=3)


def test_that_a_name_is_taken_once_and_the_second_is_listed_with_the_reason() -> None:
    other = type("Scale", (Layer,), {"__doc__": "Another.", "__module__": "other", "call": Scale.call})
    found = Catalogue([Scale, other])
    assert found.layers["Scale"] is Scale
    assert "taken by" in found.failures["other.Scale"]


def test_that_a_broken_module_is_listed_with_its_reason_and_harms_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "a_pack_for_this_test"
    pack.mkdir()
    (pack / "__init__.py").write_text('"""A pack."""\n')
    (pack / "broken.py").write_text("import a_module_that_is_not_there\n")
    (pack / "_private.py").write_text("raise RuntimeError('private modules are not read')\n")
    (pack / "good.py").write_text(
        "from engine.spec import Layer\n"
        "class Fine(Layer):\n"
        "    '''Fine.'''\n"
        "    def call(self, torch, x):\n"
        "        return x\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    found = Catalogue.load(["a_pack_for_this_test", "no_such_pack"])
    for name in [name for name in sys.modules if name.startswith("a_pack_for_this_test")]:
        monkeypatch.delitem(sys.modules, name)
    assert "Fine" in found.layers
    assert found.failures.keys() == {"a_pack_for_this_test.broken", "no_such_pack"}
