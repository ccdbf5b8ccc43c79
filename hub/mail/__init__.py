"""Mail: the letters that the hub owes to somebody, and how they get there. A letter has one cause and is sent once."""
