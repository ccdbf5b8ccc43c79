"""The tables of the README, made from the code that they speak of (`python -m tests.shape.tables` writes them)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from frontend_stub.settings import Settings as SettingsOfThePages
from hub.__main__ import app
from hub.settings import Settings


def settings_table() -> list[str]:
    """Return one row for each setting of the hub, and then of its pages, by what its field says of itself."""
    rows = ["| variable | what it is | default |", "|---|---|---|"]
    for settings in (Settings, SettingsOfThePages):
        prefix = settings.model_config["env_prefix"]
        for name, field in settings.model_fields.items():
            default = "" if field.default_factory is not None or field.default is None else f"`{field.default}`"
            rows.append(f"| `{prefix}{name.upper()}` | {field.description} | {default} |")
    return [row.replace("|  |", "| |") for row in rows]


def commands_table() -> list[str]:
    """Return one row for each command, by its own help."""
    rows = ["| command | what it does |", "|---|---|"]
    for path, command in _commands(typer.main.get_command(app), ("hub",)):
        rows.append(f"| `{' '.join((*path, *_usage(command)))}` | {_help(command)} |")
    return rows


def _commands(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, part in inner.items():
        yield from _commands(part, (*path, name))


def _usage(command: Any) -> Iterator[str]:
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            yield str(parameter.name).upper()
        elif parameter.name != "help":
            yield f"[{max(parameter.opts, key=len)}]"


def _help(command: Any) -> str:
    return " ".join((command.help or "").split())


def written(text: str) -> str:
    """Return the README's text with the tables as they are now."""
    for name, table in (("settings", settings_table()), ("commands", commands_table())):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        after = rest.partition("<!-- end -->")[2]
        text = "\n".join((f"{before}<!-- {name} -->", *table, f"<!-- end -->{after}"))
    return text


if __name__ == "__main__":
    README = Path(__file__).parents[2] / "README.md"
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
