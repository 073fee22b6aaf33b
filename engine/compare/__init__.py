"""Comparing runs: settings, data, environment and outcome line by line, and networks node by node. Nothing is heavy."""

from engine.compare.comparison import Comparison, Line
from engine.compare.facts import Place, network_section
from engine.compare.networks import Change, NetworkDifference, NodeDifference, Status, compare_networks
from engine.compare.subject import Subject, read_subject, subject_of
from engine.compare.values import MISSING, UNKNOWN, elided, is_number, relation, same, written
from engine.compare.writing import as_markdown, as_tabs

__all__ = [
    "MISSING",
    "UNKNOWN",
    "Change",
    "Comparison",
    "Line",
    "NetworkDifference",
    "NodeDifference",
    "Place",
    "Status",
    "Subject",
    "as_markdown",
    "as_tabs",
    "compare_networks",
    "elided",
    "is_number",
    "network_section",
    "read_subject",
    "relation",
    "same",
    "subject_of",
    "written",
]
