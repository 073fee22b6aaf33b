"""The frame around the pages: rail, transport bar, status bar, command palette, files."""
