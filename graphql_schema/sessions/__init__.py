"""Sessions in the schema: what they deal with, how they vote, what their minutes say."""
