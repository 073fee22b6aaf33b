"""Classes as text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from engine.export.body import Call, Member
from engine.export.writing import shown

WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands around the lines of a class: its name, docstring, and the arguments of its two methods."""

    name: str
    about: str
    arguments: str = ""
    takes: str


def module_class(head: Head, members: list[Member], lines: list[str]) -> str:
    """The source of an `nn.Module`."""
    made = [line for member in members for line in constructed(member)]
    init = ["", f"    def __init__(self{head.arguments}) -> None:", "        super().__init__()", *_indented(made, 8)]
    top = [f"class {head.name}(nn.Module):", f'    """{head.about}"""']
    several = lines[-1].count(",")
    gives = "tuple[" + ", ".join(["torch.Tensor"] * (several + 1)) + "]" if several else "torch.Tensor"
    run = ["", f"    def forward(self, {head.takes}) -> {gives}:", *_indented(lines, 8)]
    return "\n".join([*top, *init, *run])


def constructed(member: Member) -> list[str]:
    """The lines that make a submodule."""
    start = f"self.{member.name} = "
    if not member.block:
        return call(start, member.calls[0])
    kind = "Sequential" if member.chained else "ModuleList"
    runs = [(one, len(list(group))) for one, group in groupby(member.calls)]
    if len(runs) == 1 and runs[0][1] > 1:
        one, count = runs[0]
        made = f"{_flat(one)} for _ in range({count})"
        return [f"{start}nn.Sequential(*({made}))" if member.chained else f"{start}nn.ModuleList({made})"]
    parts = [_flat(one) if count == 1 else f"*({_flat(one)} for _ in range({count}))" for one, count in runs]
    inside = ", ".join(parts)
    flat = f"{start}nn.{kind}({inside})" if member.chained else f"{start}nn.{kind}([{inside}])"
    if len(flat) <= WIDTH - 8:
        return [flat]
    ends = ("(", ")") if member.chained else ("([", "])")
    return [f"{start}nn.{kind}{ends[0]}", *(f"    {one}," for one in parts), ends[1]]


def call(start: str, one: Call) -> list[str]:
    """A constructor's call behind the start of its line, broken where it would be too long."""
    flat = f"{start}{_flat(one)}"
    if len(flat) <= WIDTH - 8:
        return [flat]
    return [f"{start}{one.callee}(", *(f"    {argument}," for argument in shown(one.arguments)), ")"]


def _flat(one: Call) -> str:
    return f"{one.callee}({', '.join(shown(one.arguments))})"


def _indented(lines: list[str], spaces: int) -> list[str]:
    return [f"{' ' * spaces}{line}" for line in lines]
