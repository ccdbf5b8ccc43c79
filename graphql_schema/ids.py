"""Opaque global ids: the name of the type and the identifier of the row, for example `Consultation_0199…`."""

from __future__ import annotations

from uuid import UUID

from hub.errors import BadRequest


def encode(type_: str, id_: UUID) -> str:
    """Return the global id of a row."""
    return f"{type_}_{id_}"


def split(id_: str) -> tuple[str, UUID] | None:
    """Return the type and the identifier, or None where this is no id of ours."""
    type_, _, identifier = id_.rpartition("_")
    if len(identifier) != 36:
        return None
    try:
        return (type_, UUID(identifier)) if type_ else None
    except ValueError:
        return None


def decode(id_: str, type_: str, *, path: tuple[str, ...] = ()) -> UUID:
    """Return the identifier of an id that must be of this type; BadRequest where it is not."""
    found = split(id_)
    if found is None or found[0] != type_:
        raise BadRequest("BAD_ID", path=path, type=type_)
    return found[1]
