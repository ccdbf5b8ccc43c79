"""How the change feed is asked for."""
