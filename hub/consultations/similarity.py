"""Similarity: near-identical texts are marked for a human, never decided by a machine.

Two responses are nearly the same where they share most of their pairs of words. So that not all have to be compared,
a fingerprint of the pairs is kept (MinHash; Broder 1997, "On the resemblance and containment of documents"), in bands:
whoever shares a band may be nearly the same, and is then compared by the words themselves. A letter that thousands send
is compared with its first copy alone, because only what resembles nothing before it leaves a fingerprint.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from hub.changes.change import Change
from hub.consultations.questionnaire_models import Question, Sensitivity
from hub.consultations.questionnaires import Questionnaire
from hub.consultations.response_models import Answer, Response, ResponseState, TextFingerprint
from hub.consultations.validating import GivenAnswer

BANDS = 8
ROWS = 3
"""How many of the least pairs make a band: of texts that share 6 of 10 pairs, 17 of 20 share a band."""

NEAR = 0.6
"""The share of all their pairs that two texts have in common that are nearly the same: ten words and one exchanged."""

FEWEST_WORDS = 8
"""Shorter texts are alike by chance."""

MOST_WORDS = 5_000
"""What is said after so many words is not looked at."""

MOST_COMPARED = 20

WORD = re.compile(r"\w+")


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of these texts without capitals and accents."""
    bare = "".join(c for c in unicodedata.normalize("NFD", " ".join(texts).lower()) if not unicodedata.combining(c))
    return WORD.findall(bare)[:MOST_WORDS]


def pairs_of(words: Sequence[str]) -> frozenset[int]:
    """Return the pairs of neighbours among these words, each as a number of 62 bits."""
    return frozenset(_number(f"{first} {second}") for first, second in pairwise(words))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 2


MASKS = tuple(_number(f"order {n}") for n in range(BANDS * ROWS))
"""Each puts all pairs into another order, of which the first one counts."""


def bands_of(pairs: frozenset[int]) -> list[int]:
    """Return the bands of a fingerprint; there must be some pairs."""
    least = [min(map(mask.__xor__, pairs)) for mask in MASKS]
    return [_number(f"{least[n : n + ROWS]}") for n in range(0, len(least), ROWS)]


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return which share of all their pairs two texts have in common."""
    return len(one & other) / len(one | other)


async def note_similarity(
    change: Change, response: Response, questionnaire: Questionnaire, answers: Sequence[GivenAnswer]
) -> None:
    """Mark a response if an earlier one says nearly the same; keep its fingerprint if none does."""
    said = {answer.question: answer.words for answer in answers if answer.words}
    # Who somebody is has nothing to do with what they say, and a family lives at one address.
    asked = [q for q in questionnaire.values() if q.sensitivity is not Sensitivity.PERSONAL]
    words = words_of(said[question.code] for question in asked if question.code in said)
    if len(words) < FEWEST_WORDS:
        return
    pairs = pairs_of(words)
    bands = bands_of(pairs)
    response.similar_to_id = await _similar(change, response, pairs, bands)
    if response.similar_to_id is None:
        rows = (
            TextFingerprint(response_id=response.id, band=n, consultation_id=response.consultation_id, bits=bits)
            for n, bits in enumerate(bands)
        )
        await change.add(*rows)


async def _similar(change: Change, response: Response, pairs: frozenset[int], bands: Sequence[int]) -> UUID | None:
    """Return the earliest response in force, of somebody else, that says nearly the same."""
    shared = or_(*[and_(TextFingerprint.band == n, TextFingerprint.bits == bits) for n, bits in enumerate(bands)])
    candidates = (
        select(Response.id)
        .join(TextFingerprint, TextFingerprint.response_id == Response.id)
        .where(TextFingerprint.consultation_id == response.consultation_id, shared)
        .where(Response.state == ResponseState.ACCEPTED)
        .where(or_(Response.participation_id.is_(None), Response.participation_id != response.participation_id))
        .group_by(Response.id)
        .order_by(func.count().desc(), Response.received_at, Response.id)
        .limit(MOST_COMPARED)
    )
    found = list(await change.session.scalars(candidates))
    if not found:
        return None
    kept = (
        select(Response.id, Answer.text)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .where(Response.id.in_(found), Answer.text.is_not(None), Question.sensitivity != Sensitivity.PERSONAL)
        .order_by(Response.received_at, Response.id, Question.position)
    )
    texts: dict[UUID, list[str]] = {}
    for row in await change.session.execute(kept):
        texts.setdefault(row.id, []).append(row.text)
    for id_, said in texts.items():
        if resemblance(pairs, pairs_of(words_of(said))) >= NEAR:
            return id_
    return None
