"""How long a ResNet-50-sized graph takes to analyze: whole, and after edits that nobody has made before."""

from statistics import median
from time import perf_counter

import torch
import torchvision

from engine.analyze import analyze
from engine.spec import Catalogue, Graph, Project
from tests.bench.analyze.edits import EDITS
from tests.bench.analyze.resnet import resnet50
from tests.bench.report import Figure


def measure() -> list[Figure]:
    """Analyze the graph, then edit it; every answer counts in milliseconds."""
    catalogue = Catalogue.load()
    graph, stages = resnet50(catalogue)
    by_hand = forward()
    whole = answer(graph, catalogue)
    edits = {name: [answer(one, catalogue) for one in edit(graph, stages)] for name, edit in EDITS.items()}
    return [
        Figure(name="nodes", value=len(graph.nodes), unit=""),
        Figure(name="torchvision's ResNet-50, one forward on meta", value=by_hand, unit="ms"),
        Figure(name="the whole graph, the first time", value=whole, unit="ms"),
        *(Figure(name=f"{name}, median", value=median(found), unit="ms", at_most=50) for name, found in edits.items()),
        Figure(name="slowest edit", value=max(max(found) for found in edits.values()), unit="ms"),
    ]


def answer(graph: Graph, catalogue: Catalogue) -> float:
    """Milliseconds until the report on a graph without errors is there."""
    project = Project().with_network("model", graph)
    began = perf_counter()
    report = analyze(project, catalogue)
    seconds = perf_counter() - began
    assert not report.errors, report.errors[0].message
    return 1000 * seconds


def forward() -> float:
    """Milliseconds that torch alone takes for shapes."""
    with torch.device("meta"):
        model, image = torchvision.models.resnet50(), torch.empty(2, 3, 224, 224)
        model(image)
        began = perf_counter()
        model(image)
    return 1000 * (perf_counter() - began)
