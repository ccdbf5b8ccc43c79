"""The allowance of whoever asks, in the schema."""
