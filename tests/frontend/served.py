"""A hub with its pages, served on this machine, and the post office that its letters go to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from hub.mail.carrying import carrier_of
from hub.mail.composing import Letterhead
from hub.mail.sending import send_due
from tests.browser import Visitor
from tests.identity.browsing import served
from tests.journeys.installation import free_port
from tests.mail.post_office import PostOffice, a_post_office, settings_of
from tests.talking import Talking, talking


class Place:
    """Where people look at pages and get letters."""

    def __init__(self, hub: Talking, home: str, office: PostOffice) -> None:
        self.hub, self.home, self.office = hub, home, office

    async def link(self) -> str:
        """Return where the newest letter leads, once everything that is due was sent."""
        settings = self.hub.hub.settings
        await send_due(self.hub.hub.changes, carrier_of(settings), head=Letterhead.of(settings))
        body = self.office.seen[-1].get_body(("plain",))
        assert body is not None
        found: list[str] = re.findall(r"http\S+", body.get_content())
        return found[0]

    async def sign_in(self, visitor: Visitor, email: str) -> None:
        """Sign in by the code of a letter."""
        await visitor.page.goto(f"{self.home}/entrar")
        await visitor.page.fill("#email", email)
        await visitor.press("Enviar el código")
        await visitor.page.goto(await self.link())
        await visitor.press("Entrar", within="main")


@asynccontextmanager
async def a_place(url: str, data: Path, folder: Path) -> AsyncIterator[Place]:
    """A hub that sends its letters to a mail server (aiosmtpd) and is served."""
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    async with a_post_office(folder) as (office, found):
        settings = settings_of(found, data, base_url=home)
        async with talking(settings, url) as hub, served(hub.app, port):
            yield Place(hub, home, office)
