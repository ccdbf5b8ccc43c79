"""What the hub answers beside GraphQL: its health and its contract as a text."""
