"""Documents: what is said of them, what their files are, and who is shown them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.reading.agreement_fields import AgreementFields
from tests.reading.ground import Thing
from tests.reading.seeing import INSIDERS
from tests.reading.session_fields import SessionFields

PARTS = {
    "AgendaItem": "agenda_item",
    "StudyRevision": "study_revision",
    "StudyMilestone": "study_milestone",
    "StudyDataset": "study_dataset",
}
"""The types of the parts that documents are attached to, and their tables."""


class FileFields(AgreementFields, SessionFields):
    """Documents and what they are attached to."""

    def any_documents(self, row: Any, **page: Any) -> Thing:
        """A part has those that name it; a thing of the register those that are of no part of it."""
        type_ = self.type_of(row)
        if type_ in PARTS:
            rows = self.world.of("document", part_id=row.id)
        else:
            rows = [found for found in self.world.of("document", entry_id=row.id) if found.part_id is None]
        return self.page("Document", f"{type_}.documents", rows, **page)

    def file_of(self, row: Any) -> Any:
        return self.world.get("stored_file", row.file_id)

    def Document_name(self, row: Any) -> str:
        return self.file_of(row).name  # type: ignore[no-any-return]

    def Document_size(self, row: Any) -> int:
        return self.file_of(row).size  # type: ignore[no-any-return]

    def Document_mediaType(self, row: Any) -> str:
        return self.file_of(row).media_type  # type: ignore[no-any-return]

    def Document_sha256(self, row: Any) -> str:
        return self.file_of(row).sha256.hex()  # type: ignore[no-any-return]

    def Document_path(self, row: Any) -> str | None:
        return None if row.withdrawn_at else f"/files/{row.id}"

    def Document_withdrawnAt(self, row: Any) -> str | None:
        return self.shown(row.withdrawn_at, self.schema.type_map["DateTime"])  # type: ignore[attr-defined, no-any-return]

    def Document_record(self, row: Any) -> Thing | None:
        entry = self.world.get("entry", row.entry_id)
        return self.one(entry.kind, entry.id) if self.published(entry.id) else None

    def sees_document(self, row: Any) -> bool:
        """A public one as what it is attached to is seen, and by whoever prepares that; a paper, by the members."""
        public = row.sight == "public"
        shown = public and self.shows_part(row.part_id) and self.published(row.entry_id)
        if not self.viewer.signed_in:
            return shown
        member = self.viewer.holds(INSIDERS, row.body_id) or self.is_inside(row.entry_id)
        prepares = self.viewer.holds(("analyst",), row.body_id) or self.is_of_a_party(row.entry_id)
        return shown or member or (public and prepares)

    def shows_part(self, part_id: UUID | None) -> bool:
        """Whether a part is shown: a point of an agenda, or what a study consists of."""
        parts = [(type_, self.world.get(table, part_id)) for type_, table in PARTS.items()]
        return part_id is None or any(part is not None and self.sees(type_, part) for type_, part in parts)

    def is_inside(self, entry_id: UUID) -> bool:
        """Whether the viewer sits in a body whose joint session it is, works on the study, or reviews it."""
        session, study = self.world.get("session", entry_id), self.world.get("study", entry_id)
        if study is not None:
            return self.works_on(entry_id) or self.reviews_it(entry_id)
        return session is not None and self.sits(session)
