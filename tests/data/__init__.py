"""Data: dividing, measuring, encoding and handing out."""
