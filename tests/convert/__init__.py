"""Drawing published models."""
