"""The options that several commands share, and the desk they open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from casecore.agency.clock import system_clock, told_by, zone_called
from casecore.agency.desk import Agency
from casecore.terms import NotReadable, Problem

Store = Annotated[
    str,
    typer.Option("--store", envvar="CASECORE_STORE", metavar="URL", help="Where the records are: sqlite:///agency.db"),
]
Rulebooks = Annotated[
    list[str] | None,
    typer.Option("--rulebook", metavar="NAME|FILE", help="A rulebook by name, or a TOML file. Can be repeated."),
]
Plugins = Annotated[
    list[str] | None,
    typer.Option("--plugin", metavar="NAME", help="An installed plugin; sql if none is named. Can be repeated."),
]
Zone = Annotated[str, typer.Option("--zone", metavar="ZONE", help="Where the agency's days begin and end.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DAY", help="The day asked about; today if not given."),
]
KnownOn = Annotated[
    datetime | None,
    typer.Option("--known-on", formats=["%Y-%m-%d"], metavar="DAY", help="Leave aside what was written down later."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead, for programs.")]


def opened(store: str, rulebooks: list[str] | None, plugins: list[str] | None, zone: str) -> Agency:
    """
    The desk that the options name.

    Raises:
        NotReadable: No store is named, or something named cannot be read.
    """
    if not store:
        raise NotReadable([Problem("--store", "must be given, or CASECORE_STORE be set")], what="command line")
    return Agency.open(store, plugins=plugins or ["sql"], rulebooks=rulebooks or [], zone=zone)


def today(zone: str) -> date:
    """The day it is in *zone*, where no desk is open that would know it."""
    return told_by(system_clock).astimezone(zone_called(zone)).date()


def day(given: datetime | None) -> date | None:
    """A day as it was typed."""
    return given.date() if given else None
