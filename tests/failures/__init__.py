"""What the hub promises when things go wrong: races, kills, restores, bad input."""
