"""Allowance: what a caller may ask for, in points that come back with time; shared by all processes of a hub."""
