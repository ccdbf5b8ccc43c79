"""Files and documents in the schema."""
