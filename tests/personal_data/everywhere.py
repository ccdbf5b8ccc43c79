"""A person everywhere: each column that may hold something of hers holds a word that stands nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from hub.agreements.drafting import draft_agreement
from hub.agreements.drafts import AgreementDraft, Party
from hub.agreements.signing import Signature, sign_agreement
from hub.bodies.joining import ask_to_join
from hub.consultations.models import Anonymity, IdentityPolicy, ResultsPolicy
from hub.consultations.questionnaire_models import QuestionKind, Sensitivity
from hub.consultations.response_models import ConsentLevel
from hub.consultations.timekeeping import keep_time
from hub.consultations.validating import GivenAnswer
from hub.database.base import uuid7
from hub.files.models import StoredFile
from hub.identity.appointing import end_role, grant_role
from hub.identity.granting import create_token
from hub.identity.models import Client, VerificationMethod
from hub.identity.provider_models import LinkedIdentity, ProvenSignIn
from hub.identity.proving import identity_digest
from hub.identity.sign_in_models import MailAddress, SignIn
from hub.identity.verifying import grant_verification
from hub.mail.addresses import address_digest
from hub.mail.models import LetterKind
from hub.mail.writing import LetterDraft, write_letter
from hub.people.introducing import change_display_name
from hub.people.models import Account, Person, Power
from hub.people.representing import ask, grant
from hub.text import written
from hub.viewer import OF_A_PERSON, Assurance, Role, Viewer
from tests.cast import a_client
from tests.consultations.asking import SAVE, SUBMIT
from tests.identity.test_signing_in import DAY, HOUR, NOON, Mailbox, signed_in
from tests.identity.test_signing_in import ask as ask_for_a_code
from tests.making.bodies import a_body
from tests.making.consultations import (
    WATER,
    WORDS,
    Asked,
    a_changed_response,
    a_closed_consultation,
    a_question,
    a_response,
    a_section,
    an_open_consultation,
)
from tests.making.people import an_organization
from tests.personal_data.at_work import sessions, studies
from tests.talking import Somebody, Talking

SECRET = a_question("secreto", QuestionKind.LONG_TEXT, sensitivity=Sensitivity.CONFIDENTIAL)
CONTACT = a_question("contacto", QuestionKind.SHORT_TEXT, sensitivity=Sensitivity.PERSONAL)
SECTIONS = a_section(WATER, WORDS, SECRET, CONTACT)

NAMED, NAMELESS = ConsentLevel.WITH_NAME, ConsentLevel.WITHOUT_NAME


@dataclass
class World:
    """The consultations and the organisation that people are in."""

    hub: Talking
    mailbox: Mailbox
    body: UUID
    organization: UUID
    program: Somebody
    open: Asked
    verified: Asked
    anonymous: Asked
    drafted: Asked
    closed: Asked
    over: Asked

    @property
    def consultations(self) -> list[Asked]:
        return [self.open, self.verified, self.anonymous, self.drafted, self.closed, self.over]


@dataclass
class Present:
    """Somebody who is everywhere, and the words that are hers alone."""

    who: Somebody
    address: str
    words: dict[str, str] = field(default_factory=dict)
    """By what they are: each stands in one place or several, and nowhere in what is anybody else's."""
    public: frozenset[str] = frozenset({"open-words", "closed-words", "over-words"})
    """Those of them that she let be published."""
    confidential: frozenset[str] = frozenset({"open-secret", "closed-secret", "verified-words"})
    """Those that she said and that are read by those who analyse."""
    of_the_body: frozenset[str] = frozenset({"requested-point", "motion", "vote-reason", "observation"})
    """Those that she said in a session: they belong to its record, and stay there."""
    anonymous: str = ""
    """What she said anonymously, from which nothing leads to her."""
    receipts: list[str] = field(default_factory=list)

    def word(self, of: str) -> str:
        """Return a new word of hers."""
        self.words[of] = f"{of}-{uuid4().hex}"
        return self.words[of]

    @property
    def account_id(self) -> UUID:
        return self.who.account_id

    @property
    def person_id(self) -> UUID:
        return self.who.person_id


async def a_world(hub: Talking, folder: Path) -> World:
    """A world with a consultation of each kind, and a program of an organisation."""
    body, organization = await a_body(hub, at=NOON - 90 * DAY), await an_organization(hub, at=NOON - 90 * DAY)
    program = await a_client(hub, organization_id=organization)
    known: dict[str, Any] = {"sections": SECTIONS, "at": NOON, "results_policy": ResultsPolicy.LIVE}
    return World(
        hub,
        Mailbox(hub, folder),
        body,
        organization,
        program,
        open=await an_open_consultation(hub, body, title="Abierta", **known),
        verified=await an_open_consultation(
            hub, body, title="Verificada", identity_policy=IdentityPolicy.VERIFIED, **known
        ),
        anonymous=await an_open_consultation(hub, body, title="Anónima", anonymity=Anonymity.ANONYMOUS, **known),
        drafted=await an_open_consultation(hub, body, title="Empezada", **known),
        closed=await a_closed_consultation(hub, body, title="Cerrada", kept=False, **known),
        over=await an_open_consultation(hub, body, title="Pasada", sections=SECTIONS, at=NOON - 60 * DAY, kept=False),
    )


