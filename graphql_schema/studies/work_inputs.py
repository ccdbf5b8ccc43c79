"""What the acts on the team, the steps and the data of a study take."""

from __future__ import annotations

import datetime as dt

import strawberry

import graphql_schema.studies.review_types  # noqa: F401 - the enumerations get their descriptions there
from graphql_schema.payloads import BASED_ON_EDITION, KEY
from graphql_schema.wording_inputs import Faults, LocalizedTextInput, Path, read
from hub.studies.dataset_models import ColumnType, DatasetRole
from hub.studies.describing import ColumnDraft, DatasetDraft
from hub.studies.models import TeamRole


@strawberry.input(description="A column of data, as the dictionary tells it.")
class DatasetColumnInput:
    """A column of data."""

    name: str = strawberry.field(description="What it is called in the data.")
    type: ColumnType = strawberry.field(description="What stands in it.")
    meaning: LocalizedTextInput = strawberry.field(description="What that means, in Spanish and in English.")

    def read(self, path: Path, faults: Faults) -> ColumnDraft:
        """Return the column."""
        return ColumnDraft(name=self.name, type=self.type, meaning=self.meaning.read((*path, "meaning"), faults))


@strawberry.input(description="What is known of data.")
class DatasetInput:
    """What is known of data."""

    role: DatasetRole = strawberry.field(description="Whether they were used or produced.")
    title: LocalizedTextInput = strawberry.field(description="What they are called.")
    description: LocalizedTextInput | None = strawberry.field(default=None, description="What they are.")
    mended: LocalizedTextInput | None = strawberry.field(
        default=None, description="What was mended in them before they were used."
    )
    source_url: str | None = strawberry.field(default=None, description="Where they come from.")
    licence: str | None = strawberry.field(default=None, description="What may be done with them.")
    row_count: int | None = strawberry.field(default=None, description="How many rows they have.")
    sha256: str | None = strawberry.field(
        default=None, description="SHA-256 of the file, as 64 small hexadecimal digits."
    )
    columns: list[DatasetColumnInput] = strawberry.field(
        default_factory=list, description="The dictionary of their columns, which produced ones must have."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def read(self) -> DatasetDraft:
        """Return what is known, with the faults of what could not be read."""
        faults: Faults = []
        return DatasetDraft(
            role=self.role,
            title=self.title.read(("title",), faults),
            description=read(self.description, ("description",), faults),
            mended=read(self.mended, ("mended",), faults),
            source_url=self.source_url,
            licence=self.licence,
            row_count=self.row_count,
            sha256=self.sha256,
            columns=tuple(one.read(("columns", str(n)), faults) for n, one in enumerate(self.columns)),
            faults=tuple(faults),
        )


@strawberry.input(description="Data that a study used or produced.")
class DescribeDatasetInput(DatasetInput):
    """Data that a study used or produced."""

    study_id: strawberry.ID = strawberry.field(description="The study.")


@strawberry.input(description="Data that are to be described anew.")
class EditDatasetInput(DatasetInput):
    """Data that are to be described anew."""

    dataset_id: strawberry.ID = strawberry.field(description="The data.")
    based_on: int | None = strawberry.field(default=None, description=BASED_ON_EDITION)


@strawberry.input(description="Somebody who is to work on a study.")
class AddStudyMemberInput:
    """Somebody who is to work on a study."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    name: str = strawberry.field(description="What they are cited by, which is public.")
    role: TeamRole = strawberry.field(description="What they do in the team.")
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="The person, where they have an account here."
    )
    organization_id: strawberry.ID | None = strawberry.field(
        default=None, description="The organisation that they come from."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A declaration of interests in the matter of a study.")
class DeclareInterestsInput:
    """A declaration of interests in the matter of a study."""

    member_id: strawberry.ID = strawberry.field(description="The member of the team.")
    declaration: str = strawberry.field(
        description="Which interests there are, or that there are none, in 4,000 characters at most; it is public."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Somebody who is to leave the team of a study.")
class EndStudyMemberInput:
    """Somebody who is to leave the team of a study."""

    member_id: strawberry.ID = strawberry.field(description="The member of the team.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A step of a study.")
class SetMilestoneInput:
    """A step of a study."""

    study_id: strawberry.ID = strawberry.field(description="The study.")
    title: LocalizedTextInput = strawberry.field(description="What is to be handed in.")
    due_on: dt.date = strawberry.field(description="The day by which it is.")
    payment: int | None = strawberry.field(
        default=None, description="What is paid for it, in whole units of the study's currency."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="What is handed in for a step of a study.")
class HandInMilestoneInput:
    """What is handed in for a step of a study."""

    milestone_id: strawberry.ID = strawberry.field(description="The step.")
    note: LocalizedTextInput = strawberry.field(description="What is handed in; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A step whose delivery is to be accepted.")
class AcceptMilestoneInput:
    """A step whose delivery is to be accepted."""

    milestone_id: strawberry.ID = strawberry.field(description="The step.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A step whose delivery is to be returned.")
class ReturnMilestoneInput:
    """A step whose delivery is to be returned."""

    milestone_id: strawberry.ID = strawberry.field(description="The step.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A step that is not wanted any more.")
class DropMilestoneInput:
    """A step that is not wanted any more."""

    milestone_id: strawberry.ID = strawberry.field(description="The step.")
    reason: LocalizedTextInput = strawberry.field(description="Why; it is public.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Data that are to be taken off the list.")
class RemoveDatasetInput:
    """Data that are to be taken off the list."""

    dataset_id: strawberry.ID = strawberry.field(description="The data.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)
