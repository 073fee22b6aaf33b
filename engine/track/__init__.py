"""Tracking: a process of its own follows a workspace's run folders and tells MLflow. Importing this loads no MLflow."""

from engine.track.places import tracking_uri, ui_command
from engine.track.record import Record
from engine.track.starting import followed, start

__all__ = ["Record", "followed", "start", "tracking_uri", "ui_command"]
