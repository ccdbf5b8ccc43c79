"""The hub: what a transparency commission orders, asks, finds, decides, answers and commits itself to."""

__version__ = "0.1.0"
