"""The demo: an agency database that nobody here wrote, adopted, judged and shown."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from casecore.agency.clock import zone_called
from casecore.agency.desk import Agency
from casecore.terms import NotKnown, NotReadable, Problem

from .chosen import choose
from .demo_shown import Shown, demo_said, show_demo
from .example import USUAL_FOLDER, OldAgency, load_example
from .measured import SET_UP, Measured
from .options import AsJson, Plugins, Zone
from .page import page
from .plain import print_json
from .taking_over import TakenOver, take_over

OLD, NEW, PAGE = "agency.sqlite", "casecore.db", "index.html"
A_DAY = datetime(2026, 10, 31)  # noqa: DTZ001 - the form in which typer hands over a day


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where mapping.py and rulebook.toml are; mapping.py is run.")
    ] = USUAL_FOLDER,
    database: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The agency's database; without one, bhsim makes one up.")
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the store and the page go.")] = Path("demo-output"),
    clients: Annotated[int, typer.Option(min=1, max=100_000, help="How many clients to make up.")] = 300,
    employees: Annotated[int, typer.Option(min=1, max=10_000, help="How many employees.")] = 25,
    months: Annotated[int, typer.Option(min=1, max=120, help="How many months of history.")] = 12,
    seed: Annotated[int, typer.Option(help="Another seed makes up another agency.")] = 7,
    today: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", show_default=f"{A_DAY:%Y-%m-%d}", help="The day of the demo."
        ),
    ] = A_DAY,
    plugin: Plugins = None,
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Adopt an agency's existing database into case records, and show what is due in it and why."""
    example, measured, console = load_example(folder), Measured(), Console(quiet=as_json)
    noon = datetime.combine(today, time(12), zone_called(zone))
    if database is not None and not database.is_file():
        raise NotReadable([Problem("--database", "must be a file that can be opened")], what="command line")
    _clear(out, [NEW, f"{NEW}-wal", f"{NEW}-shm", *([] if database else [OLD])])
    if database is None:
        database = out / OLD
        with measured.part(SET_UP), console.status("bhsim makes up an agency's database"):
            _make_up(database, clients, employees, months, f"{today:%Y-%m-%d}", seed)
    store = f"sqlite:///{quote(str((out / NEW).resolve()))}"
    with Agency.open(
        store, plugins=plugin or ["sql"], rulebooks=[example.rulebook], zone=zone, clock=lambda: noon
    ) as agency:
        old = example.old_agency(database, zone=agency.zone)
        try:
            with measured.part("adopt"):
                taken = _adopt(agency, old, console)
        finally:
            old.close()
        with measured.part("judge"):
            worklist = agency.worklist()
            chosen = choose(agency, worklist)
        shown = Shown(taken, worklist, chosen, agency.checklist(chosen.record.case) if chosen else None)
        with measured.part("write the page"):
            _write(out / PAGE, page(shown, agency))
    if as_json:
        print_json(demo_said(shown, measured, out / PAGE))
    else:
        show_demo(shown, measured, out / PAGE, console)


def _adopt(agency: Agency, old: OldAgency, console: Console) -> TakenOver:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("cases"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Adopting", total=None)
        return take_over(agency, old, lambda total: progress.update(task, advance=1, total=total))


def _make_up(path: Path, clients: int, employees: int, months: int, today: str, seed: int) -> None:
    try:
        import bhsim  # type: ignore[import-untyped]  # it has no types; two of its names are used
    except ModuleNotFoundError:
        bhsim = None
    if bhsim is None:
        raise NotKnown(
            "bhsim, which makes up the demo's agency, is not installed: pip install bhsim==1.0.1\n"
            "or name a database of your own with --database"
        )
    bhsim.generate(
        path, bhsim.Config(clients=clients, employees=employees, months=months, reference_date=today, seed=seed)
    )


def _clear(out: Path, names: list[str]) -> None:
    """Make the folder, and remove what an earlier demo left in it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in names:
            with suppress(FileNotFoundError):
                os.remove(out / name)
    except OSError:
        pass
    else:
        return
    raise NotReadable([Problem("--out", "must be a folder that can be written in")], what="command line")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        pass
    else:
        return
    raise NotReadable([Problem("--out", "must be a folder that can be written in")], what="command line")
