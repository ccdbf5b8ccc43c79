"""The pages of a real hub, in this process: its own endpoint, its own answers."""

from __future__ import annotations

from hub.consultations.models import ResultsPolicy
from tests.cast import a_citizen
from tests.frontend.answering import Outline, reading
from tests.making.bodies import a_body
from tests.making.consultations import a_response, an_open_consultation
from tests.talking import Talking


async def test_the_pages_of_a_consultation(hub: Talking) -> None:
    """What somebody answered through the one door is what everybody reads on the page."""
    ana = await a_citizen(hub)
    body = await a_body(hub)
    asked = await an_open_consultation(hub, body, results_policy=ResultsPolicy.LIVE)
    await a_response(hub, asked, ana, at=asked.opens_at)
    async with reading(hub.hub.endpoint) as reader:
        home = Outline((await reader.get("/")).text)
        assert "Agua para todas y todos" in home.words()
        (path,) = {str(a["href"]) for a in home.all("a") if str(a["href"]).startswith("/consultas/")}
        text = Outline((await reader.get(path)).text).words()
        assert "¿Hay agua en tu casa?" in text
        assert "100.0 % 1" in text
        assert (await reader.get("/?abiertas=nobody-gave-this")).status_code == 404
        assert (await reader.get("/consultas/nobody")).status_code == 404
        assert asked.node in (await reader.get("/api")).text
