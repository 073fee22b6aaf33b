"""Immutable values: what a project is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NoReturn, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer

Json: TypeAlias = Any
"""Anything the standard `json` module writes and reads back equal."""


class Value(BaseModel):
    """A frozen record, compared by content; an edit makes a new one."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=False)

    def having(self, **changes: Any) -> Any:
        """The same value with some fields replaced, without validating the untouched ones again."""
        unknown = changes.keys() - type(self).model_fields.keys()
        assert not unknown, f"{type(self).__name__} has no {sorted(unknown)}"
        return type(self).model_construct(
            **{**{name: getattr(self, name) for name in type(self).model_fields}, **changes}
        )


class FrozenDict(dict[str, Any]):
    """A dictionary that refuses to change, so that values may share it."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping belongs to an immutable value; make a new one instead")

    __setitem__ = __delitem__ = update = pop = popitem = clear = setdefault = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset((key, repr(value)) for key, value in self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)

    def __deepcopy__(self, _: dict[int, Any]) -> FrozenDict:
        return self

    def set(self, **changes: Any) -> FrozenDict:
        """The same mapping with some keys replaced or added."""
        return FrozenDict({**self, **changes})

    def without(self, *keys: str) -> FrozenDict:
        """The same mapping with some keys left out."""
        return FrozenDict({key: value for key, value in self.items() if key not in keys})


def _freeze(value: Mapping[str, Any]) -> FrozenDict:
    return FrozenDict(value)


Frozen = Annotated[Mapping[str, Any], AfterValidator(_freeze), PlainSerializer(dict, return_type=dict)]
