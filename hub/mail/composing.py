"""Composing: the words of a letter as text and as HTML, in one message. Every word is in the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from hub.mail.models import Letter
from hub.settings import Settings
from hub.text import DEFAULT_LANGUAGE
from hub.wording import letter_words

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class Letterhead:
    """Whom letters come from, and where their links begin."""

    sender: str
    base_url: str

    @classmethod
    def of(cls, settings: Settings) -> Letterhead:
        """Return the letterhead of an installation."""
        return cls(settings.mail_from, settings.base_url.rstrip("/"))


def composed(letter: Letter, *, address: str, facts: Mapping[str, str], head: Letterhead) -> EmailMessage:
    """Return the message that a letter is sent as: the same at each attempt, with the same `Message-ID`."""
    words = letter_words(letter.kind, facts, letter.language)
    # The pages of another language than Spanish have the same addresses under its tag.
    link = head.base_url + ("" if letter.language == DEFAULT_LANGUAGE else f"/{letter.language}") + facts["page"]
    shown = {"words": words, "facts": facts, "language": letter.language, "link": link}
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(words["sender"], addr_spec=head.sender)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = words["subject"]
    message["Date"] = letter.written_at.astimezone(dt.UTC)
    message["Message-ID"] = f"<{letter.id.hex}@{head.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_templates.get_template(f"{letter.kind}.txt").render(shown), cte="quoted-printable")
    page = _templates.get_template(f"{letter.kind}.html").render(shown)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    # Only now: what is said of the content before it has two forms goes to the first of them.
    message["Content-Language"] = letter.language
    return message
