"""Adopting the rules by which a body sits: numbered versions that never change, each in force from an instant on."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import func, select

from hub.bodies.models import Body
from hub.changes.change import Change
from hub.database.base import uuid7
from hub.errors import Conflict, Invalid, Problem, require, without_unread
from hub.sessions.checking_terms import problems_with_terms
from hub.sessions.events import SessionRulesAdopted
from hub.sessions.models import SessionRules
from hub.sessions.rules import may_adopt_rules
from hub.sessions.terms import Terms
from hub.text import LocalizedText, problems_with_text

LONGEST_SOURCE = 2_000


async def adopt_rules(
    change: Change,
    body_id: UUID,
    terms: Terms,
    *,
    source: LocalizedText,
    valid_from: dt.datetime | None = None,
    faults: tuple[Problem, ...] = (),
) -> SessionRules:
    """Publish the next version of a body's rules, in force from now or from a later instant on.

    Sessions that were convened before keep the rules by which they were convened. A version in force at an instant is
    the newest of those that have begun by then, so a later one never goes before an earlier one.
    """
    body = await change.find(Body, body_id)
    require(may_adopt_rules(change.viewer, body_id=body.id))
    newest = select(func.max(SessionRules.version), func.max(SessionRules.valid_from)).filter_by(body_id=body.id)
    version, since = (await change.session.execute(newest)).one()
    earliest = max(change.at, since or change.at)
    found = [*problems_with_text(source, ("source",), longest=LONGEST_SOURCE), *problems_with_terms(terms)]
    if valid_from is not None and valid_from < earliest:
        found.append(Problem("RULES_TOO_EARLY", ("validFrom",), {"earliest": earliest}))
    problems = without_unread(found, faults)
    if problems:
        raise Invalid(problems)
    rules = SessionRules(
        id=uuid7(),
        body_id=body.id,
        version=(version or 0) + 1,
        terms=terms.to_json(),
        source=source,
        valid_from=valid_from or earliest,
        created_at=change.at,
    )
    await change.add_once(rules, Conflict("RULES_ADOPTED_MEANWHILE"))
    adopted = SessionRulesAdopted(
        rules_id=rules.id, body_id=body.id, version=rules.version, valid_from=rules.valid_from
    )
    change.record(adopted)
    change.results["rules"] = str(rules.id)
    return rules
