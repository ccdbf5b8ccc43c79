"""Documents in the schema."""

from __future__ import annotations

import datetime as dt
import enum

import strawberry

from graphql_schema.enums import described
from graphql_schema.traits import LocalizedText, Node, PublicRecord
from hub.files.models import DocumentRole, DocumentSight
from hub.files.purposes import Purpose

described(
    DocumentSight,
    "Who is given a document.",
    public="Everybody, once what it is attached to is public.",
    members="Whoever sits in the body.",
)
described(
    DocumentRole,
    "What a document is to the thing that it is attached to.",
    background="It is what one should know before.",
    convocation="It calls a session.",
    minutes="It is the signed minutes.",
    annex="It belongs to a text.",
    terms="It is the terms of reference.",
    report="It is what came of the work.",
    dataset="It is data.",
    contract="It is a contract or an agreement.",
    other="It is something else.",
)
described(
    Purpose,
    "For what a file is handed in.",
    document="To be attached as a document: 50 MiB at most.",
    dataset="To be attached as data: 200 MiB at most.",
    answer="To answer a question: 10 MiB at most; `requestAnswerUpload` gives the ticket.",
)


@strawberry.type(description="A file under a title, attached to something of the register or to a part of it.")
class Document(Node):
    """A file under a title."""

    title: LocalizedText = strawberry.field(description="What it is called.")
    role: DocumentRole = strawberry.field(description="What it is to the thing that it is attached to.")
    sight: DocumentSight = strawberry.field(description="Who is given it.")
    licence: str | None = strawberry.field(description="Under which licence it may be used; null where none was named.")
    record: PublicRecord | None = strawberry.field(
        description="What it is attached to, the whole where that is a part; null while that is not public."
    )
    name: str = strawberry.field(description="What its file is called.")
    size: int = strawberry.field(description="How many bytes it has.")
    media_type: str = strawberry.field(description="Its media type, which its bytes were looked at for.")
    sha256: str = strawberry.field(description="The SHA-256 of its bytes, in hexadecimal.")
    path: str | None = strawberry.field(
        description="The path on this host at which a GET gives its bytes, to whoever sees it, with their token as "
        "bearer where not everybody does; null once it is withdrawn."
    )
    published_at: dt.datetime = strawberry.field(description="When it was attached.")
    withdrawn_at: dt.datetime | None = strawberry.field(
        description="When it was withdrawn; what is left then is this trace of it."
    )
    withdrawn_reason: LocalizedText | None = strawberry.field(description="Why it was withdrawn.")


@strawberry.input(description="Which documents a list holds.")
class DocumentFilter:
    """Which documents a list holds."""

    role: list[DocumentRole] | None = strawberry.field(default=None, description="Only of these roles.")
    sight: list[DocumentSight] | None = strawberry.field(default=None, description="Only for these people.")


@strawberry.enum(description="The order of a list of documents.")
class DocumentOrder(enum.Enum):
    """The order of a list of documents."""

    POSITION_ASC = strawberry.enum_value("position_asc", description="As they were attached.")
    PUBLISHED_DESC = strawberry.enum_value("published_desc", description="The newest first.")
