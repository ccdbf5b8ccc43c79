"""Instruments: acuerdos, dictámenes, informes and the other acts of a body, adopted by a vote in a session."""
