"""The pack of search: ways to choose what is tried next, and ways to end trials early."""
