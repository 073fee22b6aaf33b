"""Netloom's window: pages, canvas and panels. It knows no torch."""
