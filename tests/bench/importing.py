"""Classification models of torchvision, drawn: parameters, outputs, time to draw, and what the drawing has.

`python -m tests.bench importing` draws one small model of several families; the environment variable
NETLOOM_BENCH_MODELS names others, set apart by spaces, or `all`, which takes minutes and for the largest some
gigabytes. Outputs are compared for images of 128 pixels, or of the model's own size where it knows no other.
"""

import gc
import os
import sys
from dataclasses import dataclass

from engine.convert import model_names
from engine.spec import Catalogue
from tests.bench.report import Figure
from tests.convert.compared import Compared, compare

FEW = ("resnet18", "mobilenet_v3_small", "shufflenet_v2_x0_5", "squeezenet1_1", "densenet121")
SIDE = 128
OWN_SIZE = ("vit_", "maxvit_")


@dataclass(frozen=True)
class Line:
    """One model's row of the table."""

    name: str
    compared: Compared

    @property
    def equal(self) -> tuple[bool, bool]:
        """Whether parameters and outputs are the same."""
        theirs, ours = self.compared.parameters
        return theirs == ours, self.compared.equal

    def __str__(self) -> str:
        counts, outputs = ("equal" if one else "DIFFER" for one in self.equal)
        project = self.compared.conversion.project
        nodes, blocks = len(project.model.nodes), len(project.networks) - 1
        total, seconds = f"{self.compared.parameters[1]:,}", f"{self.compared.seconds:.2f}"
        return f"{self.name:20} {total:>13}  {counts:10} {outputs:8} {seconds:>7} {nodes:>6} {blocks:>6}"


def measure() -> list[Figure]:
    """Print a row for each model as soon as it is known, and sum up."""
    catalogue = Catalogue.load()
    named = os.environ.get("NETLOOM_BENCH_MODELS", "").split()
    chosen = model_names() if named == ["all"] else named or FEW
    say(f"{'model':20} {'parameters':>13}  {'parameters':10} {'outputs':8} {'seconds':>7} {'nodes':>6} {'blocks':>6}")
    lines = [row(name, catalogue) for name in chosen]
    count = len(lines)
    nodes = [len(one.compared.conversion.project.model.nodes) for one in lines]
    return [
        Figure(name="models drawn", value=count, unit=f"of {len(chosen)}", at_least=len(chosen)),
        Figure(name="parameters equal", value=sum(one.equal[0] for one in lines), unit="models", at_least=count),
        Figure(name="outputs equal", value=sum(one.equal[1] for one in lines), unit="models", at_least=count),
        Figure(name="slowest to draw", value=max(one.compared.seconds for one in lines), unit="s"),
        Figure(name="most nodes in a drawing", value=max(nodes), unit=""),
    ]


def row(name: str, catalogue: Catalogue) -> Line:
    """Compare one model and print its row; its weights are gone before the next is made."""
    line = Line(name, compare(name, catalogue, side=0 if name.startswith(OWN_SIZE) else SIDE))
    say(str(line))
    gc.collect()
    return line


def say(text: str) -> None:
    """Print a line at once."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
