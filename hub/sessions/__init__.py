"""Sessions: the sittings of a body, from the convocation to the signed minutes.

Nothing about quorum, notice or majority stands in code: each body has its rules, in numbered versions.
"""
