"""The guards: tests of the project's shape, each derived from the code, the schema or the tables.

What may differ from a rule stands in a list in the guard, by name and with its reason. An entry that nothing
needs any more fails as well, so that no list outlives its reasons.
"""
