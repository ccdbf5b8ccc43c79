"""The commands of an operator, one file for each thing that an operator does."""
