"""What is known of ten thousand runs without opening ten thousand folders."""

from engine.runs.index.index import Index
from engine.runs.index.known import Known
from engine.runs.index.overview import catch_up, overview, settings_of
from engine.runs.index.settings import Settings, read_settings

__all__ = ["Index", "Known", "Settings", "catch_up", "overview", "read_settings", "settings_of"]
