"""The words everything else is said in: projects, graphs, declarations and the catalogue."""

from engine.spec.applying import ApplyError, apply, tried
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
from engine.spec.filling import Ask, current, fill, unmarked
from engine.spec.graph import RESERVED, Bookmark, Exposed, Frame, Graph, Link, Node, Position
from engine.spec.judging import goal_of, metric_of, metrics_of, study_problems
from engine.spec.layer import STRUCTURAL, Block, Input, Layer, Output, Port
from engine.spec.marking import mark_problems
from engine.spec.mending import mended
from engine.spec.offering import offered, searchable
from engine.spec.optimizer import Optimizer, Schedule
from engine.spec.parameter import Each, Parameter, field, parameters_of
from engine.spec.paths import flatten, get
from engine.spec.problem import Mend, Problem
from engine.spec.project import Project, Training
from engine.spec.remedy import InputError, Remedy
from engine.spec.search import Search, first_of
from engine.spec.space import PRESENT, Mark, Space, SpaceError, space_of
from engine.spec.study import COSTS, Limits, Objective, Pruner, Sampler, Study
from engine.spec.task import Reading, Task, TensorSpec
from engine.spec.usual import filled, usual
from engine.spec.value import Frozen, FrozenDict, Json, Value

__all__ = [
    "COSTS",
    "PRESENT",
    "RESERVED",
    "SPLITS",
    "STRUCTURAL",
    "SUFFIX",
    "ApplyError",
    "Ask",
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
    "Limits",
    "Link",
    "Mark",
    "Mend",
    "Node",
    "Objective",
    "Optimizer",
    "Output",
    "Parameter",
    "ParameterError",
    "Port",
    "Position",
    "Problem",
    "Project",
    "ProjectError",
    "Pruner",
    "Reading",
    "Remedy",
    "Sampler",
    "Schedule",
    "Search",
    "Space",
    "SpaceError",
    "Split",
    "Study",
    "Task",
    "TensorSpec",
    "Training",
    "Value",
    "apply",
    "current",
    "field",
    "fill",
    "filled",
    "first_of",
    "flatten",
    "format_project",
    "get",
    "goal_of",
    "mark_problems",
    "mended",
    "metric_of",
    "metrics_of",
    "offered",
    "parameters_of",
    "parse_project",
    "project_from_json",
    "project_text",
    "project_to_json",
    "read_project",
    "searchable",
    "space_of",
    "study_problems",
    "tried",
    "unmarked",
    "usual",
    "write_atomically",
    "write_project",
]
