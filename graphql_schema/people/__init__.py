"""How places, persons and organisations are asked for."""
