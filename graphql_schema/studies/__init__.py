"""How studies are asked for: their terms, their team, their wordings, their reviews, and what came of them."""
