"""Networks as PyTorch's source."""
