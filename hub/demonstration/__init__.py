"""The demonstration: a believable commission, so that everything can be tried before anything is installed.

Real facts (places, guarantor bodies, the commission, working groups, one conversation under an open
licence; see `data/NOTICE.md`), and consultations, persons and answers that were made up for it. One
consultation is open now; a session of the commission was held and ordered it, another one is convened, and a study
is in review.
"""
