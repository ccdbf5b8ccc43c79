"""Studies: research, diagnoses, evaluations and opinions that a mandate orders, from their terms to their findings."""
