"""What lies over the canvas."""
