"""Finding somebody by what they give when they ask for their data."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.changes.change import Change
from hub.errors import Invalid, NotFound, require
from hub.identity.sign_in_models import MailAddress
from hub.mail.addresses import address_digest, problem_with
from hub.personal_data.rules import may_answer_for


async def account_of_address(change: Change, address: str) -> UUID:
    """Return the account that an address opens, for whoever runs the hub; NotFound if there is none."""
    require(may_answer_for(change.viewer))
    problem = problem_with(address, path=("address",))
    if problem is not None:
        raise Invalid([problem])
    digest = address_digest(change.keys, address)
    found = await change.session.scalar(select(MailAddress.account_id).filter_by(digest=digest))
    if found is None:
        raise NotFound("NOT_FOUND", type="Account")
    return found
