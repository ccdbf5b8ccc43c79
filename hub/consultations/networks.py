"""Networks: how much came from one on a day, so that nobody floods a consultation, or fills the hub with drafts."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from hub.changes.change import Change
from hub.consultations.models import Consultation, IdentityPolicy, NetworkCount
from hub.errors import Forbidden

COUNTED = frozenset({IdentityPolicy.OPEN, IdentityPolicy.ACCOUNT})
"""The policies under which somebody can come as often as they like, or with as many accounts."""


@lru_cache(maxsize=4096)
def network_of(address: str) -> str | None:
    """Return the network of an address: itself in IPv4, its /64 in IPv6, which one household or office has.

    None where nobody can tell: behind a proxy on the same machine that does not say who is in front of it.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(found, "ipv4_mapped", None) or found
    if mapped.is_loopback:
        return None
    prefix = 32 if mapped.version == 4 else 64
    return str(ipaddress.ip_network((mapped, prefix), strict=False))


MOST_DRAFTS = 1_000
"""How many drafts of a day may be begun from one network where a consultation sets no limit to responses."""


async def count_network(change: Change, consultation: Consultation, network: str | None) -> NetworkCount | None:
    """Count a response from a network; Forbidden where that were more than the consultation takes in a day."""
    limit = consultation.network_limit
    if network is None or limit is None or consultation.identity_policy not in COUNTED:
        return None
    counted = await _once_more(change, consultation, network, drafts=False)
    if counted.count > limit:
        raise Forbidden("NETWORK_LIMIT", most=limit)
    return counted


async def count_draft(change: Change, consultation: Consultation, network: str | None) -> None:
    """Count a draft that is begun from a network, whoever may answer; Forbidden where there are too many of a day."""
    if network is None:
        return
    limit = consultation.network_limit or MOST_DRAFTS
    counted = await _once_more(change, consultation, network, drafts=True)
    if counted.count > limit:
        raise Forbidden("DRAFTS_OF_A_NETWORK", most=limit)


async def _once_more(change: Change, consultation: Consultation, network: str, *, drafts: bool) -> NetworkCount:
    day = change.at.date()
    # The digest is of this consultation and this day alone, so that no two of them can be joined.
    content = consultation.id.bytes + day.isoformat().encode() + network.encode()
    digest = change.keys.digest("network-draft" if drafts else "network", content)
    row = {"consultation_id": consultation.id, "day": day, "digest": digest, "drafts": drafts}
    counted = insert(NetworkCount).values(**row, count=1)
    once_more = counted.on_conflict_do_update(
        index_elements=["consultation_id", "day", "digest"], set_={"count": NetworkCount.count + 1}
    )
    count = (await change.session.execute(once_more.returning(NetworkCount.count))).scalar_one()
    return NetworkCount(**row, count=count)


async def forget_networks(change: Change) -> None:
    """Drop the counts of the days before."""
    await change.session.execute(delete(NetworkCount).where(NetworkCount.day < change.at.date()))
