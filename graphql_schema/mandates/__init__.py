"""How mandates are asked for."""
