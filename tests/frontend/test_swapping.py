"""The front end is replaced: by other colours, other templates, other files, another program, or by none.

And our own is the same wherever it runs: in the hub's process, or as a program of its own.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.routing import Route

from frontend_stub.app import PAGES
from hub.app import create_app
from hub.errors import SetupError
from hub.settings import Settings
from hub.web.front_end import front_end
from tests.cast import a_citizen, here_in_person
from tests.frontend.answering import FakeHub, Outline, reading
from tests.identity.browsing import served
from tests.journeys.installation import CHECKOUT, Installation, a_home, free_port
from tests.making.bodies import a_body
from tests.making.consultations import an_open_consultation
from tests.making.people import an_organization
from tests.talking import Talking, talking

ROUTES = [route for page in PAGES for route in page.routes if isinstance(route, Route)]
PLAIN = sorted(
    {route.path for route in ROUTES if "{" not in route.path and "GET" in (route.methods or ())}
    # Nobody comes back from a provider without having gone there.
    - {"/entrar/regreso"}
)
"""Every address that can be read and names no thing."""

NEW_EACH_TIME = re.compile(r'(name="(?:idempotencyKey|since)" value=")[^"]*')
"""What a form holds that is another one whenever it is shown."""


# ---- restyled ------------------------------------------------------------------------------------------------------


async def test_a_theme_comes_after_our_own_style_and_is_served(fake: FakeHub, tmp_path: Path) -> None:
    theme = tmp_path / "rojo.css"
    theme.write_text(":root { --accent: #a11; }")
    async with reading(fake, theme=theme, name="Consulta Jalisco") as reader:
        page = Outline((await reader.get("/")).text)
        sheets = [str(link["href"]) for link in page.all("link") if link["rel"] == "stylesheet"]
        served_as = await reader.get("/static/theme.css")
        assert (await reader.get("/static/hub.css")).status_code == 200
    assert sheets[-1] == "/static/theme.css"
    assert (served_as.text, served_as.headers["content-type"]) == (theme.read_text(), "text/css; charset=utf-8")
    assert page.words("title").endswith(" · Consulta Jalisco")
    assert "Consulta Jalisco" in page.words("header")


async def test_without_a_theme_there_is_none(reader: httpx2.AsyncClient) -> None:
    assert "theme.css" not in (await reader.get("/")).text
    assert (await reader.get("/static/theme.css")).status_code == 404


# ---- other templates -----------------------------------------------------------------------------------------------


async def test_a_template_of_one_s_own_takes_the_place_of_ours_and_the_others_stay(
    fake: FakeHub, tmp_path: Path
) -> None:
    blocks = "{% block title %}Reglas{% endblock %}{% block content %}<h1>Reglas</h1>{% endblock %}"
    (tmp_path / "terms.html").write_text('{% extends "layout.html" %}' + blocks)
    async with reading(fake, templates=tmp_path) as reader:
        assert Outline((await reader.get("/terminos")).text).words("main") == "Reglas"
        assert Outline((await reader.get("/privacidad")).text).words("h1") == "Privacidad"


# ---- other files ---------------------------------------------------------------------------------------------------


@asynccontextmanager
async def a_hub_with(frontend: str, url: str, data: Path, **known: bool) -> AsyncIterator[httpx2.AsyncClient]:
    """A caller in front of a hub that has this front end, opened as it is when it is served."""
    app = create_app(Settings(data=data, database_url=None, keys=None, frontend=frontend, **known), url)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client,
    ):
        yield client


async def test_built_pages_are_served_from_their_folder(database_url: str, data: Path, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Otra</title>")
    (tmp_path / "assets" / "app.js").write_text("export {};")
    async with a_hub_with(f"dir:{tmp_path}", database_url, data) as client:
        for address in ("/", "/consultas", "/consultas/Consultation_1", "/en/a/b"):
            page = await client.get(address)
            assert (page.status_code, page.text) == (200, "<!doctype html><title>Otra</title>"), address
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert page.headers["cache-control"] == "no-cache"
            assert page.headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
        script = await client.get("/assets/app.js")
        assert (script.status_code, script.text) == (200, "export {};")
        again = await client.get("/assets/app.js", headers={"if-none-match": script.headers["etag"]})
        assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
        assert (await client.get("/assets/nothing.js")).status_code == 404, "A file that is missing is no page."
        assert (await client.get("/../keys.json")).status_code == 404
        assert (await client.post("/")).status_code == 405
        asked = await client.post("/graphql", json={"query": "{ viewer { signedIn } }"})
        assert asked.json() == {"data": {"viewer": {"signedIn": False}}}


# ---- another program, or none --------------------------------------------------------------------------------------


async def test_another_application_is_given_the_endpoint_and_nothing_else(database_url: str, data: Path) -> None:
    async with a_hub_with("tests.frontend.another:create_app", database_url, data) as client:
        assert (await client.get("/")).text == "Bodies: 0"
        assert (await client.get("/consultas")).status_code == 404


async def test_without_pages_the_hub_says_where_its_api_is(database_url: str, data: Path) -> None:
    async with a_hub_with("none", database_url, data) as client:
        for address in ("/", "/consultas"):
            answer = await client.get(address, headers={"accept-language": "en"})
            (error,) = answer.json()["errors"]
            assert (answer.status_code, error["extensions"]["code"]) == (404, "NOT_FOUND")
            assert error["message"].startswith("This hub has no pages: everything is asked by the API at `/graphql`")
        assert (await client.get("/livez")).status_code == 200
        assert (await client.get("/graphql/schema.graphql")).status_code == 200
        asked = await client.post("/graphql", json={"query": "{ viewer { signedIn } }"})
        assert asked.json() == {"data": {"viewer": {"signedIn": False}}}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("nothing", "is no `module:function`, `dir:PATH` or `none`"),
        ("no.such.module:create_app", "is no `module:function`"),
        ("frontend_stub:no_such_function", "is no `module:function`"),
        (":", "is no `module:function`"),
        ("dir:/no/such/folder", "there is no index.html in /no/such/folder"),
        ("tests.frontend.another:misfit", "does not take the endpoint"),
        ("tests.frontend.another:nothing", "made no ASGI application, but str"),
    ],
)
def test_a_name_that_is_none_is_said_in_words(named: str, told: str) -> None:
    with pytest.raises(SetupError, match=re.escape(told)):
        front_end(named, FakeHub())


@contextmanager
def an_installation(url: str) -> Iterator[Installation]:
    """An installation on a database that is ready."""
    with a_home() as home:
        made = Installation(home / "data", HUB_DATABASE_URL=url)
        made.said("keys", "create")
        yield made


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_the_command_line_says_it_plainly_and_serves_nothing(database_url: str, workers: str) -> None:
    def tried() -> None:
        with an_installation(database_url) as installation:
            serve = ("serve", "--port", str(free_port()), "--workers", workers)
            wrong = installation.with_environment(HUB_FRONTEND="no.such:pages").refused(*serve)
            assert wrong.startswith("hub: HUB_FRONTEND: 'no.such:pages' is no `module:function`")
            wrong = installation.with_environment(FRONTEND_CONTACT="nobody").refused(*serve)
            assert wrong.startswith("hub: frontend_stub:create_app has a setting that does not fit: contact: ")

    await asyncio.to_thread(tried)


# ---- the same pages, wherever they run -----------------------------------------------------------------------------


async def pages_by(
    browser: httpx2.AsyncClient, paths: list[str], *, token: str | None = None
) -> dict[str, tuple[int, str, str]]:
    """Return what a browser gets at each address: the same browser each time, so that its forms are the same."""
    browser.cookies.set("hub-browser", "the-same")
    if token is not None:
        browser.cookies.set("hub-session", token)
    found = {}
    for path in paths:
        response = await browser.get(path)
        found[path] = (
            response.status_code,
            response.headers.get("location", ""),
            NEW_EACH_TIME.sub(r"\1", response.text),
        )
    return found


async def a_world(hub: Talking) -> list[str]:
    """Something to look at; return the addresses of all that can be read."""
    asked = await an_open_consultation(hub, await a_body(hub))
    organization = await an_organization(hub)
    things = [f"/consultas/{asked.node}", f"/organizaciones/Organization_{organization}/representar"]
    return [*PLAIN, *things, "/nada", *(f"/en{path}".removesuffix("/") for path in (*PLAIN, *things))]


@pytest.mark.parametrize("signed_in", [False, True])
async def test_both_ways_to_the_hub_make_the_same_pages(hub: Talking, signed_in: bool) -> None:
    paths = await a_world(hub)
    token = (await here_in_person(hub, await a_citizen(hub))).token if signed_in else None
    async with (
        served(hub.app, free_port()) as home,
        reading(hub.hub.endpoint) as inside,
        reading(f"{home}/graphql") as outside,
    ):
        within = await pages_by(inside, paths, token=token)
        over_a_network = await pages_by(outside, paths, token=token)
    assert {path for path in paths if within[path] != over_a_network[path]} == set()
    assert {path: found[0] for path, found in within.items() if found[0] not in (200, 303, 403, 404)} == {}
    assert [within[path][0] for path in ("/", "/en/privacidad", "/nada")] == [200, 200, 404]


async def test_pages_as_a_program_of_their_own_are_the_ones_that_the_hub_serves(hub: Talking) -> None:
    paths = await a_world(hub)
    port = free_port()
    async with served(hub.app, free_port()) as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUB_", "FRONTEND_"))}
        command = [sys.executable, "-m", "uvicorn", "--factory", "frontend_stub.app:from_environment"]
        program = subprocess.Popen(  # noqa: ASYNC220 - it is our own program, and ends with this block
            [*command, "--port", str(port), "--log-level", "error"],
            cwd=CHECKOUT,
            env={**kept, "FRONTEND_HUB_URL": f"{home}/graphql"},
        )
        try:
            host = {"host": "participa.example"}
            async with (
                httpx2.AsyncClient(base_url=home, headers=host, trust_env=False) as of_the_hub,
                httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=host, trust_env=False) as of_its_own,
            ):
                while True:
                    try:
                        await of_its_own.get("/terminos")
                        break
                    except httpx2.ConnectError:
                        assert program.poll() is None, "It ended instead of serving."
                        await asyncio.sleep(0.05)
                inside = await pages_by(of_the_hub, paths)
                outside = await pages_by(of_its_own, paths)
        finally:
            program.terminate()
            await asyncio.to_thread(program.wait, 10)
    assert {path for path in paths if inside[path] != outside[path]} == set()


def test_a_program_of_its_own_says_what_is_not_set() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FRONTEND_")}
    command = [sys.executable, "-c", "from frontend_stub.app import from_environment; from_environment()"]
    for environment, told in (
        ({}, "FRONTEND_HUB_URL says where the hub's GraphQL endpoint is; it is not set."),
        ({"FRONTEND_HUB_URL": "hub"}, "FRONTEND_HUB_URL: String should match pattern"),
        ({"FRONTEND_THEME": "/no/such.css"}, "FRONTEND_THEME: Path does not point to a file."),
    ):
        done = subprocess.run(
            command, cwd=CHECKOUT, env={**kept, **environment}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr.startswith(told), "Traceback" in done.stderr) == (1, True, False), done


async def test_a_hub_that_takes_only_known_documents_has_every_page_for_everybody(
    database_url: str, data: Path
) -> None:
    settings = Settings(data=data, database_url=None, keys=None)
    async with talking(settings, database_url) as hub:
        paths = await a_world(hub)
    async with a_hub_with(settings.frontend, database_url, data, anonymous_documents_only=True) as client:
        refused = await client.post("/graphql", json={"query": "{ viewer { signedIn } }"})
        assert refused.status_code == 403, "It takes nothing else."
        found = {path: (await client.get(path)).status_code for path in paths}
    assert {path: status for path, status in found.items() if status not in (200, 303, 404)} == {}
    assert [path for path, status in found.items() if status == 404] == ["/nada"]
