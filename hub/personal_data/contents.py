"""The whole register: everything personal that the hub keeps, in the order in which it is told."""

from __future__ import annotations

from hub.personal_data.of_agreements import OF_AGREEMENTS
from hub.personal_data.of_bodies import OF_BODIES
from hub.personal_data.of_files import OF_FILES
from hub.personal_data.of_nobody import OF_NOBODY
from hub.personal_data.of_people import OF_PEOPLE
from hub.personal_data.of_responses import OF_RESPONSES
from hub.personal_data.of_sessions import OF_SESSIONS
from hub.personal_data.of_studies import OF_STUDIES
from hub.personal_data.registry import Personal

PERSONAL: tuple[Personal, ...] = (
    *OF_PEOPLE,
    *OF_BODIES,
    *OF_SESSIONS,
    *OF_FILES,
    *OF_RESPONSES,
    *OF_STUDIES,
    *OF_AGREEMENTS,
)

KEPT: tuple[str, ...] = tuple(dict.fromkeys(held.kept for held in PERSONAL if held.kept is not None))
"""The notes that say what stays when somebody goes, and why."""

__all__ = ["KEPT", "OF_NOBODY", "PERSONAL"]
