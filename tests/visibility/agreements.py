"""Agreements: one that all have signed, and two that are drafts; and what members declared of their interests."""

from __future__ import annotations

from uuid import UUID

from hub.agreements.drafting import draft_agreement
from hub.agreements.drafts import AgreementDraft, Party
from hub.agreements.signing import Signature, sign_agreement
from hub.bodies.declaring import Interest, declare_interest
from hub.bodies.interest_models import InterestKind
from hub.text import written
from tests.visibility.people import NOW, Cast


async def agreements_held(cast: Cast) -> None:
    """The body agrees with the organisation, and others among themselves; two members declare an interest."""
    signed = await _drafted(cast, cast.body, cast.organization)
    for party in (Party(body_id=cast.body), Party(organization_id=cast.organization)):
        async with cast.hub.change(at=NOW) as change:
            await sign_agreement(change, signed, party, Signature(signatory="Quien firma", signed_on=NOW.date()))
    cast.agreement = await _drafted(cast, cast.body, cast.organization)
    await _drafted(cast, cast.elsewhere, cast.other_organization)
    matters = {"M": cast.words["InterestDeclaration.matter: of a member"], "hidden": "Otra cosa."}
    for letter, matter in matters.items():
        async with cast.hub.change(at=NOW) as change:
            interest = Interest(kind=InterestKind.EMPLOYMENT, summary="Trabaja en el ramo.", matter=matter)
            await declare_interest(change, cast.memberships[letter], interest)


async def _drafted(cast: Cast, body: UUID, organization: UUID) -> UUID:
    parties = (Party(organization_id=organization),)
    draft = AgreementDraft(title=written(es="Convenio"), purpose=written(es="Publicar."), parties=parties)
    async with cast.hub.change(at=NOW) as change:
        agreement = await draft_agreement(change, body, draft)
    return agreement.id
