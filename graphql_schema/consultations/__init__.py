"""How consultations are asked for, drafted, published and answered."""
