"""Layers that hide or blur part of the numbers while training, so that a network relies on no single one."""

from __future__ import annotations

from typing import Any

from engine.spec import Layer, field
from plugins.core._named import Named, expect


class _Dropout(Named):
    category = "Regularization"

    p: float = field(0.5, min=0, max=1, step=0.05, help="The share that is hidden at each training step.")


class Dropout(_Dropout):
    """Hide random numbers while training, so that the network relies on no single one."""

    synonyms = ("regularization", "overfitting")


class Dropout1d(_Dropout):
    """Hide whole random channels of sequences while training."""

    synonyms = ("spatial dropout", "channel dropout", "overfitting")
    ranks = (3,)


class Dropout2d(_Dropout):
    """Hide whole random channels of images while training."""

    synonyms = ("spatial dropout", "channel dropout", "overfitting")
    ranks = (4,)


class Dropout3d(_Dropout):
    """Hide whole random channels of volumes while training."""

    synonyms = ("spatial dropout", "channel dropout", "overfitting")
    ranks = (5,)


class AlphaDropout(_Dropout):
    """Hide random numbers so that mean and spread stay what SELU made them."""

    synonyms = ("selu", "self-normalizing", "overfitting")


class FeatureAlphaDropout(_Dropout):
    """Hide whole random channels so that mean and spread stay what SELU made them."""

    synonyms = ("selu", "self-normalizing", "channel dropout")


class GaussianNoise(Layer):
    """Add random noise while training, so that the network learns to see through it."""

    category = "Regularization"
    synonyms = ("denoising", "jitter", "augmentation", "overfitting")

    std: float = field(0.1, min=0, step=0.05, help="How strong the noise is; data columns have a deviation of 1.")

    def build(self, nn: Any, x: Any) -> Any:
        from plugins.core._noise import Noise

        expect(self, x)
        return Noise(self.std)
