"""What the Runs page does with MLflow: its pages, its registry, where runs are told to, and other tools' runs."""

from studio.pages.runs.tracking.tracking import Tracking

__all__ = ["Tracking"]
