"""How sessions of bodies are asked for."""
