"""The words everything else is said in: projects, graphs, declarations and the catalogue."""

from engine.spec.catalogue import Catalogue
from engine.spec.dataset import SPLITS, Column, DataError, Dataset, Facts, Split
from engine.spec.declaration import Component, Declaration, ParameterError
from engine.spec.files import (
    SUFFIX,
    ProjectError,
    format_project,
    parse_project,
    project_from_json,
    project_text,
    project_to_json,
    read_project,
    write_atomically,
    write_project,
)
from engine.spec.graph import RESERVED, Bookmark, Exposed, Frame, Graph, Link, Node, Position
from engine.spec.layer import STRUCTURAL, Block, Input, Layer, Output, Port
from engine.spec.mending import mended
from engine.spec.optimizer import Optimizer, Schedule
from engine.spec.parameter import Each, Parameter, field, parameters_of
from engine.spec.paths import flatten
from engine.spec.problem import Mend, Problem
from engine.spec.project import Project, Training
from engine.spec.remedy import InputError, Remedy
from engine.spec.search import Search
from engine.spec.task import Reading, Task, TensorSpec
from engine.spec.usual import filled, usual
from engine.spec.value import Frozen, FrozenDict, Json, Value

__all__ = [
    "RESERVED",
    "SPLITS",
    "STRUCTURAL",
    "SUFFIX",
    "Block",
    "Bookmark",
    "Catalogue",
    "Column",
    "Component",
    "DataError",
    "Dataset",
    "Declaration",
    "Each",
    "Exposed",
    "Facts",
    "Frame",
    "Frozen",
    "FrozenDict",
    "Graph",
    "Input",
    "InputError",
    "Json",
    "Layer",
    "Link",
    "Mend",
    "Node",
    "Optimizer",
    "Output",
    "Parameter",
    "ParameterError",
    "Port",
    "Position",
    "Problem",
    "Project",
    "ProjectError",
    "Reading",
    "Remedy",
    "Schedule",
    "Search",
    "Split",
    "Task",
    "TensorSpec",
    "Training",
    "Value",
    "field",
    "filled",
    "flatten",
    "format_project",
    "mended",
    "parameters_of",
    "parse_project",
    "project_from_json",
    "project_text",
    "project_to_json",
    "read_project",
    "usual",
    "write_atomically",
    "write_project",
]
