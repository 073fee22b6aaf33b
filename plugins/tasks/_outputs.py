"""What tasks that read one output and one column have in common to say."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec import Component, Facts, Mend, Problem, Remedy, TensorSpec


def missing_output(name: str, outputs: Mapping[str, TensorSpec]) -> Problem | None:
    """The problem that the network gives no such output."""
    if name in outputs:
        return None
    known = ", ".join(f"'{one}'" for one in outputs) or "none"
    only = next(iter(outputs)) if len(outputs) == 1 else None
    mend = None if only is None else Mend(text=f"Read '{only}'", settings={"task.output": only})
    return Problem(
        message=f"The task reads the output '{name}', but the network has no such Output. It has: {known}.",
        section="task",
        parameter="output",
        mend=mend,
    )


def missing_column(name: str, data: Facts, *, kind: str) -> Problem | None:
    """The problem that the data has no such column; the mend is its only column of that kind."""
    if name in data.columns:
        return None
    known = ", ".join(f"'{one}'" for one in data.columns) or "none"
    fitting = [one for one, column in data.columns.items() if column.kind == kind]
    mend = Mend(text=f"Learn '{fitting[0]}'", settings={"task.target": fitting[0]}) if len(fitting) == 1 else None
    return Problem(
        message=f"The data has no column '{name}' to learn. It has: {known}.",
        section="task",
        parameter="target",
        mend=mend,
    )


def wrong_width(output: str, spec: TensorSpec, width: int, reason: str) -> Problem | None:
    """The problem that an output is not batch × width; `reason` ends the sentence that says so."""
    shape = " × ".join("batch" if size is None else str(size) for size in spec.shape)
    linear, flatten = Component(kind="Linear", parameters={"out_features": width}), Component(kind="Flatten")
    if len(spec.shape) != 2:
        return Problem(
            message=f"The output is {shape}, but the task needs batch × {width}. Put Flatten and Linear before it.",
            section="task",
            port=output,
            remedies=(
                Remedy(text="Insert Flatten", settings={"out_features": width}, before=(flatten,)),
                Remedy(text="Insert Flatten and Linear", before=(flatten, linear)),
                Remedy(text="Insert Linear", before=(linear,)),
            ),
        )
    if spec.shape[1] == width:
        return None
    return Problem(
        message=f"The network gives {_count(spec.shape[1])} per sample but {reason}.",
        section="task",
        port=output,
        remedies=(
            Remedy(text=f"Give {_count(width)}", settings={"out_features": width}),
            Remedy(text=f"Insert Linear with {_count(width)}", before=(linear,)),
        ),
    )


def not_fractions(output: str, spec: TensorSpec) -> Problem | None:
    """The problem that an output holds whole numbers, through which nothing can be learned."""
    if spec.dtype in ("float32", "float16", "bfloat16", "float64"):
        return None
    return Problem(
        message=f"The output holds whole numbers ({spec.dtype}), and nothing can be learned through them.",
        section="task",
        port=output,
    )


def _count(numbers: int | None) -> str:
    return f"{numbers} number" + ("" if numbers == 1 else "s")
