"""Agreements (convenios): what bodies and organisations promise one another, and which mandates carry it out.

They stand above the bodies that make them, and above the papers and the mandates that they name.
"""
