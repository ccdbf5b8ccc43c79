"""Pseudonyms: how a respondent is known within one consultation and nowhere else.

Each consultation has a random key of its own, kept wrapped by the key file's. The same respondent has unrelated
pseudonyms in two consultations, and nobody finds out a person from the database alone. Once a
consultation's key is destroyed, nobody does at all.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from uuid import UUID

from hub.consultations.models import ConsultationKey
from hub.keys import Keyring
from hub.viewer import Viewer

VERSION = 1
"""The first byte of a pseudonym tells how it was made."""


def new_key(keys: Keyring, consultation_id: UUID) -> ConsultationKey:
    """Make the key of a consultation, wrapped and bound to it."""
    wrapped = keys.wrap(secrets.token_bytes(32), about=consultation_id.bytes)
    return ConsultationKey(consultation_id=consultation_id, wrapped=wrapped)


def pseudonym(identity: bytes, keys: Keyring, key: ConsultationKey) -> bytes:
    """Return what a respondent is called within the consultation of this key."""
    return _under(identity, keys.unwrap(key.wrapped, about=key.consultation_id.bytes))


def pseudonyms_of(viewer: Viewer, keys: Keyring, living: Iterable[ConsultationKey]) -> list[bytes]:
    """Return what a viewer is called within each consultation whose key still lives, in every capacity they have."""
    secrets_ = [keys.unwrap(key.wrapped, about=key.consultation_id.bytes) for key in living]
    return [_under(identity, secret) for secret in secrets_ for identity in viewer.identities]


def _under(identity: bytes, secret: bytes) -> bytes:
    return bytes([VERSION]) + hmac.digest(secret, identity, "sha256")
