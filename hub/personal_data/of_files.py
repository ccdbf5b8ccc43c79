"""What is kept of the files that somebody handed in as documents."""

from __future__ import annotations

from hub.files.models import StoredFile
from hub.personal_data.of_people import LEADS_BACK
from hub.personal_data.registry import Fate, Personal

OF_FILES = (
    Personal(
        model=StoredFile,
        section="files",
        whose=lambda row, who: row.uploaded_by == who.account_id,
        told="id name size media_type uploaded_at kept_until",
        untold={"uploaded_by": LEADS_BACK, "sha256": "machinery"},
        fate=Fate.UNLINKED,
        emptied="uploaded_by",
        kept="KEPT_ACTS",
        order="uploaded_at",
    ),
)
