"""Importing: bringing in what others recorded, one file for each source.

A *source* is a directory or a file as its publisher gave it out. Its rows are read by the names of their
columns; a *bad row* is named by file, line and reason, counted, and left out, and it never touches the
rest. What is imported carries `imported_from`, a name that is the same in every run, so that an import can
be stopped at any moment, begun again, and run a second time without changing anything. Every import ends
with a *summary*.
"""
