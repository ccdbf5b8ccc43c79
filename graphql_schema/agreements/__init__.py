"""How agreements are asked for."""
