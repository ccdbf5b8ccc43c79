"""A browser without scripts: it keeps cookies, follows redirects one by one and fills in forms."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx2
import uvicorn

from hub.settings import Settings
from tests.frontend.answering import Outline
from tests.journeys.installation import free_port
from tests.talking import Talking, talking

SECRET = "a-secret-of-the-tests"


class Browser:
    """One person's browser, in front of any number of sites."""

    def __init__(self, client: httpx2.AsyncClient, home: str) -> None:
        self.client, self.home = client, home
        self.address, self.visited = home, list[str]()
        self.page = Outline("")

    async def open(self, address: str) -> Outline:
        """Open an address, and go where it leads."""
        return await self._shown(await self.client.get(urljoin(self.address, address)))

    async def send(self, action: str, **fields: str) -> Outline:
        """Send the form of the page that is shown, with these fields filled in."""
        hidden = {str(i["name"]): str(i.get("value", "")) for i in self.page.all("input") if i.get("type") == "hidden"}
        address = urljoin(self.address, action)
        headers = {"sec-fetch-site": "same-origin", "origin": "{0.scheme}://{0.netloc}".format(urlsplit(self.address))}
        return await self._shown(await self.client.post(address, data={**hidden, **fields}, headers=headers))

    async def _shown(self, response: httpx2.Response) -> Outline:
        for _ in range(15):
            self.visited.append(str(response.url))
            if not response.is_redirect:
                break
            response = await self.client.get(urljoin(str(response.url), response.headers["location"]))
        self.address, self.page = str(response.url), Outline(response.text)
        return self.page

    def action(self, of: str) -> str:
        """Return where the form is sent whose address holds this."""
        return next(str(form["action"]) for form in self.page.all("form") if of in str(form["action"]))

    def link(self, of: str) -> str:
        """Return the link whose address holds this."""
        return next(str(link["href"]) for link in self.page.all("a") if of in str(link["href"]))


@contextlib.asynccontextmanager
async def a_browser(home: str) -> AsyncIterator[Browser]:
    """Somebody's browser, which speaks Spanish."""
    async with httpx2.AsyncClient(headers={"accept-language": "es"}, trust_env=False) as client:
        yield Browser(client, home)


@contextlib.asynccontextmanager
async def served(app: Any, port: int) -> AsyncIterator[str]:
    """Serve an application on this machine in this block."""
    options: dict[str, Any] = {"lifespan": "off", "log_level": "error", "loop": "none"}
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, **options))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn says it by this alone
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@contextlib.asynccontextmanager
async def a_hub_with(providers: str, url: str, data: Path, folder: Path) -> AsyncIterator[tuple[Talking, str]]:
    """A hub with these providers, served on this machine; `{hub}` in their text is where."""
    port = free_port()
    home, file = f"http://127.0.0.1:{port}", folder / "providers.toml"
    file.write_text(providers)
    settings = Settings(data=data, database_url=None, keys=None, providers=file, base_url=home)
    async with talking(settings, url) as hub, served(hub.app, port):
        yield hub, home
