"""An act, and a kind of thing that acts are done to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from frontend_stub.acting.fields import Field, Told
from frontend_stub.acting.filling import Fault, Filling, Read
from frontend_stub.acting.grouping import found_among
from frontend_stub.acting.handing import File
from frontend_stub.languages import LANGUAGES, Words

Leading = Callable[[Read], str]


async def _nothing(request: Request, node: Read) -> Response | None:
    return None


@dataclass(frozen=True)
class Act:
    """What can be done to a thing: the document that does it, and what its form asks for."""

    document: str
    """The document that is sent; the act's name and what it means are found in the words under it."""
    _: KW_ONLY
    names: str
    """What the id of the thing is called in the input."""
    fields: tuple[Field, ...] = ()
    event: str | None = None
    """Under which name the hub says whether it can be done now, and why not; None where it says so only when asked."""
    offered: Callable[[Read], bool] = lambda node: True
    """Whether it is worth offering where the thing stands; what the hub would refuse all the same, it refuses."""
    new: bool = False
    """Whether its form begins empty, since it makes something: what the thing says of itself is not said of that."""
    sure: bool = False
    """Whether it cannot be taken back, so that a box has to be ticked."""
    grave: bool = False
    """Whether it ends something."""
    instead: Callable[[Request, Read], Awaitable[Response | None]] = _nothing
    """What is shown in place of its form, where something has to be put right before it is of any use."""
    leads: Callable[[Read], str | None] = lambda payload: None
    """Where what was made by it is found, from what the hub answered; where the thing itself stands, otherwise."""

    @property
    def files(self) -> tuple[File, ...]:
        """The files that it asks for."""
        return tuple(field for field in self.fields if isinstance(field, File))

    def transition(self, node: Read) -> Read | None:
        """Return what the hub says of it for the thing as it stands; None where it says nothing."""
        if self.event is None:
            return None
        return next((one for one in node["availableTransitions"] if one["event"] == self.event), None)

    def is_offered(self, node: Read) -> bool:
        """Whether it belongs where the thing stands, be it allowed or not."""
        return self.offered(node) and (self.event is None or self.transition(node) is not None)

    def barred(self, node: Read, words: Words) -> str | None:
        """Return why it cannot be done now; None where nothing is known to be in its way."""
        if not self.is_offered(node):
            return str(words("desk.not_now"))
        found = self.transition(node)
        return None if found is None or found["allowed"] else found["reason"]["message"]

    def shown(self, filling: Filling) -> list[Told]:
        """Return the parts of its form."""
        return [field.shown(filling, field.name, self._before(field, filling)) for field in self.fields]

    def read(self, filling: Filling) -> Told:
        """Return what the hub is sent; what cannot be sent at all is among the faults of the filling."""
        said = {field.name: field.read(filling, field.name, self._before(field, filling)) for field in self.fields}
        return {self.names: filling.node["id"], **said}

    def _before(self, field: Field, filling: Filling) -> Any:
        return None if self.new and field.before is None else field.now(filling.node)

    def faults(self, filling: Filling, errors: Sequence[Read]) -> list[Fault]:
        """Return what the hub found wrong, each at the part of the form that it is about."""
        return [
            {"message": error["message"], "field": found_among(self.fields, filling, list(error.get("path") or []))}
            for error in errors
        ]


@dataclass(frozen=True)
class Subject:
    """A kind of thing that acts are done to: how it is read for them, and where it stands on the desk."""

    path: str
    """What its kind is called in an address: `sesiones`."""
    typename: str | tuple[str, ...]
    """Of which type it is, or of one of which."""
    document: str
    """The document that reads one with its `availableTransitions` and all that its forms choose among."""
    acts: Mapping[str, Act]
    """What is done to it, by the end of its address."""
    title: Callable[[Read, Words], Told]
    """What it is called, and in which language."""
    home: Leading
    """The page of the desk on which it is shown with what can be done to it."""
    spoken: Callable[[Read], Sequence[str]] = lambda node: LANGUAGES
    """The languages in which its texts are asked for: those of the pages, unless it is in others."""
    up: Callable[[Read, Words], Sequence[tuple[Told, str]]] = lambda node, words: ()
    """What lies between the desk and that page, each by its name and its address."""

    def address(self, node: Read, name: str) -> str:
        """Return where one of its acts is found."""
        return f"/escritorio/{self.path}/{node['id']}/{name}"

    def offers(self, node: Read, words: Words, *, only: Sequence[str] | None = None) -> list[Told]:
        """Return what can be done to a thing, then what cannot with the reason; `only` names some of its acts."""
        found = [
            {
                "name": words.named("act_name", act.document),
                "address": self.address(node, name),
                "reason": act.barred(node, words),
            }
            for name, act in self.acts.items()
            if (only is None or name in only) and act.is_offered(node)
        ]
        return sorted(found, key=lambda offer: offer["reason"] is not None)

    def with_offers(self, node: Read, words: Words) -> Told:
        """Return a thing with what can be done to it now as its `offers`; what cannot, its own page says."""
        return {**node, "offers": [offer for offer in self.offers(node, words) if not offer["reason"]]}
