"""Files: bytes that are kept once under their hash, taken by ticket, and given out as attachments only."""
