"""Describing data to programs that read pages, in the words of schema.org, so that catalogues of data find them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Study = dict[str, Any]
Dataset = dict[str, Any]

AUTHORS = frozenset({"LEAD", "RESEARCHER"})
"""Who of a team made the data, as in the line by which a study is cited."""


def datasets_described(study: Study, *, at: str, file_at: Callable[[str], str]) -> dict[str, Any] | None:
    """Return the datasets of a study as JSON-LD; None where nothing of them is public.

    `at` is the page of the study and `file_at` where a file of the hub is; addresses are those of the page's own host
    and are read as relative to it.
    """
    described = [_dataset(one, study, at, file_at) for one in study["datasets"]["nodes"]]
    return {"@context": "https://schema.org", "@graph": described} if described else None


def _dataset(dataset: Dataset, study: Study, at: str, file_at: Callable[[str], str]) -> dict[str, Any]:
    produced = dataset["role"] == "PRODUCED"
    revision = study["revision"]
    files = [one for one in dataset["documents"]["nodes"] if one["path"] is not None]
    return _told(
        {
            "@type": "Dataset",
            "@id": f"{at}/datos#{dataset['id']}",
            "url": f"{at}/datos#{dataset['id']}",
            "name": dataset["title"]["text"],
            "description": (dataset["description"] or dataset["title"])["text"],
            "inLanguage": dataset["title"]["language"],
            "license": dataset["licence"],
            "isBasedOn": dataset["sourceUrl"],
            "datePublished": dataset["publishedAt"] and dataset["publishedAt"][:10],
            "isAccessibleForFree": True if files else None,
            "creator": _creators(study) if produced else None,
            "publisher": {"@type": "Organization", "name": study["body"]["title"]["text"]}
            if produced and study["body"]
            else None,
            "version": revision["number"] if produced and revision else None,
            "creditText": revision["citation"] if produced and revision else None,
            "isPartOf": _told(
                {"@type": "Report", "@id": at, "name": study["title"]["text"], "identifier": study["folio"]}
            ),
            "variableMeasured": [
                {"@type": "PropertyValue", "name": one["name"], "description": one["meaning"]["text"]}
                for one in dataset.get("columns", [])
            ],
            "distribution": [_file(one, file_at) for one in files],
        }
    )


def _creators(study: Study) -> list[dict[str, Any]]:
    return [
        {"@type": "Person", "name": one["name"]}
        for one in study["members"]["nodes"]
        if one["role"] in AUTHORS and one["name"] is not None
    ]


def _file(file: dict[str, Any], file_at: Callable[[str], str]) -> dict[str, Any]:
    return _told(
        {
            "@type": "DataDownload",
            "name": file["name"],
            "contentUrl": file_at(file["path"]),
            "encodingFormat": file["mediaType"],
            "contentSize": f"{file['size']} B",
            "sha256": file["sha256"],
            "license": file["licence"],
        }
    )


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts that are known."""
    return {name: value for name, value in facts.items() if value not in (None, [])}
