"""How sure it is who somebody is, in the schema."""

from __future__ import annotations

from graphql_schema.enums import described
from hub.viewer import Assurance

described(
    Assurance,
    "How sure it is who somebody is, from the least to the most.",
    email="They read a mail address.",
    social="They have an account with an identity provider.",
    verified_person="They are one natural person, and it was made sure which.",
)

__all__ = ["Assurance"]
