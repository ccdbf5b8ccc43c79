"""Making what a test needs, by the hub's own activities."""
