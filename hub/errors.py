"""The tree of refusals.

::

    HubError
    ├── SetupError              the installation is not as it must be; shown to the operator, never to a caller
    └── Refusal                 something was asked that may not be, or not now; nothing happened
        ├── Unauthenticated     nobody is signed in, and somebody must be
        ├── Forbidden           this person, or this token, may not
        ├── NotFound            there is no such thing, or the viewer may not know of it
        ├── Conflict            it was done already, or somebody else was faster
        ├── WrongState          the life cycle does not allow it now
        ├── Invalid             the input is wrong; `problems` holds everything that is
        ├── BadRequest          the request itself is malformed (a foreign cursor, an impossible page)
        │   └── TooExpensive    the request asks for more than one may at once
        ├── RateLimited         this caller has asked for too much lately; it may be asked again after a while
        └── Overloaded          everybody together asks for too much; it may be asked again after a while

Every refusal has a stable `code` out of the catalogue (`hub/wording.py`), which also holds its sentence in
Spanish and in English, so that no caller ever meets a text in one language only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


class HubError(Exception):
    """Anything that the hub says no to."""


class SetupError(HubError):
    """The installation is not as it must be. The sentence (English) says what is wrong and how to mend it."""


class Refusal(HubError):
    """A no with a reason: a code of the catalogue and the facts that its sentence names."""

    def __init__(self, code: str, /, *, path: Sequence[str] = (), **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.path = tuple(path)
        self.facts: Mapping[str, object] = facts

    def __bool__(self) -> Literal[False]:
        """Let a rule's answer be read aloud: `if may_publish(…)`."""
        return False


class Unauthenticated(Refusal):
    """Nobody is signed in, and somebody must be."""


class Forbidden(Refusal):
    """This person, or this token, may not."""


class NotFound(Refusal):
    """There is no such thing, or the viewer may not know of it: the same answer for both."""


class Conflict(Refusal):
    """It was done already, or somebody else was faster."""


class WrongState(Refusal):
    """The life cycle does not allow it now."""


class BadRequest(Refusal):
    """The request itself is malformed: a foreign cursor, an impossible page, a control character."""


class TooExpensive(BadRequest):
    """The request asks for more than one may at once."""


class RateLimited(Refusal):
    """This caller has asked for too much lately; `retry_after` says in how many seconds there is enough again."""


class Overloaded(Refusal):
    """Everybody together asks for too much; `retry_after` says in how many seconds it is worth trying again."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input, where it is, and the facts that its sentence names."""

    code: str
    path: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


class Invalid(Refusal):
    """The input is wrong. All problems are told at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].code, path=problems[0].path, **problems[0].facts)
        self.problems = tuple(problems)


def without_unread(found: Iterable[Problem], faults: Sequence[Problem]) -> list[Problem]:
    """Return faults and problems; of a place that could not even be read nothing else is said."""
    return [*faults, *read_only(found, faults)]


def read_only(found: Iterable[Problem], faults: Sequence[Problem]) -> Iterator[Problem]:
    """Walk through the problems of what could be read."""
    return (problem for problem in found if not unread(problem.path, faults))


def unread(path: tuple[str, ...], faults: Sequence[Problem]) -> bool:
    """Whether what stands in this place of an input could not be read."""
    return any(path[: len(fault.path)] == fault.path for fault in faults)


Verdict = Literal[True] | Refusal
"""What a rule answers: True, or the refusal that says why not."""


def require(verdict: Verdict) -> None:
    """Go on if the rule said yes; raise its refusal if it did not."""
    if verdict is not True:
        raise verdict
