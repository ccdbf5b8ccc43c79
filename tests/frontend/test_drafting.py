"""A draft is read whole and sent whole by the documents of the pages; what a form does not show is not lost."""

from __future__ import annotations

from typing import Any

from frontend_stub.asking import document
from frontend_stub.drafting import Draft, draft_of, is_overtaken, said_if_any, said_in, status_of
from frontend_stub.forms import Filled
from tests.cast import a_coordinator_of
from tests.consultations.asking import CREATE
from tests.consultations.test_reading_back import NOW, both, everything, in_order, two_territories, unfinished
from tests.making.bodies import a_body
from tests.talking import Somebody, Talking


async def as_read(hub: Talking, id_: str, by: Somebody) -> Draft:
    """A draft as the document of the pages reads it."""
    return draft_of([(await hub.ask(document("desk_draft"), {"id": id_}, by=by))["node"]])


async def test_all_that_a_draft_can_say_is_read_and_sent_again(hub: Talking) -> None:
    body = await a_body(hub, at=NOW)
    julia, territories = await a_coordinator_of(hub, body, at=NOW), await two_territories(hub)
    for written in (everything(territories), unfinished(territories)):
        with hub.at(NOW):
            created = {"input": {"bodyId": f"Body_{body}", **written, "unfinished": True}}
            id_ = (await hub.act(CREATE, created, by=julia))["consultation"]["id"]
            draft = await as_read(hub, id_, julia)
            assert in_order(draft.input) == written
            again = {**draft.input, "consultationId": id_, "basedOn": draft.updated_at, "unfinished": True}
            await hub.act(document("save_draft"), {"input": again}, by=julia)
            after = await as_read(hub, id_, julia)
            assert (after.input, after.barred, after.state) == (draft.input, None, "DRAFT")
            errors = await hub.refuse(document("save_draft"), {"input": again}, by=julia)
        assert is_overtaken(errors)
        assert status_of(errors) == 409


def test_what_a_form_says_of_a_text_leaves_other_languages_alone() -> None:
    before = both("Agua")
    given = Filled([("title.es", "Agua limpia"), ("title.en", " Clean\r\nwater ")])
    assert said_in(given, "title", before) == {
        "source": "es",
        "translations": [
            {"language": "es", "text": "Agua limpia", "origin": "HUMAN", "easyRead": "En fácil: Agua"},
            before["translations"][1],
            {"language": "en", "text": "Clean\nwater", "origin": "HUMAN", "easyRead": None},
        ],
    }
    assert said_in(Filled([("title.es", "Agua")]), "title", before) == before


def test_a_text_that_is_left_out_is_none_or_asked_for() -> None:
    nothing = Filled([("scope.es", " "), ("scope.en", "")])
    spanish: dict[str, Any] = {**both("Agua"), "translations": both("Agua")["translations"][:1]}
    assert said_if_any(nothing, "scope", spanish) is None
    assert said_in(nothing, "scope", None) == {"source": "es", "translations": []}
    english = said_in(Filled([("scope.en", "Water")]), "scope", spanish)
    assert (english["source"], len(english["translations"])) == ("en", 1)
