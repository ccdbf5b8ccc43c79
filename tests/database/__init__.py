"""Proof of the ground: the private server, backups."""
