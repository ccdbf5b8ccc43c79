"""What the mutations of instruments answer."""

from __future__ import annotations

import strawberry

from graphql_schema.instruments.types import Instrument
from graphql_schema.payloads import Payload

INSTRUMENT = "The instrument; null where nothing was done."


@strawberry.type(description="What drafting an instrument answers.")
class DraftInstrumentPayload(Payload):
    """What drafting an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What editing an instrument answers.")
class EditInstrumentPayload(Payload):
    """What editing an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What tabling an instrument answers.")
class TableInstrumentPayload(Payload):
    """What tabling an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What rewording an instrument answers.")
class RewordInstrumentPayload(Payload):
    """What rewording an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What withdrawing an instrument answers.")
class WithdrawInstrumentPayload(Payload):
    """What withdrawing an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What adopting an instrument answers.")
class AdoptInstrumentPayload(Payload):
    """What adopting an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What signing an instrument answers.")
class SignInstrumentPayload(Payload):
    """What signing an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What publishing an instrument answers.")
class PublishInstrumentPayload(Payload):
    """What publishing an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)


@strawberry.type(description="What annulling an instrument answers.")
class AnnulInstrumentPayload(Payload):
    """What annulling an instrument answers."""

    instrument: Instrument | None = strawberry.field(description=INSTRUMENT)
