"""Declared parameters: `field` says what a value may be, `Parameter` tells it to an inspector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from engine.spec.value import Value

ParameterType = Literal["int", "float", "bool", "str", "choice", "ints", "floats", "path"]


def field(  # noqa: PLR0913 - the words of one form
    default: Any = ...,
    *,
    min: float | None = None,  # noqa: A002 - the words of a form, as in every declaration
    max: float | None = None,  # noqa: A002
    above: float | None = None,
    below: float | None = None,
    choices: Sequence[Any] = (),
    log: bool = False,
    step: float | None = None,
    unit: str = "",
    help: str = "",  # noqa: A002
    label: str = "",
    advanced: bool = False,
    path: Literal["", "file", "folder"] = "",
) -> Any:
    """Declare a parameter: its default, what it may be, and how a form shows it.

    `min` and `max` are inclusive, `above` and `below` exclusive. `log` and `step` shape the editor's dial
    and the range a search is first offered. `path` marks a string as a file's or a folder's place.
    """
    hints = {"log": log, "step": step, "unit": unit, "label": label, "advanced": advanced, "path": path}
    return Field(
        default,
        ge=min,
        le=max,
        gt=above,
        lt=below,
        description=help or None,
        json_schema_extra={**hints, "choices": list(choices)},
    )


@dataclass(frozen=True)
class Each:
    """Bounds of a parameter that is one whole number, or one for each dimension; both ends are inclusive."""

    ge: int
    le: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._within, handler(source))

    def _within(self, value: int | tuple[int, ...] | None) -> int | tuple[int, ...] | None:
        """The value; of numbers that are all the same, one stands for all."""
        several = value if isinstance(value, tuple) else () if value is None else (value,)
        if value == () or any(not self.ge <= one <= self.le for one in several):
            raise ValueError(f"must be from {self.ge} to {self.le}")
        return several[0] if isinstance(value, tuple) and len(set(value)) == 1 else value


class Parameter(Value):
    """One field of a declaration, as a form needs it."""

    name: str
    type: ParameterType
    default: Any = None
    required: bool = False
    optional: bool = False
    """Whether the value may be None."""
    several: bool = False
    """Whether the value may be several numbers, one for each dimension, in place of one for all."""
    min: float | None = None
    max: float | None = None
    above: float | None = None
    below: float | None = None
    choices: tuple[Any, ...] = ()
    log: bool = False
    step: float | None = None
    unit: str = ""
    help: str = ""
    label: str = ""
    advanced: bool = False
    path: Literal["", "file", "folder"] = ""

    @property
    def title(self) -> str:
        """What a form writes beside the field: the given label, or the parameter's own name."""
        return self.label or self.name


def describe(name: str, info: FieldInfo) -> Parameter:
    """The `Parameter` that a pydantic field amounts to."""
    annotation, optional = _without_none(info.annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    choices = tuple(get_args(annotation)) if get_origin(annotation) is Literal else tuple(extra.get("choices", ()))  # type: ignore[arg-type]
    bounds = {
        key: getattr(rule, key) for rule in info.metadata for key in ("ge", "le", "gt", "lt") if hasattr(rule, key)
    }
    return Parameter(
        name=name,
        type=_type(annotation, choices, str(extra.get("path") or "")),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        required=info.is_required(),
        optional=optional,
        several=_may_be_several(annotation),
        min=bounds.get("ge"),
        max=bounds.get("le"),
        above=bounds.get("gt"),
        below=bounds.get("lt"),
        choices=choices,
        help=info.description or "",
        **{key: extra[key] for key in ("log", "step", "unit", "label", "advanced", "path") if key in extra},  # type: ignore[arg-type]
    )


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, UnionType):
        rest = [one for one in get_args(annotation) if one is not NoneType]
        return (rest[0] if len(rest) == 1 else rest), len(rest) < len(get_args(annotation))
    return annotation, False


def _may_be_several(annotation: Any) -> bool:
    """Whether it is one whole number or a tuple of them: a union, taken apart."""
    kinds: list[Any] = annotation if isinstance(annotation, list) else []
    return int in kinds and any(get_origin(one) is tuple for one in kinds)


def _type(annotation: Any, choices: Sequence[Any], path: str) -> ParameterType:
    if path:
        return "path"
    if choices:
        return "choice"
    if isinstance(annotation, list):
        annotation = annotation[0]  # the form of one number, which several may stand in for
    if get_origin(annotation) is tuple:
        return "floats" if float in get_args(annotation) else "ints"
    known: dict[Any, ParameterType] = {int: "int", float: "float", bool: "bool", str: "str"}
    assert annotation in known, f"a parameter of type {annotation} has no editor"
    return known[annotation]


def parameters_of(model: type[Value]) -> tuple[Parameter, ...]:
    """The plain fields of a value such as `Training` or `Split`, as a form needs them; nested values are left out."""
    return tuple(describe(name, info) for name, info in model.model_fields.items() if not _is_value(info.annotation))


def _is_value(annotation: Any) -> bool:
    """Whether it is no plain field: a value of several fields, some of them, or a mapping."""
    inner, _ = _without_none(annotation)
    origin = get_origin(inner)
    if origin is tuple:
        return any(_is_value(one) for one in get_args(inner))
    return isinstance(origin or inner, type) and issubclass(origin or inner, Value | Mapping)
