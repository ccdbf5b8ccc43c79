"""The front end keeps to its door, its documents to the contract, and its colours can be told apart."""

from __future__ import annotations

import re

import pytest
from graphql import build_schema, parse, validate

from tests.shape.project import ROOT, imports, modules

FOLDER = ROOT / "frontend_stub"
STYLE = (FOLDER / "static" / "hub.css").read_text(encoding="utf-8")


def test_it_imports_nothing_of_the_hub() -> None:
    found = {name.partition(".")[0] for tree in modules("frontend_stub").values() for name in imports(tree)}
    assert found & {"hub", "graphql_schema", "strawberry", "sqlalchemy", "asyncpg"} == set()


def test_its_documents_keep_to_the_contract() -> None:
    schema = build_schema((ROOT / "graphql_schema" / "schema.graphql").read_text(encoding="utf-8"))
    documents = sorted((FOLDER / "documents").glob("*.graphql"))
    assert [path.stem for path in documents] == [
        "account",
        "answer",
        "bodies",
        "change_display_name",
        "confirm_reauthentication",
        "confirm_sign_in",
        "consultation",
        "end_one_sign_in",
        "end_other_sign_ins",
        "end_sign_in",
        "erase_me",
        "example",
        "exchange_sign_in",
        "home",
        "kept_after_erasure",
        "link_identity",
        "my_data",
        "request_personal_data",
        "request_reauthentication",
        "request_sign_in",
        "revoke_token",
        "sign_in_options",
        "unlink_identity",
        "viewer",
        "what_is_open",
    ]
    for path in documents:
        assert validate(schema, parse(path.read_text(encoding="utf-8"))) == [], path.name


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme: the dark one changes some of the light one's."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, flags=re.DOTALL)[:2]
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", light))
    return found | (dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme: str) -> None:
    """Words by 4.5 to 1 on every ground (WCAG 2.2, 1.4.3), bars and edges by 3 to 1 (1.4.11)."""
    colours = tokens(scheme)
    words = {(ink, ground) for ink in ("ink", "quiet", "accent") for ground in ("paper", "sheet", "wash")}
    shapes = {("bar", "track"), ("bar", "sheet"), ("edge", "paper"), ("edge", "sheet"), ("accent", "paper")}
    dim = {pair: contrast(*(colours[name] for name in pair)) for pair in {*words, ("open", "paper")}}
    assert {pair: value for pair, value in dim.items() if value < 4.5} == {}
    faint = {pair: contrast(*(colours[name] for name in pair)) for pair in shapes}
    assert {pair: value for pair, value in faint.items() if value < 3} == {}
