"""The rules of visibility as the guards see them: the conditions themselves, for each class of viewer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import False_, True_

import hub.models  # noqa: F401 - registers every table and every rule
from hub.database.base import Base
from hub.viewer import Viewer
from hub.visibility import PlainSight, visible_rows

SOMEBODY = UUID("01990000-0000-7000-8000-000000000001")
AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)

VIEWERS = {"anonymous": Viewer(), "signed in": Viewer(account_id=SOMEBODY, person_id=SOMEBODY)}
"""One viewer of each class that a statement tells apart."""

MODELS: list[type[Any]] = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__name__)


def conditions(model: type[Any]) -> list[Any]:
    """Return the condition under which each class of viewer sees rows of a model."""
    return [visible_rows(model, aliased(model), PlainSight(viewer, AT)) for viewer in VIEWERS.values()]


def never_seen(model: type[Any]) -> bool:
    """Whether nobody ever reads rows of this model by a query."""
    return all(isinstance(condition, False_) for condition in conditions(model))


def always_seen(model: type[Any]) -> bool:
    """Whether everybody sees all rows of this model."""
    return all(isinstance(condition, True_) for condition in conditions(model))