async def a_person_everywhere(world: World, name: str, *, curp: str) -> Present:
    """Somebody who did everything that can be done, and is signed in."""
    hub = world.hub
    her = Present(Somebody(name), f"{name}-{uuid4().hex}@correo.example".lower())
    her.words["address"] = her.address
    signed = await signed_in(hub, world.mailbox, her.address, NOON)
    her.who = await _viewer(hub, her, signed)
    await _account(world, her, curp)
    await _offices(world, her)
    await studies(world, her)
    await _joining(world, her)
    await sessions(world, her)
    await _agreements(world, her)
    await _responses(world, her)
    return her


async def _viewer(hub: Talking, her: Present, signed: Somebody) -> Somebody:
    async with hub.change(at=NOON) as change:
        digest = address_digest(hub.hub.keys, her.address)
        found = select(Account).join(MailAddress, MailAddress.account_id == Account.id)
        account = await change.session.scalar(found.where(MailAddress.digest == digest))
        sign_in = await change.session.scalar(select(SignIn.id).filter_by(account_id=account.id))
        person = await change.session.get_one(Person, account.person_id)
        person.public_profile = True
    viewer = Viewer(
        account_id=account.id, person_id=account.person_id, sign_in_id=sign_in, scopes=frozenset(OF_A_PERSON)
    )
    async with hub.change(viewer, at=NOON) as change:
        await change_display_name(change, her.word("name"))
    return Somebody(her.who.name, signed.token, viewer)


async def _account(world: World, her: Present, curp: str) -> None:
    hub, keys = world.hub, world.hub.hub.keys
    subject = identity_digest(keys, b"subject", "https://provider.example", her.address)
    async with hub.change(at=NOON) as change:
        claim = await grant_verification(
            change, her.account_id, method=VerificationMethod.IN_PERSON, document=curp, days=400
        )
        await create_token(
            change, account_id=her.account_id, name=her.word("token"), scopes=[*OF_A_PERSON], life=90 * DAY
        )
        await change.add(
            LinkedIdentity(
                person_id=her.person_id,
                account_id=her.account_id,
                provider=her.word("provider"),
                issuer=her.word("issuer"),
                digest=subject,
                linked_at=NOON,
            )
        )
        proven = uuid7()
        await change.add(
            ProvenSignIn(
                id=proven,
                code_digest=uuid4().bytes * 2,
                challenge=uuid4().bytes * 2,
                provider="provider",
                issuer=her.word("proven"),
                subject_digest=subject,
                assurance=Assurance.SOCIAL,
                acr=her.word("acr"),
                person_token=claim.token,
                days=1,
                address_digest=address_digest(keys, her.address),
                address=keys.wrap(her.address.encode(), about=proven.bytes),
                language="es",
                proven_at=NOON,
                expires_at=NOON + HOUR,
            )
        )
        signed = await change.session.get_one(SignIn, her.who.viewer.sign_in_id)
        signed.provider = her.word("signed-in-by")
    her.who = Somebody(her.who.name, her.who.token, _with(her.who.viewer, verification=claim.token))
    with hub.at(NOON):
        await ask_for_a_code(hub, her.address)


def _with(viewer: Viewer, **known: Any) -> Viewer:
    return Viewer(**{**viewer.__dict__, **known})


async def _offices(world: World, her: Present) -> None:
    hub = world.hub
    async with hub.change(at=NOON) as change:
        await grant_role(
            change, account_id=her.account_id, role=Role.SECRETARY, body_id=world.body, reason=her.word("role")
        )
        ended = await grant_role(
            change, account_id=her.account_id, role=Role.ANALYST, body_id=world.body, reason="Por un tiempo."
        )
    async with hub.change(at=NOON) as change:
        await end_role(change, ended.id, reason=her.word("role-end"))
    async with hub.change(her.who.viewer, at=NOON) as change:
        asked = await ask(
            change, world.organization, powers=[Power.ANSWER, Power.PUBLISH], evidence=her.word("evidence")
        )
    async with hub.change(at=NOON) as change:
        await grant(change, asked.id)
    her.who = Somebody(her.who.name, her.who.token, _with(her.who.viewer, represents=(world.organization,)))
    async with hub.change(at=NOON) as change:
        client = await change.session.get_one(Client, world.program.viewer.client_id)
        await create_token(change, client_id=client.id, name="Del programa", scopes=[], life=90 * DAY)
    await hub.run(
        "UPDATE token SET made_by = :her WHERE client_id = :client AND made_by IS NULL AND name = 'Del programa'",
        her=her.account_id,
        client=world.program.viewer.client_id,
    )


