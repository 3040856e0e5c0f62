"""What a document states for each field, with its evidence."""
