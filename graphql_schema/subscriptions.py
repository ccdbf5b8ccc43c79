"""The roots of following. Every field is read anew by the planner whenever something happens to what it names."""

from __future__ import annotations

import strawberry

from graphql_schema.consultations.types import Consultation
from graphql_schema.paging import argument, followed


@strawberry.type(description="The roots of following: each is told as it is, then whenever the answer is another one.")
class Subscription:
    """The roots of following."""

    consultation: Consultation | None = followed(
        "A consultation and the count of its responses, until that is over; null, and the end, where the viewer does "
        "not see it.",
        id=argument(strawberry.ID, "The opaque global id of the consultation."),
    )
