"""What journeys through the Design page start from."""

from tests.studio.panels.conftest import desk, theme

__all__ = ["desk", "theme"]
