"""Run by MLflow, away from Netloom: load an exported program and ask it. Needs torch and numpy, and no pickle."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch


class Program:
    """A network saved by `torch.export`; it takes what training fed it: encoded columns, first dimension samples."""

    def __init__(self, folder: Path) -> None:
        program = torch.export.load(folder / "model.pt2")
        entries = [node for node in program.graph.nodes if node.name in program.graph_signature.user_inputs]
        self._dtypes = [node.meta["val"].dtype for node in entries]
        self._module = program.module()
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.inputs: list[str] = [one["name"] for one in about["inputs"]]
        self.outputs: list[str] = about["outputs"]

    # Without type hints: MLflow takes them for a schema of single rows.
    def predict(self, data, params=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Take an array, or with several inputs a mapping from columns to arrays; answer likewise."""
        given = data if isinstance(data, dict) else {self.inputs[0]: data}
        tensors = [torch.from_numpy(np.asarray(given[name])) for name in self.inputs]
        with torch.no_grad():
            found = self._module(*(one.to(dtype) for one, dtype in zip(tensors, self._dtypes, strict=True)))
        if isinstance(found, torch.Tensor):
            return found.numpy()
        return {name: one.numpy() for name, one in zip(self.outputs, found, strict=True)}


def _load_pyfunc(path: str) -> Program:
    """MLflow's way in."""
    return Program(Path(path))
