"""How whoever is asking is asked for."""
