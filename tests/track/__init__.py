"""The follower, against real SQLite files and a real MLflow server."""
