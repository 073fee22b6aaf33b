"""Asking for runs in an expression: `accuracy > 0.9 and optimizer = Adam and "resnet" and tag:paper and not failed`."""

from engine.runs.query.asked import Asked, Listed
from engine.runs.query.completing import Completion, Vocabulary, complete
from engine.runs.query.literals import Literal
from engine.runs.query.parsing import parse
from engine.runs.query.terms import Known, Query, QueryError, Value

__all__ = [
    "Asked",
    "Completion",
    "Known",
    "Listed",
    "Literal",
    "Query",
    "QueryError",
    "Value",
    "Vocabulary",
    "complete",
    "parse",
]
