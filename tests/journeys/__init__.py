"""The real window, driven from end to end."""
