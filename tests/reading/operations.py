"""Random valid operations over the whole schema.

The generator walks the types of the printed contract, so a new field is drawn as soon as it exists; under each root
field it has an aim, so that what lies deep is drawn as well (ways.py). It uses what GraphQL has: aliases, merging,
fragments of every kind, directives, variables with defaults, nulls and absences.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_object_type,
    parse,
    validate,
)
from graphql.pyutils import camel_to_snake

from tests.reading.ground import Thing, table_of, zoned, zoned_day
from tests.reading.paging import ORDERS, named_by
from tests.reading.reference import Reference
from tests.reading.ways import aims, distances
from tests.reading.worlds import EXTREMES, NOW, WORDS

LANGUAGE_ARGUMENTS = ("es", "en", "nah", "yua", "zz", "es-MX", 'a "quoted" \\ one', "")
BROKEN_IDS = (
    "",
    "Body",
    "Body_1",
    "Nothing_00000000-0000-7000-8000-000000000000",
    "_",
    "Entry_" + "0" * 36,
    "💧_" + "x" * 36,
)
BROKEN_CURSORS = ("", "x", "AAAA", "WzEsMiwzXQ", "é", "null")
NAME_BEGINNINGS = ("nu", "Ñu", "ALA", "á", "san juan,", "", "%", "\\", "nuevo león", "zzz")
YEARS = range(1000, 9001)
"""The years that may be asked for; another one is malformed (test_escaping.py), wherever it stands."""

OFTEN = {
    "Query": (
        "consultations",
        "responses",
        "responses",
        "representations",
        "nodes",
        "nodes",
        "node",
        "responseDraft",
        "viewer",
    ),
    "Viewer": ("representations", "represents", "represents"),
    "Consultation": (
        "results",
        "results",
        "participation",
        "statements",
        "responses",
        "viewerResponse",
        "viewerHasResponded",
        "viewerDraft",
        "availableTransitions",
        "state",
    ),
    "ConsultationResults": ("tables",),
    "Question": ("tally", "tally"),
    "ResponseConnection": ("facets",),
    "Representation": ("availableTransitions",),
    "ResultTable": ("categories", "categories"),
    "Response": ("organization", "organization", "answers", "availableTransitions", "consultation"),
}
"""Fields that are drawn more often than others: most of what only some may see is behind them."""

PAGED = ("first", "after", "last", "before", "orderBy", "filter")
"""The arguments of a list, which are drawn together."""

DEPTH = 8
"""How deep an operation may go."""

MOST_TRIED = 60
"""Among how many rows one is looked for that leads to the aim."""

BUDGET = 15
"""About how many fields there are under each root field."""


@dataclass(frozen=True)
class Drawn:
    """One operation as it is sent; shown whole when it fails."""

    text: str
    variables: dict[str, Any]
    operation_name: str | None = None

    def __repr__(self) -> str:
        """Show the document as it can be pasted."""
        return f"\n{self.text}\nvariables: {json.dumps(self.variables, ensure_ascii=False)}\n"


@dataclass
class Generator:
    """Draws one operation; everything random comes from `chance`."""

    chance: random.Random
    reference: Reference
    malformed: bool = True
    """Whether a page or an id of a root field may be wrong, so that the whole request is refused."""
    variables: dict[str, Any] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    names: int = 0
    left: int = BUDGET
    aim: str | None = None
    """The type that this root field is drawn towards, until it is reached."""

    def likely(self, probability: float) -> bool:
        return self.chance.random() < probability

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    # ---- the document ------------------------------------------------------------------------------------------

    def drawn(self) -> Drawn:
        query = self.reference.schema.query_type
        assert query is not None
        # Of a request that is refused nothing is compared, so most have to be sound.
        self.malformed = self.malformed and self.likely(0.2)
        body = self.selection(query, DEPTH, root=True)
        head = ", ".join(f"${name}: {declaration}" for name, declaration in self.declared.items())
        name = self.chance.choice(("", "Q"))
        keyword = f"query {name}{f'({head})' if head else ''} " if head or name or self.likely(0.5) else ""
        text = "\n".join([f"{keyword}{body}", *self.fragments])
        errors = validate(self.reference.schema, parse(text))
        assert not errors, f"The generator drew an invalid operation: {errors[0].message}\n{text}"
        return Drawn(text, self.variables, name or None)

    def selection(self, type_: Any, depth: int, *, root: bool = False, prefix: bool = False) -> str:
        """Return a selection set on a type; inside fragments on one of several types every key is an alias."""
        lines: list[str] = []
        if is_abstract_type(type_):
            possible = list(self.reference.schema.get_possible_types(type_))
            members = self.chance.sample(possible, min(len(possible), 1 + (len(possible) > 1 and self.likely(0.6))))
            for member in dict.fromkeys((*self.nearest(possible), *members)):
                inner = self.selection(member, depth, prefix=True)
                lines.append(f"... on {member.name}{self.directive()} {inner}")
            lines.append(self.chance.choice(("__typename", f"{self.name('t')}: __typename")))
            interfaces = [i for i in self.reference.schema.type_map.values() if self.fits(i, type_)]
            if interfaces and self.likely(0.4):
                shared = self.chance.choice(interfaces)
                lines.append(f"... on {shared.name}{self.directive()} {self.own_fields(shared, depth - 1)}")
        if not is_abstract_type(type_) or type_.to_kwargs().get("fields"):
            lines += self.fields(type_, depth, root=root, prefix=prefix)
        if not lines or self.likely(0.1):
            lines.append("__typename" if not prefix else f"{self.name('t')}: __typename")
        if not any("__typename" in line or "(" not in line for line in lines) or self.likely(0.2):
            lines.append(f"{self.name('t')}: __typename")
        self.chance.shuffle(lines)
        return "{ " + " ".join(lines) + " }"

    def fits(self, interface: Any, type_: Any) -> bool:
        """Whether a fragment on this interface may stand in a selection on this abstract type."""
        if interface.__class__.__name__ != "GraphQLInterfaceType" or interface.name == "UserError":
            return False
        schema = self.reference.schema
        ours = {t.name for t in schema.get_possible_types(type_)}
        return bool(ours & {t.name for t in schema.get_possible_types(interface)})

    def own_fields(self, interface: Any, depth: int) -> str:
        lines = self.fields(interface, depth, root=False, prefix=True)
        return "{ " + " ".join([*lines, f"{self.name('t')}: __typename"]) + " }"

    def fields(self, type_: Any, depth: int, *, root: bool, prefix: bool) -> list[str]:
        lines: list[str] = []
        often = [*type_.fields, *OFTEN.get(type_.name, ())]
        most = 4 if root else 5
        if type_.name == self.aim:
            self.aim, most = None, 9
        for n in range(self.chance.randint(1, most)):
            self.left = BUDGET if root else self.left
            if self.left <= 0:
                break
            if root and self.likely(0.05):
                lines.append(self.introspection())
                continue
            if root and self.likely(0.8):
                self.aim = self.chance.choice(aims(self.reference.schema))
            towards = self.towards(type_, slack=2) if root else self.towards(type_) if n == 0 else []
            name = self.chance.choice(towards or often)
            found = type_.fields[name]
            if is_composite_type(get_named_type(found.type)) and depth <= 0:
                continue
            lines.append(self.wrapped(type_, self.one(type_, name, found, depth, root=root, prefix=prefix)))
        return lines

    # ---- the aim -----------------------------------------------------------------------------------------------

    def way(self) -> dict[str, int]:
        return distances(self.reference.schema, self.aim) if self.aim else {}

    def towards(self, type_: Any, slack: int = 0) -> list[str]:
        """Return the fields that lead nearer to the aim, or (with some slack) not much farther from it."""
        way = self.way()
        near = way.get(type_.name, 0) + slack
        return [name for name, found in type_.fields.items() if way.get(get_named_type(found.type).name, near) < near]

    def nearest(self, types: Iterable[Any]) -> list[Any]:
        """Return one of the types that are nearest to the aim, if there is an aim."""
        way = self.way()
        reaching = [type_ for type_ in types if type_.name in way]
        near = min((way[type_.name] for type_ in reaching), default=0)
        found = [type_ for type_ in reaching if way[type_.name] == near]
        return [self.chance.choice(found)] if found else []

    def one(self, type_: Any, name: str, found: GraphQLField, depth: int, *, root: bool, prefix: bool) -> str:
        self.left -= 1
        arguments = self.arguments(type_, name, found, root=root)
        alias = f"{self.name('a')}: " if arguments or prefix or self.likely(0.15) else ""
        head = f"{alias}{name}{arguments}"
        inner = get_named_type(found.type)
        if not is_composite_type(inner):
            return head + self.directive()
        text = f"{head}{self.directive()} {self.selection(inner, depth - 1)}"
        if self.likely(0.1) and not is_abstract_type(inner):
            # The same key twice: both selections are merged.
            text += f" {head} {self.selection(inner, depth - 1)}"
        return text

    def wrapped(self, type_: Any, line: str) -> str:
        """Put a field into a fragment, now and then."""
        match self.chance.randint(0, 15):
            case 0:
                return f"... on {type_.name}{self.directive()} {{ {line} }}"
            case 1:
                return f"...{self.directive()} {{ {line} }}"
            case 2:
                name = self.name("F")
                self.fragments.append(f"fragment {name} on {type_.name} {{ {line} }}")
                return f"...{name}{self.directive()}" + (f" ...{name}" if self.likely(0.2) else "")
            case 3 if is_object_type(type_) and type_.interfaces:
                interface = self.chance.choice(list(type_.interfaces))
                return f"{line} ... on {interface.name}{self.directive()} {self.own_fields(interface, 1)}"
        return line

    def directive(self) -> str:
        if not self.likely(0.03 if self.aim else 0.12):
            return ""
        chosen = self.chance.sample(("skip", "include"), self.chance.choice((1, 1, 2)))
        return "".join(f" @{which}(if: {self.given('Boolean!', self.likely(0.5))})" for which in chosen)

    def introspection(self) -> str:
        type_ = self.chance.choice(("Query", "Body", "PublicRecord", "Publisher", "Role", "Nothing"))
        alias = self.name("i")
        if self.likely(0.5):
            return f"{alias}: __schema {{ queryType {{ name kind }} __typename }}"
        return (
            f"{alias}: __type(name: {self.given('String!', type_)}) {{ name kind fields {{ name type {{ name }} }} }}"
        )

    # ---- values ------------------------------------------------------------------------------------------------

    def given(self, type_: str, value: Any) -> str:
        """Return a value of an argument or a directive: literally, or through a variable of any kind."""
        if self.likely(0.45):
            return self.literal(type_, value)
        name, nullable = self.name("v"), type_.rstrip("!")
        literal = self.literal(type_, value)
        match self.chance.randint(0, 3):
            case 0 if value is not None:
                # The default is used: the variable is absent.
                self.declared[name] = f"{self.chance.choice((type_, nullable))} = {literal}"
            case 1 if value is not None:
                other = "true" if nullable == "Boolean" else literal
                self.declared[name] = f"{type_} = {other}"
                self.variables[name] = value
            case 2 if value is None:
                # Absent altogether, which is not the same as null.
                self.declared[name] = nullable
            case _:
                self.declared[name] = type_
                self.variables[name] = value
        return f"${name}"

    def literal(self, type_: str, value: Any) -> str:
        named = self.reference.schema.type_map[type_.strip("[]!")]
        if isinstance(value, list):
            if len(value) == 1 and self.likely(0.3):
                return self.literal(type_, value[0])
            return "[" + ", ".join(self.literal(type_, item) for item in value) + "]"
        if isinstance(named, GraphQLEnumType) and value is not None:
            return str(value)
        if isinstance(named, GraphQLInputObjectType) and value is not None:
            parts = [f"{key}: {self.literal(str(named.fields[key].type), part)}" for key, part in value.items()]
            return "{" + ", ".join(parts) + "}"
        plain = isinstance(value, str) and value.strip() == value != "" and not set(value) & set('"\\\n\r')
        if plain and self.likely(0.1):
            return f'"""{value}"""'
        return json.dumps(value, ensure_ascii=self.likely(0.3) and all(ord(c) < 0x10000 for c in str(value)))

    def arguments(self, type_: Any, name: str, found: GraphQLField, *, root: bool) -> str:
        if not found.args:
            return ""
        values = self.page(type_, name, found, root=root) if "first" in found.args else {}
        for key, argument in found.args.items():
            if key == "filter":
                if self.likely(0.2 if self.aim else 0.5):
                    values[key] = self.filter(argument, type_, found, root=root)
            elif key not in PAGED and (isinstance(argument.type, GraphQLNonNull) or self.likely(0.5)):
                values[key] = self.value(key, name)
        if "secret" in values and self.likely(0.7):
            values["code"], values["secret"] = self.chance.choice(list(self.reference.world.secrets.items()))
        texts = [f"{key}: {self.argument(found.args[key], value)}" for key, value in values.items()]
        self.chance.shuffle(texts)
        return f"({', '.join(texts)})" if texts else ""

    def argument(self, argument: GraphQLArgument, value: Any) -> str:
        """Return the text of one argument; an input object may have variables inside."""
        type_ = str(argument.type)
        named = get_named_type(argument.type)
        if isinstance(named, GraphQLInputObjectType) and value is not None and self.likely(0.6):
            parts = []
            for key, part in value.items():
                text = self.listed(str(named.fields[key].type), part)
                parts.append(f"{key}: {text}")
            return "{" + ", ".join(parts) + "}"
        return self.listed(type_, value)

    def listed(self, type_: str, value: Any) -> str:
        """Return a value; a list may be one variable, or have variables as items."""
        if isinstance(value, list) and value and self.likely(0.3):
            item = type_.rstrip("!").removeprefix("[").removesuffix("]")
            return "[" + ", ".join(self.given(item, part) for part in value) + "]"
        return self.given(type_, value)

    def value(self, key: str, name: str) -> Any:
        """Return a value of an argument: each has a method of its own name."""
        return getattr(self, f"value_{key}")(name)

    def value_id(self, name: str) -> str:
        return self.id()

    def value_ids(self, name: str) -> list[str]:
        return [self.id() for _ in range(self.chance.randint(3 if self.aim else 0, 6))]

    def value_folio(self, name: str) -> str:
        folios = [entry.folio for entry in self.reference.world.entry if entry.folio]
        return self.chance.choice([*folios, "", 'x"\\'])

    def value_code(self, name: str) -> str:
        world = self.reference.world
        codes = {"territory": [row.code for row in world.territory], "responseDraft": list(world.secrets)}
        code = self.chance.choice([*codes.get(name, [row.code for row in world.receipt]), "zz"])
        return code.lower().replace("-", " ").replace("0", "o") if self.likely(0.2) else code

    def value_language(self, name: str) -> str | None:
        return self.chance.choice((*LANGUAGE_ARGUMENTS, None))

    def value_since(self, name: str) -> int | None:
        return self.chance.choice((None, 0, 1, 2, 3))

    def value_secret(self, name: str) -> str:
        return self.chance.choice([*self.reference.world.secrets.values(), "", 'ñ "x"\\'])

    def value_organization(self, name: str) -> str | None:
        return self.chance.choice((f"Organization_{self.chance.choice(self.reference.world.organization).id}", None))

    def id(self) -> str:
        if self.likely(0.05 if self.aim else 0.15):
            return self.chance.choice(BROKEN_IDS)
        nodes = [self.reference.schema.type_map[name] for name in self.reference.nodes]
        type_ = (self.nearest(nodes) or [self.chance.choice(nodes)])[0].name
        rows = self.reference.world.tables[table_of(type_)]
        if self.aim and self.likely(0.8):
            few = self.chance.sample(rows, min(len(rows), MOST_TRIED))
            rows = [r for r in few if self.reference.leads(Thing(type_, r), self.towards, self.aim)] or rows
            # What is rare is drawn as often as what is not.
            kind = self.chance.choice(sorted({getattr(row, "kind", "") for row in rows}) or [""])
            rows = [row for row in rows if getattr(row, "kind", "") == kind]
        id_ = str(self.chance.choice(rows).id) if rows else "0" * 36
        if self.likely(0.1):
            return f"{self.chance.choice((*self.reference.nodes, 'Option', 'Change', 'Entry', 'ResponseDraft'))}_{id_}"
        return f"{type_}_{id_.upper() if self.likely(0.05) else id_}"

    # ---- connections -------------------------------------------------------------------------------------------

    def page(self, type_: Any, name: str, found: GraphQLField, *, root: bool) -> dict[str, Any]:
        node = get_named_type(get_named_type(found.type).fields["nodes"].type).name
        listing = f"{type_.name}.{name}"
        order = self.chance.choice(list(ORDERS[node]))
        values: dict[str, Any] = {}
        if "orderBy" not in found.args or self.likely(0.4):
            order = next(iter(ORDERS[node]))
            if "orderBy" in found.args and self.likely(0.2):
                values["orderBy"] = None
        else:
            values["orderBy"] = order
        size = self.chance.choice((1, 1, 2, 3, 5, 20, 100))
        if self.malformed and root and self.likely(0.04):
            size = self.chance.choice((0, 101, -1, 2**31 - 1, -(2**31)))
        end, cursor = self.chance.choice((("first", "after"), ("last", "before")))
        if self.likely(0.75) or end == "last":
            values[end] = size
        elif self.likely(0.3):
            values["first"] = None
        if self.likely(0.1 if self.aim else 0.3):
            values[cursor] = self.cursor(node, listing, order, root=root)
        if self.malformed and root and self.likely(0.03):
            values |= {"first": 1, "last": 1}
        if self.malformed and root and self.likely(0.03) and "last" in values:
            values["after"] = self.cursor(node, listing, order, root=root)
        return values

    def cursor(self, node: str, listing: str, order: str, *, root: bool) -> str | None:
        """Return the cursor of any row of this type, be it in the list or not; at a root it may be a wrong one."""
        if self.likely(0.1):
            return None
        if self.malformed and root and self.likely(0.1):
            return self.chance.choice((*BROKEN_CURSORS, self.reference.encoded("Query.nothing:x", (1, 2))))
        rows = self.reference.world.tables[table_of(node)]
        if not rows:
            return None
        row, column = self.chance.choice(rows), ORDERS[node][order][0]
        unique = "position" if node == "Change" else "id"
        place = tuple(getattr(row, key) for key in dict.fromkeys((column, unique)))
        return self.reference.encoded(f"{listing}:{order.lower()}", place)

    def filter(self, argument: GraphQLArgument, type_: Any, found: GraphQLField, *, root: bool) -> Any:
        if self.likely(0.1):
            return None
        input_type = get_named_type(argument.type)
        assert isinstance(input_type, GraphQLInputObjectType)
        node = get_named_type(get_named_type(found.type).fields["nodes"].type).name
        keys = self.chance.sample(
            list(input_type.fields), min(len(input_type.fields), self.chance.choice((0, 1, 1, 2)))
        )
        return {key: self.filtered(key, input_type.fields[key].type, node, root=root) for key in keys}

    def filtered(self, key: str, type_: Any, node: str, *, root: bool) -> Any:
        if self.likely(0.1):
            return None
        named = get_named_type(type_)
        if isinstance(named, GraphQLEnumType):
            values = list(named.values)
            return self.chance.choices(values, k=self.chance.choice((0, 1, 1, 2, 3)))
        if named.name == "Boolean":
            return self.likely(0.5)
        if named.name == "ID":
            return self.filter_id(key, node, root=root)
        return getattr(self, f"wanted_{camel_to_snake(key)}")()

    def wanted_text(self) -> str:
        return self.chance.choice(WORDS)

    def wanted_name(self) -> str:
        return self.chance.choice(NAME_BEGINNINGS)

    def wanted_updated_since(self) -> str:
        instants = [entry.updated_at for entry in self.reference.world.entry]
        return zoned(self.chance.choice([at for at in instants if at.year in YEARS]))

    def wanted_due_before(self) -> str:
        days = [row.due_on for row in self.reference.world.mandate if row.due_on and row.due_on.year in YEARS]
        return zoned_day(self.chance.choice(days))

    def wanted_starts_from(self) -> str:
        instants = [session.starts_at for session in self.reference.world.session]
        return zoned(self.chance.choice(instants)) if instants else zoned(self.reference.now)

    wanted_starts_before = wanted_starts_from

    def wanted_types(self) -> list[str]:
        return self.chance.choices(("BodyRegistered", "ConsultationOpened", *EXTREMES[:4]), k=self.chance.randint(0, 3))

    def wanted_lineage_id(self) -> str:
        lineages = [str(table.lineage_id) for table in self.reference.world.result_table if table.lineage_id]
        return self.chance.choice([*lineages, "zz"])

    def filter_id(self, key: str, node: str, *, root: bool) -> str:
        if self.malformed and root and self.likely(0.04):
            return self.chance.choice(BROKEN_IDS)
        type_ = named_by(key, node)
        rows = self.reference.world.tables[table_of(type_)]
        owned = [getattr(row, f"{camel_to_snake(key)}_id", None) for row in self.reference.world.tables[table_of(node)]]
        ids = [id_ for id_ in owned if id_] if self.likely(0.7) else []
        ids = ids or [row.id for row in rows]
        return f"{type_}_{self.chance.choice(ids)}" if ids else f"{type_}_{NOW:%Y%m%d}-0000-7000-8000-000000000000"
