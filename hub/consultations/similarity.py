"""Similarity: near-identical texts are marked for a human, never decided by a machine.

Of the words of a response a fingerprint of 64 bits is kept (simhash; Charikar 2002, "Similarity estimation techniques
from rounding algorithms"), in four bands. Texts that differ in a few words have fingerprints that differ in a few
bits, so at least one band is the same, and an index finds them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select

from hub.changes.change import Change
from hub.consultations.questionnaires import Questionnaire
from hub.consultations.response_models import Response, ResponseState, TextFingerprint
from hub.consultations.validating import GivenAnswer

BANDS = 4
BITS = 16
NEAR = 3
"""How many of the 64 bits may differ. With four bands, three differences leave at least one band untouched."""

FEWEST_WORDS = 8
"""Shorter texts are alike by chance."""

WORD = re.compile(r"\w+")


def words_of(texts: Sequence[str]) -> list[str]:
    """Return the words of these texts without capitals and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFD", " ".join(texts).lower()) if not unicodedata.combining(c))
    return WORD.findall(bare)


def fingerprint(words: Sequence[str]) -> int:
    """Return 64 bits that are nearly the same for nearly the same words."""
    weights = [0] * (BANDS * BITS)
    for pair in zip(words, [*words[1:], ""], strict=True):
        digest = int.from_bytes(hashlib.blake2b(" ".join(pair).encode(), digest_size=8).digest())
        for bit in range(BANDS * BITS):
            weights[bit] += 1 if digest >> bit & 1 else -1
    return sum(1 << bit for bit, weight in enumerate(weights) if weight > 0)


def bands_of(print_: int) -> list[int]:
    """Return the bands of a fingerprint."""
    return [print_ >> BITS * band & ((1 << BITS) - 1) for band in range(BANDS)]


async def note_similarity(
    change: Change, response: Response, questionnaire: Questionnaire, answers: Sequence[GivenAnswer]
) -> None:
    """Keep the fingerprint of the words, and mark the response if an earlier one says nearly the same."""
    words = words_of([answer.words for answer in answers if answer.words])
    if len(words) < FEWEST_WORDS:
        return
    bands = bands_of(fingerprint(words))
    response.similar_to_id = await _similar(change, response, bands)
    rows = [
        TextFingerprint(response_id=response.id, band=n, consultation_id=response.consultation_id, bits=bits)
        for n, bits in enumerate(bands)
    ]
    await change.add(*rows)


async def _similar(change: Change, response: Response, bands: Sequence[int]) -> UUID | None:
    """Return the earliest response in force, of somebody else, whose fingerprint is near to these bands."""
    shared = or_(*[and_(TextFingerprint.band == n, TextFingerprint.bits == bits) for n, bits in enumerate(bands)])
    near = select(TextFingerprint.response_id).where(
        TextFingerprint.consultation_id == response.consultation_id, shared
    )
    found = (
        select(TextFingerprint.response_id, TextFingerprint.band, TextFingerprint.bits)
        .join(Response, Response.id == TextFingerprint.response_id)
        .where(TextFingerprint.response_id.in_(near), Response.state == ResponseState.ACCEPTED)
        .where(or_(Response.participation_id.is_(None), Response.participation_id != response.participation_id))
        .order_by(Response.received_at, Response.id)
        .limit(1_000)
    )
    known: dict[UUID, dict[int, int]] = {}
    for row in await change.session.execute(found):
        known.setdefault(row.response_id, {})[row.band] = row.bits
    for id_, kept in known.items():
        if sum((kept.get(n, 0) ^ bits).bit_count() for n, bits in enumerate(bands)) <= NEAR:
            return id_
    return None
