"""Which institutions a cell of the partnership's tables names.

The cells were typed by hand: several institutions in one, line breaks of the page inside a name, the acronym now before
and now behind, UTF-8 that was once read as Windows-1252. Only what can be told apart for certain is taken; a cell that
names several institutions without a sign between them is refused by its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hub.importing.encodings import as_written
from hub.importing.rows import BadCell, plain_text, shown
from hub.people.naming import folded
from hub.text import LocalizedText, written

NOBODY = {"", "none specified", "none", "unclear", "na", "nr", "nd", "n/a", "not specified", "various"}
"""What stands in a cell that names nobody."""

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
LONGEST = 150

ONE_EACH = re.compile(
    r"\b(?:(?:sub)?secretar[ií]as?|secretariat|minist(?:erio|[eé]rio|ry|ries|erios|ère|ers?)|institut[eo]?|comisi[oó]n"
    r"|commission(?:er)?|agency|agencies|agencia|department|departamento|procuradur[ií]a|direcci[oó]n|directorate|office"
    r"|oficina|council|consejo|corporaci[oó]n|servicio|service|contralor[ií]a|controladoria|authority|authorities"
    r"|chancellery|petr[oó]leos|pemex|cabinet|gabinete|chamber|c[aá]mara|president|presidency|presidencia|government"
    r"|gobierno|parliament|congress|congreso|senate|senado|court|tribunal|bank|banco|board|bureau|registry|registro"
    r"|inspectorate|center|centre|centro|group|grupo|union|association|foundation|universit(?:y|ies)|universidad|bodies"
    r"|fund|fondo|committee|comit[eé]|administration|defensor[ií]a|comisiones|superintendencias?|universidades|instituciones"
    r"|institutions|organizaciones|empresas?|sociedad civil|civil society|coordinaci[oó]n con)\b",
    re.IGNORECASE,
)
"""Words that an institution's name has once: where one stands there twice, there are two institutions."""

ACRONYM = re.compile(r"^(?P<name>.{8,}?)\s*\((?P<acronym>[A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚÑ-]{1,11})\)$")

IN_SPANISH = {"AR", "CL", "CO", "CR", "DO", "EC", "ES", "GT", "HN", "MX", "PA", "PE", "PY", "SV", "UY"}
"""Countries whose institutions the sources name in Spanish; all others, in English."""


@dataclass(frozen=True)
class Institution:
    """An institution that leads a commitment, with the country that it belongs to."""

    country: str
    name: str
    acronym: str | None

    @property
    def imported_from(self) -> str:
        """The name of this source's institution, the same in every run: accents and capitals make no other one."""
        return f"ogp:institution:{self.country}:{folded(self.name)}"

    @property
    def text(self) -> LocalizedText:
        """Its name, in the language in which the source gives it."""
        return written(es=self.name) if self.country in IN_SPANISH else written("en", en=self.name)


def institutions_in(cell: str, country: str) -> list[Institution]:
    """Return the institutions that a cell names; BadCell where they cannot be told apart."""
    whole = _spaced(BREAK.sub(" ", as_written(cell)))
    return [_institution(part, country) for part in map(_spaced, whole.split(";")) if part.lower() not in NOBODY]


def _spaced(written_as: str) -> str:
    return " ".join(written_as.split()).strip(" .,:;")


def _institution(part: str, country: str) -> Institution:
    name = plain_text(part, what="Lead Institution", longest=LONGEST)
    with_acronym = ACRONYM.match(name)
    bare = with_acronym["name"] if with_acronym else name
    heads = list(ONE_EACH.finditer(bare))
    # With a comma it is one only where it begins as one does and goes on to say of what: "Ministry of Labor, Health".
    if len(heads) > 1 or ("," in bare and not (heads and heads[0].start() == 0)):
        raise BadCell(f"the Lead Institution {shown(name)} names several with no sign where one ends")
    return Institution(country, bare, with_acronym["acronym"] if with_acronym else None)
