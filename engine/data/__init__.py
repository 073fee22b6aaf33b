"""Opening, dividing and encoding datasets: from files to batches of tensors on the training device."""

from engine.data.data import Data, Placement, prepare
from engine.data.division import divide
from engine.data.encoders import Encoder, Features, Field, Image, Label, Target
from engine.data.opening import open_source
from engine.data.samples import Batch, Samples
from engine.data.source import (
    Source,
    SourceColumn,
    features_column,
    fingerprint_of_arrays,
    fingerprint_of_files,
    image_column,
    label_column,
    target_column,
)

__all__ = [
    "Batch",
    "Data",
    "Encoder",
    "Features",
    "Field",
    "Image",
    "Label",
    "Placement",
    "Samples",
    "Source",
    "SourceColumn",
    "Target",
    "divide",
    "features_column",
    "fingerprint_of_arrays",
    "fingerprint_of_files",
    "image_column",
    "label_column",
    "open_source",
    "prepare",
    "target_column",
]
