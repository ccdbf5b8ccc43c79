"""Studies: research, diagnoses, evaluations and opinions that a mandate orders, from their terms to what came of them.

Whoever orders a study says what it is to find out; a team works in stages, hands in a wording, is reviewed, and is
published with numbered findings. What it recommends is addressed to somebody, who owes an answer by a day.
"""
