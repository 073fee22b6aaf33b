"""What hands do to a document."""
