"""What the viewer can read of what would stay if they had themself erased."""

from __future__ import annotations

from collections.abc import Iterable

from hub.identity.reading import viewer
from hub.personal_data.contents import KEPT
from hub.reading.readable import Answered
from hub.wording import note


def kept_in(languages: Iterable[str]) -> list[str]:
    """Return what stays when somebody goes, and why, in one of these languages."""
    spoken = tuple(languages)
    return [note(code, {}, spoken) for code in KEPT]


viewer.fields |= {"kept_after_erasure": Answered(lambda row, call: [], lambda asking: kept_in(asking.languages))}
