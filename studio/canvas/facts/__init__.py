"""What boxes and wires say."""
