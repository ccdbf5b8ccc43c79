"""Who sees what, over everything that there is: one table written by hand, asked through every way that leads there."""
