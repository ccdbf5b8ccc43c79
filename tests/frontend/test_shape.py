"""The front end keeps to its door, its documents to the contract, and its colours can be told apart."""

from __future__ import annotations

import re

import pytest
from graphql import OperationDefinitionNode, build_schema, parse, validate

from tests.shape.project import ROOT, imports, modules

FOLDER = ROOT / "frontend_stub"
STYLE = (FOLDER / "static" / "tokens.css").read_text(encoding="utf-8")


def test_it_imports_nothing_of_the_hub() -> None:
    found = {name.partition(".")[0] for tree in modules("frontend_stub").values() for name in imports(tree)}
    assert found & {"hub", "graphql_schema", "strawberry", "sqlalchemy", "asyncpg"} == set()


def test_its_documents_keep_to_the_contract() -> None:
    schema = build_schema((ROOT / "graphql_schema" / "schema.graphql").read_text(encoding="utf-8"))
    documents = sorted((FOLDER / "documents").rglob("*.graphql"))
    asked = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    for path in documents:
        document = parse(path.read_text(encoding="utf-8"))
        assert validate(schema, document) == [], path.name
        names = [found.name.value for found in document.definitions if isinstance(found, OperationDefinitionNode)]
        assert names == ["".join(word.capitalize() for word in path.stem.split("_"))]
        assert f'"{path.stem}"' in asked, f"{path.name} is asked for by no page."


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
    words |= {(ink, ground) for ink in ("open", "wait", "wrong") for ground in ("paper", "sheet", f"{ink}wash")}
    words |= {("onaccent", "accent"), ("onaccent", "bar"), ("paper", "wrong"), ("quiet", "track"), ("ink", "wrongwash")}
    shapes = {("bar", "track"), ("bar", "sheet"), ("edge", "paper"), ("edge", "sheet"), ("accent", "paper")}
    dim = {pair: contrast(*(colours[name] for name in pair)) for pair in words}
    assert {pair: value for pair, value in dim.items() if value < 4.5} == {}
    faint = {pair: contrast(*(colours[name] for name in pair)) for pair in shapes}
    assert {pair: value for pair, value in faint.items() if value < 3} == {}
