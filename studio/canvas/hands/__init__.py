"""What the mouse does: gestures, and what is below the pointer."""