async def _joining(world: World, her: Present) -> None:
    """She asked to join the body, and handed in a file that nothing names yet."""
    async with world.hub.change(her.who.viewer, at=NOON) as change:
        await ask_to_join(change, world.body, statement=her.word("statement"))
    file = StoredFile(
        sha256=uuid4().bytes * 2,
        size=3,
        media_type="text/csv",
        name="tabla.csv",
        uploaded_by=her.account_id,
        uploaded_at=NOON,
        kept_until=NOON + DAY,
    )
    async with world.hub.change(at=NOON) as change:
        await change.add(file)


async def _agreements(world: World, her: Present) -> None:
    """She signed an agreement for the organisation, which the body still has to sign."""
    party = Party(organization_id=world.organization)
    draft = AgreementDraft(title=written(es="Convenio"), purpose=written(es="Publicar."), parties=(party,))
    async with world.hub.change(at=NOON) as change:
        agreement = await draft_agreement(change, world.body, draft)
    signature = Signature(signatory=her.word("signatory"), signed_on=NOON.date())
    async with world.hub.change(her.who.viewer, at=NOON) as change:
        await sign_agreement(change, agreement.id, party, signature)


async def _responses(world: World, her: Present) -> None:
    hub, who = world.hub, her.who

    def said(at: str, *, words: bool = True, secret: bool = False, contact: bool = False) -> list[GivenAnswer]:
        given = [GivenAnswer(question="agua", option="si")]
        texts = {"palabras": ("words", words), "secreto": ("secret", secret), "contacto": ("contact", contact)}
        for question, (of, wanted) in texts.items():
            if wanted:
                given.append(GivenAnswer(question=question, text=her.word(f"{at}-{of}")))
        return given

    await a_response(hub, world.open, who, said("first", secret=True, contact=True), at=NOON, consent=NAMED)
    given = said("open", secret=True, contact=True)
    her.receipts.append((await a_changed_response(hub, world.open, who, given, at=NOON, consent=NAMED)).receipt)
    closed = said("closed", secret=True, contact=True)
    await a_response(hub, world.closed, who, closed, at=world.closed.open, consent=NAMELESS)
    await a_response(hub, world.over, who, said("over"), at=world.over.open, consent=NAMED)
    silent = ConsentLevel.NOT_PUBLISHED
    await a_response(hub, world.verified, who, said("verified"), at=NOON, consent=silent)
    her.anonymous = f"anonymous-{uuid4().hex}"
    nobody = [GivenAnswer(question="agua", option="no"), GivenAnswer(question="palabras", text=her.anonymous)]
    await a_response(hub, world.anonymous, who, nobody, at=NOON)
    answers = [{"question": "palabras", "text": her.word("draft")}]
    saved = {"consultationId": world.drafted.node, "revisionId": world.drafted.revision, "answers": answers}
    with hub.at(NOON):
        await hub.act(SAVE, {"input": {**saved, "idempotencyKey": her.word("key")}}, by=who)


async def an_organizations_response(world: World, her: Present) -> None:
    """What an organisation said by her, with her name."""
    given = {
        "consultationId": world.open.node,
        "revisionId": world.open.revision,
        "organizationId": f"Organization_{world.organization}",
        "consent": "WITH_NAME",
        "noticeHash": world.open.notice_hash,
        "answers": [{"question": "agua", "option": "no"}, {"question": "palabras", "text": "Lo dice la organización."}],
    }
    with world.hub.at(NOON):
        await world.hub.act(SUBMIT, {"input": given}, by=her.who)


async def _letters(world: World, her: Present) -> None:
    async with world.hub.change(at=NOON) as change:
        letter = LetterDraft(
            kind=LetterKind.EXPIRY,
            cause=f"token:{uuid4()}:14",
            address=her.address,
            languages=["es"],
            facts={"name": her.word("letter"), "program": "", "day": "-", "ends": "-", "page": "/entrar"},
        )
        await write_letter(change, letter)


async def two_people(hub: Talking, folder: Path) -> tuple[World, Present, Present]:
    """A world with two people everywhere, of whom only the first spoke for the organisation, and letters that wait."""
    world = await a_world(hub, folder)
    ana = await a_person_everywhere(world, "Ana", curp="BEML920313HCMLNS09")
    beto = await a_person_everywhere(world, "Beto", curp="HEGG560427MVZRRL04")
    await an_organizations_response(world, ana)
    await keep_time(hub.hub.changes, at=NOON)
    # Nobody has fetched their mail since.
    for who in (ana, beto):
        await _letters(world, who)
    return world, ana, beto
