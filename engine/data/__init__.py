"""Opening, dividing and encoding datasets: from files to batches of tensors on the training device."""

from engine.data.cache import DataCache, Place
from engine.data.data import Data, Placement, facts_of, prepare, unread
from engine.data.division import divide
from engine.data.encoders import Encoder, Features, Field, Image, Label, Target
from engine.data.opening import located, open_source
from engine.data.previews import in_words, preview, shown
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
    "DataCache",
    "Encoder",
    "Features",
    "Field",
    "Image",
    "Label",
    "Place",
    "Placement",
    "Samples",
    "Source",
    "SourceColumn",
    "Target",
    "divide",
    "facts_of",
    "features_column",
    "fingerprint_of_arrays",
    "fingerprint_of_files",
    "image_column",
    "in_words",
    "label_column",
    "located",
    "open_source",
    "prepare",
    "preview",
    "shown",
    "target_column",
    "unread",
]
