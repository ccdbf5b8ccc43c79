"""Tokens, clients and grants are never read by a query: the door reads them to make out who is asking."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false

from hub.identity.models import Client, RoleGrant, Token, VerificationClaim
from hub.visibility import Row, Sight, visible


@visible(Token)
def visible_token(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Nobody lists tokens."""
    return false()


@visible(Client)
def visible_client(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who queries the hub is not public."""
    return false()


@visible(RoleGrant)
def visible_role_grant(row: Row, sight: Sight) -> ColumnElement[bool]:
    """What oneself was granted is read from the viewer; the grants of others are not public."""
    return false()


@visible(VerificationClaim)
def visible_verification_claim(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Whether oneself is verified is read from the viewer; of others it is nobody's business."""
    return false()
