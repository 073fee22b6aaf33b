"""Tests of what the window does with studies."""
