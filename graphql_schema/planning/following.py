"""Planning a subscription: the answer as it is now, and before it one letter that says whether it goes on.

Both are one statement, so what is told and whether more may come are of the same moment.
"""

from __future__ import annotations

from typing import Any

from graphql import GraphQLObjectType
from sqlalchemy import Text, case, exists, literal_column

from graphql_schema.planning.selection import Details, name_of, object_type, python_name
from graphql_schema.planning.weaving import Weaver
from hub.reading.streams import streams
from hub.reading.template import Template

GOES_ON, ENDS = "+", "-"


def followed(weaver: Weaver, root: GraphQLObjectType, key: str, details: Details) -> Template:
    """Return the text of a subscription's answer with its letter in front."""
    name = name_of(details)
    if name == "__typename":
        return Template(f'{ENDS}{{"{key}":"{root.name}"}}')
    field = root.fields[name]
    stream, call = streams[python_name(field)], weaver.call(field, details)
    text: Any = weaver.field(root, None, None, field, details, stream.source)
    type_ = object_type(field.type)
    target = weaver.table(type_.name)
    seen = (stream.source.on(None, target, call), weaver.visible(type_.name, target))
    lives = exists().where(*seen, stream.goes_on(target, call)).correlate_except(target)
    letter = case((lives, literal_column(f"'{GOES_ON}'", Text())), else_=literal_column(f"'{ENDS}'", Text()))
    return Template(letter, f'{{"{key}":', text, "}")
