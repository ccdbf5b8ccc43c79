"""Changes: the one door of writing. A change is a transaction; its facts stand in the log in commit order."""
