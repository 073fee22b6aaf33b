"""The service, asked as the window asks it."""
