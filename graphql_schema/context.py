"""What a resolver of a mutation knows of its request."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import math
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import strawberry
from strawberry.types.info import Info as StrawberryInfo

from hub.changes.change import Change, Changes
from hub.changes.idempotency import IdempotencyKey, is_random
from hub.errors import Invalid, Problem
from hub.reading.asking import Asking
from hub.viewer import Viewer

LONGEST_KEY = 200


@dataclasses.dataclass
class Context:
    """One request: who asks, when, in which languages, and where changes begin."""

    changes: Changes
    asking: Asking
    request_id: str
    idempotency_key: str | None = None
    """The header `Idempotency-Key`, for clients that cannot put it into the input."""
    network: str | None = None
    """The network that the request came from, as far as that is known."""
    codes: int | None = None
    """How many codes to sign in are sent to everybody together within ten minutes; None for no limit."""
    operation: str = ""
    """The mutation that is being carried out."""
    token: str | None = dataclasses.field(default=None, repr=False)
    """The token that was shown; what goes on for long asks again what it is worth."""

    @property
    def viewer(self) -> Viewer:
        """Who is asking."""
        return self.asking.viewer

    @property
    def at(self) -> dt.datetime:
        """The instant of the request, taken once."""
        return self.asking.at

    def change(self, given: Any) -> AbstractAsyncContextManager[Change]:
        """Begin the one transaction of a mutation; its input names it for idempotency."""
        key = getattr(given, "idempotency_key", None)
        if key is None:  # And not where it is empty: whoever sends an empty key must hear that it names nothing.
            key = self.idempotency_key
        return self.changes.begin(
            self.viewer, at=self.at, request_id=self.request_id, repeatable=self._repeatable(key, given)
        )

    def change_without_key(self) -> AbstractAsyncContextManager[Change]:
        """Begin the one transaction of a mutation that no key makes repeatable: it tells a secret, or keeps nothing."""
        return self.changes.begin(self.viewer, at=self.at, request_id=self.request_id)

    def _repeatable(self, key: str | None, given: Any) -> IdempotencyKey | None:
        if key is None:
            return None
        if not 1 <= len(key) <= LONGEST_KEY:
            raise Invalid([Problem("BAD_IDEMPOTENCY_KEY", ("idempotencyKey",), {"longest": LONGEST_KEY})])
        if not self.viewer.signed_in and self.viewer.client_id is None and not is_random(key):
            # Everybody who is nobody shares one principal: a guessable key would replay a stranger's answer.
            raise Invalid([Problem("IDEMPOTENCY_KEY_NOT_RANDOM", ("idempotencyKey",), {})])
        request = {k: v for k, v in plain(given).items() if k != "idempotency_key"}
        return IdempotencyKey.of(self.operation, key, request)


def plain(value: Any) -> Any:
    """Return an input in a form whose canonical JSON tells two inputs apart."""
    if value is strawberry.UNSET:
        return None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, float) and not math.isfinite(value):
        # JSON has no form for what `1e999` is read as; what wants a number in bounds refuses it later.
        return str(value)
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value


Info = StrawberryInfo[Context, None]
"""What Strawberry hands to a resolver."""
