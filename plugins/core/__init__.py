"""The pack of what every network needs: dense layers, activations, normalization, merging, optimizers and schedules."""
