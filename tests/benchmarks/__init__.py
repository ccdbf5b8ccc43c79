"""Benchmarks: the hub beside its peers, on one database, in one run. See `__main__.py` for the command."""
