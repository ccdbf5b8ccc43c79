"""Bodies: the commissions, working groups and councils that order, ask and decide.

A body outlives its name: names are dated, and no name of a body is written into code.
"""
