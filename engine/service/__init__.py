"""The service: a child of the window that answers its questions about projects, data and devices."""
