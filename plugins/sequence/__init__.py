"""The pack of sequences: layers that read one step after the other."""
