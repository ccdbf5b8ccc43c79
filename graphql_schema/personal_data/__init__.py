"""Everything about oneself: having it told, and having it erased."""
