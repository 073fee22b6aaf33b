"""The pack for images: convolutions, pooling, and the datasets that hold pictures."""
