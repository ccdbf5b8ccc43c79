"""A progress bar on the operator's terminal; silent where there is none."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from hub.importing.summary import BadRow


class Bar:
    """Shows each stage of a long work with its count."""

    def __init__(self) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
        self._stage: TaskID | None = None

    def __enter__(self) -> Self:
        self._shown.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._shown.stop()

    def begin(self, what: str, total: int | None) -> None:
        """Show a new stage in place of the last."""
        if self._stage is not None:
            self._shown.remove_task(self._stage)
        self._stage = self._shown.add_task(what, total=total)

    def advance(self, steps: int) -> None:
        """Move the bar on."""
        if self._stage is not None:
            self._shown.advance(self._stage, steps)

    def bad_row(self, row: BadRow) -> None:
        """Bad rows are listed at the end."""
