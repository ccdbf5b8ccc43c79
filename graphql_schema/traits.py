"""What several types share: ids, texts in several languages, moments, and the interface of the register."""

from __future__ import annotations

import datetime as dt

import strawberry

from graphql_schema.enums import described
from graphql_schema.paging import argument, asked
from graphql_schema.scalars import LocalDateTime
from hub.text import TextOrigin

described(
    TextOrigin,
    "Who made a translation.",
    human="A person wrote it.",
    machine="A machine translated it and nobody checked it.",
    machine_reviewed="A machine translated it and a person checked it.",
)


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    """Anything that has an id of its own."""

    id: strawberry.ID = strawberry.field(description="The opaque global id.")


@strawberry.type(description="A text in one language.")
class Translation:
    """A text in one language."""

    language: str = strawberry.field(description="The language tag (BCP 47).")
    text: str = strawberry.field(description="The words.")
    easy_read: str | None = strawberry.field(description="The same in plain short sentences, where somebody wrote it.")
    origin: TextOrigin = strawberry.field(description="Who made this version.")
    authentic: bool = strawberry.field(description="Whether this version holds where two differ.")


LANGUAGE = argument(
    str | None, "A language tag such as `es` or `en`; unset, the languages of the header Accept-Language."
)


@strawberry.type(description="One text in several languages; a missing one falls back to Spanish, then to the source.")
class LocalizedText:
    """One text in several languages."""

    text: str = asked("The words in the language asked for, or in the one it fell back to.", language=LANGUAGE)
    easy_read: str | None = asked(
        "The same in plain short sentences, in the language that `text` is in; null where nobody wrote it.",
        language=LANGUAGE,
    )
    language: str = asked("The language that `text` is in, so that a fallback can be seen.", language=LANGUAGE)
    source_language: str = strawberry.field(description="The language that the text was written in.")
    translations: list[Translation] = strawberry.field(description="The text in every language that it has.")


@strawberry.type(description="A declared instant: what the notice says, and the instant that follows from it.")
class Moment:
    """A declared instant."""

    instant: dt.datetime = strawberry.field(description="The instant in UTC.")
    declared_local: LocalDateTime = strawberry.field(description="The wall-clock time that was declared.")
    zone: str = strawberry.field(description="The IANA time zone in which it was declared.")


@strawberry.interface(description="Anything in the public register: it has a folio, a title and a public history.")
class PublicRecord(Node):
    """Anything in the public register."""

    folio: str | None = strawberry.field(
        description="The public reference, given at publication and never used twice; null for what has none."
    )
    title: LocalizedText = strawberry.field(description="What it is called.")
    published_at: dt.datetime | None = strawberry.field(description="When it became public.")
    updated_at: dt.datetime = strawberry.field(description="When its public record last changed.")
    withdrawn_at: dt.datetime | None = strawberry.field(
        description="When it was withdrawn; what is left then is this trace of it."
    )


@strawberry.type(description="What may happen next, for this viewer, and why not.")
class Transition:
    """What may happen next."""

    event: str = strawberry.field(description="The name of the event in the life cycle.")
    label: str = strawberry.field(description="The event in the viewer's language.")
    allowed: bool = strawberry.field(description="Whether this viewer may do it now.")
    reason: Reason | None = strawberry.field(description="Why not; null where it is allowed.")


@strawberry.type(description="The rule that refuses, as a code for programs and a sentence for people.")
class Reason:
    """The rule that refuses."""

    code: str = strawberry.field(description="The stable code of the refusal.")
    message: str = strawberry.field(description="The sentence, in the viewer's language.")
