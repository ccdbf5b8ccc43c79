"""Papers of a study: they are shown when what they are attached to is, and to those who work on it before."""

from __future__ import annotations

from tests.cast import a_citizen, a_secretary_of, a_visitor
from tests.consultations.asking import es
from tests.making.bodies import a_body
from tests.making.files import ATTACH, CSV, an_upload, attaching, fetch
from tests.making.studies import a_member, a_study, begun, handed_in, published
from tests.studies.asking import do
from tests.talking import Talking

DATA = """query ($id: ID!) { node(id: $id) { ... on StudyDataset {
  documents { totalCount nodes { sha256 record { id } } } } } }"""


async def test_data_are_given_to_everybody_once_the_study_is_published(hub: Talking) -> None:
    body = await a_body(hub)
    luis, eva, ana = await a_secretary_of(hub, body), await a_citizen(hub, "Eva Tun"), await a_citizen(hub)
    study = await a_study(hub, body)
    await a_member(hub, study, by=eva)
    await begun(hub, study)
    column = {"name": "estado", "type": "TEXT", "meaning": es("La entidad.", en="The state.")}
    data = await do(hub, "describeDataset", eva, study_id=study, role="PRODUCED", title="Datos", columns=[column])
    upload = await an_upload(hub, luis, name="datos.csv", content=CSV, purpose="DATASET")
    document = (await hub.act(ATTACH, attaching(data["id"], upload), by=luis))["document"]
    seen = {"totalCount": 1, "nodes": [{"sha256": document["sha256"], "record": {"id": f"Study_{study}"}}]}

    for who in (luis, eva):
        assert (await hub.ask(DATA, {"id": data["id"]}, by=who))["node"] == {"documents": seen}
    for who in (a_visitor(), ana):
        assert (await hub.ask(DATA, {"id": data["id"]}, by=who))["node"] is None
        assert (await fetch(hub, document["path"], who)).status_code == 404
    await handed_in(hub, study)
    await published(hub, study)
    for who in (a_visitor(), ana, eva):
        assert (await hub.ask(DATA, {"id": data["id"]}, by=who))["node"] == {"documents": seen}
        assert (await fetch(hub, document["path"], who)).content == CSV
