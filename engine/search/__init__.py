"""Search: Optuna over whatever a project marks."""
