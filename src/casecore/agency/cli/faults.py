"""Errors as a person at a terminal reads them: one line for each problem, and no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from casecore.terms import CasecoreError, NotReadable

COULD_NOT = 2
"""The exit code where the question was wrong or could not be answered."""


def lines_of(error: CasecoreError) -> Iterator[str]:
    """What went wrong, one line for each problem."""
    if isinstance(error, NotReadable):
        for problem in error.problems:
            yield f"{error.what}: {problem}"
    else:
        yield from str(error).splitlines()


class Commands(TyperGroup):
    """The commands; an error that this library raises on purpose ends them with a message and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except CasecoreError as error:
            told = list(lines_of(error))
        for line in told:
            typer.echo(f"casecore: {line}", err=True)
        raise typer.Exit(COULD_NOT)
