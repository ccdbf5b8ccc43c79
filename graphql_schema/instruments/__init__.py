"""How instruments are asked for, and the acts on them."""
