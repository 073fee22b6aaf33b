"""Datasets: declared sources of named, typed columns, divided into splits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.spec.declaration import Declaration
from engine.spec.parameter import field
from engine.spec.value import Frozen, FrozenDict, Value

if TYPE_CHECKING:
    from engine.data.source import Source

SPLITS = ("train", "validation", "test")


class Column(Value):
    """What a network or task knows of a column: one sample's shape and dtype once encoded, and its classes."""

    name: str
    kind: str
    """What it holds: "image", "features", "label" or "target"; a pack may bring others."""
    shape: tuple[int, ...] = ()
    dtype: str = "float32"
    classes: tuple[str, ...] = ()
    """Class names in the order of the codes, for a label."""
    unit: str = ""
    about: Frozen = FrozenDict()
    """Anything more a page can show, such as the fields of a feature vector."""


class Split(Value):
    """How samples are divided where the dataset does not say it itself. Seeded and stratified by class."""

    validation: float = field(
        0.15, min=0, below=1, help="Share of the samples kept for choosing: early stop, best epoch."
    )
    test: float = field(0.15, min=0, below=1, help="Share kept for the last word; never used for choosing.")
    seed: int = field(0, min=0, help="The same seed gives the same division.")
    stratify: bool = field(True, help="Keep each class's share the same in every split.")


class Dataset(Declaration):
    """A source of samples."""

    def open(self, folder: Path, cache: Path | None = None) -> Source:
        """Read the samples.

        Relative paths start at `folder` (the project's); what is slow to decode may be kept in `cache`.
        Raise `DataError` with a sentence for the user when they cannot be read.
        """
        raise NotImplementedError


class DataError(ValueError):
    """Data that cannot be used, in the user's words; `parameter` names the field that points at it."""

    def __init__(
        self, message: str, *, parameter: str | None = None, section: Literal["dataset", "split"] = "dataset"
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.section = section


class Facts(Value):
    """What is known of a run's data: columns, what the training split measured, the number of samples."""

    columns: Frozen = FrozenDict()
    """`Column` by name."""
    statistics: Frozen = FrozenDict()
    """Per column, what its encoder measured on the training split alone (JSON)."""
    sizes: Frozen = FrozenDict()
    """Samples per split."""

    def column(self, name: str) -> Column:
        """The column of that name; raise DataError when there is none."""
        if name not in self.columns:
            known = ", ".join(self.columns) or "none"
            raise DataError(f"The data has no column '{name}'. It has: {known}.")
        found: Any = self.columns[name]
        return found  # type: ignore[no-any-return]
