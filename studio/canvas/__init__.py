"""The canvas: a network as boxes and wires, seen and edited by hand."""
