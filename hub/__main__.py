"""The command line: `hub serve`, `hub demo`, `hub import …` and the rest. Each group of commands has its own file."""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError

from hub.command_line.bearers import roles, tokens
from hub.command_line.console import say
from hub.command_line.exporting import exporting
from hub.command_line.importing import importing
from hub.command_line.installing import installing, keys
from hub.command_line.persons import persons
from hub.command_line.posting import letters
from hub.command_line.running import running
from hub.command_line.vouching import representations, verifications
from hub.errors import HubError, Refusal, SetupError

app = typer.Typer(
    help="The civic participation hub: consultations, what came of them, and the GraphQL API that shows it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(running)
app.add_typer(installing)
app.add_typer(exporting)
for name, group in (
    ("import", importing),
    ("token", tokens),
    ("role", roles),
    ("letters", letters),
    ("person", persons),
    ("representation", representations),
    ("verification", verifications),
    ("keys", keys),
):
    app.add_typer(group, name=name, no_args_is_help=True)


def main() -> None:
    """Run a command; what is wrong with the installation is said in a sentence and not in a traceback."""
    from hub.wording import sentence

    try:
        app()
    except SetupError as error:
        say(f"hub: {error}")
        sys.exit(2)
    except ValidationError as invalid:
        for wrong in invalid.errors(include_url=False, include_input=False):
            say(f"hub: HUB_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}.")
        sys.exit(2)
    except Refusal as refusal:
        say(f"hub: {sentence(refusal.code, refusal.facts, ('en',))}")
        sys.exit(1)
    except HubError as error:
        say(f"hub: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
