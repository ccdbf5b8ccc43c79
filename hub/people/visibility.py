"""Who may see places, persons and organisations."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, or_, true

from hub.people.models import Account, DatedName, Organization, Person, Representation, Territory
from hub.people.rules import DECIDING
from hub.register.visibility import published, published_entry
from hub.viewer import Scope
from hub.visibility import Row, Sight, visible


@visible(Territory)
def visible_territory(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Places are public."""
    return true()


@visible(Person)
def visible_person(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Somebody whose profile is public, or oneself."""
    public: ColumnElement[bool] = row.public_profile
    return or_(public, row.id == sight.person_id) if sight.signed_in else public


@visible(Account)
def visible_account(row: Row, sight: Sight) -> ColumnElement[bool]:
    """How somebody comes in is nobody else's business; what oneself may know is read from the viewer."""
    return false()


@visible(Organization)
def visible_organization(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Organisations are public as their entry is."""
    return published(row)


@visible(Representation)
def visible_representation(row: Row, sight: Sight) -> ColumnElement[bool]:
    """Who asks to speak for an organisation sees that, and so do the officers of bodies, who decide."""
    if not sight.signed_in:
        return false()
    officer = func.cardinality(sight.bodies(*DECIDING, scope=Scope.BODIES_WRITE)) > 0
    return or_(row.person_id == sight.person_id, officer)


@visible(DatedName)
def visible_dated_name(row: Row, sight: Sight) -> ColumnElement[bool]:
    """A name is as public as the body or the organisation that bears it."""
    return published_entry(row.entry_id)
