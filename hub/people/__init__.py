"""People: persons with their accounts, the organisations they belong to, and the places they live in."""
