"""How commissions and working groups are asked for."""
