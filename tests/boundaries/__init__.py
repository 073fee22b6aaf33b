"""Who may import whom, looked at where it cannot be argued with: in `sys.modules` of a fresh interpreter."""
