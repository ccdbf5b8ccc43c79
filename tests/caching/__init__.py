"""The response cache for callers without a token: what is kept, and when it is dropped."""
