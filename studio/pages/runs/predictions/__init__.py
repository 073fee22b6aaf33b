"""What runs answer to the same samples: fixed, broken, both wrong."""

from studio.pages.runs.predictions.view import Predictions

__all__ = ["Predictions"]
