"""Panels: parts of pages that show one thing; they do not import each other."""
