"""Which module may bring which others into the process: the import rules of the architecture, as values."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

TRAINING = ("torch", "torchvision", "mlflow", "optuna", "lightning")
SCIENCE = ("pandas", "sklearn", "scipy", "matplotlib")
WINDOW = ("PySide6", "shiboken6", "pyqtgraph")


@dataclass(frozen=True, kw_only=True)
class Room:
    """Modules under one rule: what must not be loaded once they are, and what of the engine may be."""

    name: str
    modules: tuple[str, ...]
    forbidden: tuple[str, ...]
    engine: tuple[str, ...] = ("engine",)  # prefixes of the engine's modules that may be loaded


def rooms(root: Path = ROOT) -> list[Room]:
    """List every room of the tree at `root` that has modules."""
    light = ("engine/spec", "engine/events.py", "engine/runs", "engine/compare")
    words = [name for place in light for name in modules(root, place)]
    shared = ("engine.spec", "engine.events", "engine.runs", "engine.compare")
    found = [
        Room(
            name="words",
            modules=("engine", *words),
            forbidden=(*TRAINING, *SCIENCE, *WINDOW, "numpy", "studio"),
            engine=shared,
        ),
        Room(
            name="declarations",
            modules=tuple(declaring(root)),
            forbidden=(*TRAINING, *SCIENCE, *WINDOW, "studio"),
            engine=shared,
        ),
        Room(
            name="window",
            modules=tuple(modules(root, "studio")),
            forbidden=(*TRAINING, *SCIENCE),
            engine=shared,
        ),
        Room(
            name="hands",
            modules=tuple(modules(root, "engine")),
            forbidden=(*WINDOW, "studio"),
        ),
        Room(
            name="supervision",  # the process that looks after workers for days
            modules=("engine.search", "engine.cli.search") if (root / "engine/search").exists() else (),
            forbidden=("torch", "torchvision", "mlflow", *WINDOW, "studio"),
        ),
    ]
    return [room for room in found if room.modules]


def declaring(root: Path) -> Iterator[str]:
    """Yield the packs' public modules; those that start with an underscore are loaded inside methods."""
    for name in modules(root, "plugins"):
        if not any(part.startswith("_") for part in name.split(".")):
            yield name


def modules(root: Path, place: str) -> Iterator[str]:
    """Yield the dotted names of the modules in a file or folder of the tree, in order."""
    start = root / place
    for path in sorted(start.rglob("*.py")) if start.is_dir() else sorted(start.parent.glob(start.name)):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[-1] != "__main__":  # importing one runs it
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
