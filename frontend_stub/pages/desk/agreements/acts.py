"""What is done to agreements: drafted with parties and promises, signed by each, prolonged, carried out, ended."""

from __future__ import annotations

from collections.abc import Sequence

from frontend_stub.acting import WRITTEN_AT, Act, Day, Line, Number, Option, Picked, PickedSome, Rows, Text
from frontend_stub.pages.desk.naming import Read, Told, by_folio, by_title

NAMED = "agreementId"
REASON = Text("reason", before=lambda node: None)


def _others(node: Read) -> list[Option]:
    """Return with whom an agreement may be made: every body but the one that keeps it, and every organisation."""
    own = (node.get("body") or node)["id"]
    bodies = [body for body in node["bodies"]["nodes"] if body["id"] != own]
    return [*by_title(bodies), *by_title(node["organizations"]["nodes"])]


def _anybody(node: Read) -> list[Option]:
    """Return who may promise something: the body that keeps the agreement before all others."""
    return [*by_title([node.get("body") or node]), *_others(node)]


def _signing(node: Read) -> list[Option]:
    """Return the parties that whoever is here may sign for."""
    return by_title(one["party"] for one in node["parties"] if one["viewerMaySign"] and one["party"])


def _places(node: Read) -> list[Option]:
    return [{"code": one["id"], "label": one["name"]} for one in node["territories"]["nodes"]]


def _parties(node: Read) -> list[str] | None:
    """Return the ids of the parties besides the one that drafted it."""
    return [one["party"]["id"] for one in node["parties"][1:] if one["party"]] if "parties" in node else None


def _promised(node: Read) -> Sequence[Told]:
    """Return what is promised, each thing with the party that promises it."""
    if "parties" not in node:
        return ()
    parties = {one["position"]: one["party"] for one in node["parties"]}
    return [{**one, "party": parties.get(one["partyPosition"])} for one in node["obligations"]]


def _held(node: Read) -> list[str] | None:
    """Return where an agreement holds now; the places of the form are those of its document."""
    return [one["id"] for one in node["heldIn"]["nodes"]] if "heldIn" in node else None


OF_AN_AGREEMENT = (
    Text("title", long=False, label="agreement_title"),
    Text("purpose", rows=6, label="agreement_purpose"),
    PickedSome("partyIds", of=_others, before=_parties),
    Rows(
        "obligations",
        fields=(
            Text("text", label="promise", rows=2),
            Picked("partyId", of=_anybody, optional=True, label="promised_by"),
            Day("dueOn", optional=True),
        ),
        before=_promised,
        optional=True,
        spare=2,
    ),
    PickedSome("territoryIds", of=_places, optional=True, before=_held),
    Day("inForceFrom", optional=True, label="agreed_from"),
    Day("inForceUntil", optional=True, label="agreed_until"),
)
"""What an agreement says, before all its parties have signed it."""

AGREEMENT = {
    "firmar": Act(
        "sign_agreement",
        names=NAMED,
        event="sign_agreement",
        fields=(
            Picked("partyId", of=_signing, label="signing_party"),
            Line("signatory"),
            Day("signedOn", label="signature_day"),
        ),
        sure=True,
    ),
    "editar": Act("edit_agreement", names=NAMED, event="edit_agreement", fields=(*OF_AN_AGREEMENT, WRITTEN_AT)),
    "cumplir": Act(
        "link_agreement_obligation",
        names=NAMED,
        event="link_agreement_obligation",
        fields=(
            Number("position", label="promise_number"),
            Picked("mandateId", of=lambda node: by_folio(node["body"]["mandates"]["nodes"])),
        ),
    ),
    "prorrogar": Act(
        "renew_agreement",
        names=NAMED,
        event="renew_agreement",
        fields=(Day("until", optional=True, label="renewed_until"), REASON),
    ),
    "terminar": Act("end_agreement", names=NAMED, event="end_agreement", fields=(REASON,), sure=True, grave=True),
}

ON_A_BODY = {
    "nuevo-convenio": Act(
        "draft_agreement",
        names="bodyId",
        new=True,
        fields=OF_AN_AGREEMENT,
        leads=lambda payload: f"/escritorio/convenios/{payload['agreement']['id']}",
    )
}
