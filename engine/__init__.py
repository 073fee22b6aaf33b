"""Netloom's engine: words, hands and the command line. It knows no window."""
