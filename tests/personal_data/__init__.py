"""Everything about one person, told and erased."""
