"""The commands as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casecore.record import contact_accounts
from casecore.standards import FlawCode

from .checking import check_files
from .demo import demo
from .faults import COULD_NOT, Commands
from .options import AsJson, AsOf, KnownOn, Plugins, Rulebooks, Store, Zone, day, opened
from .plain import case_said, flaw_said, print_json, worklist_said
from .qualify import qualify
from .screen import show_case, show_worklist

app = typer.Typer(
    cls=Commands,
    help="What is due in your agency's cases, why, by whose authority, and what would settle it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # it would print the values that a client's record holds
)
app.command()(demo)
app.command()(qualify)


@app.command()
def due(
    worker: Annotated[str | None, typer.Option(metavar="ID", help="Only cases this worker is accountable for.")] = None,
    case: Annotated[str | None, typer.Option(metavar="ID", help="Only this case.")] = None,
    as_of: AsOf = None,
    store: Store = "",
    rulebook: Rulebooks = None,
    plugin: Plugins = None,
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """What is to be done: by one worker, on one case, or by the whole agency."""
    with opened(store, rulebook, plugin, zone) as agency:
        worklist = agency.worklist(worker=worker, case=case, as_of=day(as_of))
        if not worklist and next(agency.cases(), None) is None:  # a slip in the address makes a new, empty store
            typer.echo("casecore: this store holds no case", err=True)
        if as_json:
            print_json(worklist_said(worklist))
        else:
            whose = [f"case {case}" if case else "", f"worker {worker}" if worker else ""]
            show_worklist(worklist, whose=", ".join(filter(None, whose)) or "the agency")


@app.command()
def case(
    case: Annotated[str, typer.Argument(metavar="ID", help="The case id.")],
    as_of: AsOf = None,
    known_on: KnownOn = None,
    store: Store = "",
    rulebook: Rulebooks = None,
    plugin: Plugins = None,
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """One case: what it owes and why, which contacts counted and which did not, what fell short."""
    with opened(store, rulebook, plugin, zone) as agency:
        asked, known = day(as_of) or agency.today, day(known_on)
        record = agency.read(case, as_of=asked, known_on=known)
        judged = agency.checklist(case, as_of=asked, known_on=known)
        accounts = contact_accounts(record, agency.rules(record, asked), day=asked, as_of=asked)
        if as_json:
            print_json(case_said(record, judged, accounts, known))
        else:
            show_case(record, judged, accounts, known_on=known)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Rulebooks and posts.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Name everything wrong with rulebooks and posts: exit code 0 for nothing, 1 for something, 2 for no TOML."""
    found = check_files(files)
    if as_json:
        print_json({"flaws": [flaw_said(str(file), flaw) for file, flaws in found.items() for flaw in flaws]})
    else:
        for file, flaws in found.items():
            for flaw in flaws:
                typer.echo(f"{file}: {flaw}")
            if not flaws:
                typer.echo(f"{file}: nothing found")
    if any(flaw.path == "" and flaw.code is FlawCode.UNREADABLE for flaws in found.values() for flaw in flaws):
        raise typer.Exit(COULD_NOT)
    if any(found.values()):
        raise typer.Exit(1)
