"""Finding kinds of layer to add, and nodes on the canvas."""
