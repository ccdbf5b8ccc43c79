"""Many people at once, made in one change."""

from __future__ import annotations

from hub.consultations.models import ResultsPolicy
from hub.identity.creating import PersonDraft, create_account
from hub.identity.granting import create_token
from hub.viewer import Scope, Viewer
from tests.making.bodies import a_body
from tests.making.consultations import Asked, an_open_consultation
from tests.talking import Somebody, Talking

GIVEN = ("Ana", "Beto", "Citlali", "Damián", "Elvira", "Fermín", "Guadalupe", "Hilario", "Itzel", "Jacinto")
FAMILY = ("Robles", "Pech", "Ku", "Ordaz", "Luna", "Huerta", "Ñáñez", "Xicoténcatl", "Yáñez", "Zepeda")


async def a_crowd(hub: Talking, count: int) -> list[Somebody]:
    """So many people with an account and a token each."""
    people = []
    async with hub.change() as change:
        for n in range(count):
            name = f"{GIVEN[n % 10]} {FAMILY[n // 10 % 10]} {n + 1}"
            account = await create_account(change, PersonDraft(display_name=name))
            _, secret = await create_token(change, account_id=account.id, name=name, scopes=frozenset(Scope))
            viewer = Viewer(
                account_id=account.id,
                person_id=account.person_id,
                scopes=frozenset(Scope),
                grants=(),
                languages=("es",),
            )
            people.append(Somebody(name, secret, viewer))
    return people


async def a_question_to_all(hub: Talking) -> Asked:
    """A consultation that is open now, for thirty days, and shows its counts as it goes."""
    return await an_open_consultation(hub, await a_body(hub, acronym=None), results_policy=ResultsPolicy.LIVE)
