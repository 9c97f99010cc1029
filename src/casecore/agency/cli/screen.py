"""Worklists, cases and contacts on a terminal. No color says anything that the words do not say too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from casecore.caseloads import Worklist
from casecore.contacts import ContactAccount
from casecore.record import CaseRecord, Checklist
from casecore.terms import Due, DueState, Finding, Source

LOOKS = {
    DueState.OVERDUE: "bold red",
    DueState.DUE: "yellow",
    DueState.UPCOMING: "cyan",
    DueState.MISSED: "red",
    DueState.MET: "green",
    DueState.MET_LATE: "green",
    DueState.LIFTED: "dim",
}


def table(*columns: str, title: str = "", wide: Sequence[str] = ()) -> Table:
    """An empty table in the house's look; the columns named *wide* share what room there is."""
    made = Table(
        box=box.SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        title_style="bold",
        padding=(0, 1, 0, 0),
        collapse_padding=True,
        pad_edge=False,
        show_edge=False,
    )
    for column in columns:
        made.add_column(column, no_wrap=column not in wide, ratio=1 if column in wide else None)
    made.expand = bool(wide)
    return made


def show_worklist(worklist: Worklist, *, whose: str, most: int | None = None) -> None:
    """Print a worklist: what is due, the longest overdue first."""
    console = Console()
    shown = table("state", "by", "case", "worker", "what is owed", wide=["what is owed"])
    for due in worklist[:most]:
        shown.add_row(state(due), str(due.by), due.case, due.worker or "nobody", owed(due))
    console.print(Text(f"Worklist of {whose} on {worklist.as_of}", style="bold"))
    if worklist:
        console.print(shown, "")
    console.print(summary(worklist, shown=min(len(worklist), most or len(worklist))))


def summary(worklist: Worklist, *, shown: int) -> Text:
    """How many dues and findings there are, and how many of them stand above."""
    states = Counter(due.state for due in worklist)
    said = Text(f"{len(worklist):,} on the list")
    listed = [one for one in (DueState.OVERDUE, DueState.DUE, DueState.UPCOMING) if states[one]]
    for place, one in enumerate(listed):
        said.append(", " if place else ": ").append(f"{states[one]:,} {one.value}", style=LOOKS[one])
    said.append(f"; {counted(len(worklist.findings), 'finding')} of what fell short")
    if shown < len(worklist):
        said.append(f". The {shown} that run out first are shown.", style="dim")
    return said


def show_case(
    record: CaseRecord, judged: Checklist, accounts: Iterable[ContactAccount], *, known_on: date | None = None
) -> None:
    """Print one case: who and since when, what it owes, which contacts counted, what fell short."""
    console = Console()
    console.print(Panel(about_case(record, judged, known_on), title=f"case {record.case}", title_align="left"))
    dues = [due for due in judged.dues if due.state.is_open or due.state is DueState.UPCOMING]
    if dues:
        console.print(dues_table(sorted(dues, key=lambda due: (due.by, due.code))), "")
    else:
        console.print("Nothing is owed.")
    for account in accounts:
        console.print(account_told(account), "")
    if judged.findings:
        console.print(findings_table(judged.findings), "")


def about_case(record: CaseRecord, judged: Checklist, known_on: date | None) -> Text:
    """Program, days, worker and size of a case; the client by id only."""
    seen = record.as_of(judged.as_of)
    admission, discharge = seen.admission, seen.discharge
    said = Text()
    if admission is None:
        said.append("Not admitted yet")
    else:
        said.append(f"client {admission.client} in {admission.program}, admitted {admission.admitted_on}")
        if admission.follows:
            said.append(f", after case {admission.follows}")
    if discharge is not None:
        said.append(f", discharged {discharge.discharged_on} ({discharge.reason.value})")
    said.append(f"\nworker {judged.worker or 'nobody'}; {counted(len(seen.standing), 'entry', 'entries')}")
    said.append(f"\nas of {judged.as_of}" + (f", as known on {known_on}" if known_on else ""), style="dim")
    return said


def dues_table(dues: Iterable[Due]) -> Table:
    """The dues of one case, each with its standard and what would settle it."""
    shown = table("state", "from", "by", "what is owed", title="What is owed", wide=["what is owed"])
    for due in dues:
        shown.add_row(state(due), str(due.window.start), str(due.by), owed(due, settled_by=True))
    return shown


def account_told(account: ContactAccount) -> RenderableType:
    """Which contacts of a period counted, which did not, and why not."""
    title = Text(f"Contacts from {account.window.start} to {account.by}: ", style="bold")
    title.append(f"{account.count.counted} counted, {account.asked} asked for", style="bold")
    title.append(f"\n{account.standard}, {account.source}", style="dim")
    if account.relief_because:
        title.append(f"\n{account.relief_because}")
    if not account.count.lines:
        return Group(title, Text("No contact and no attempt is written down.", style="dim"))
    shown = table("", "day", "how", "what came of it", "minutes", "does it count?", wide=["does it count?"])
    for line in account.count.lines:
        contact = line.contact
        because = line.because.removeprefix("Does not count: ")
        shown.add_row(
            Text("✓", style="green") if line.counts else Text("✗", style="red"),
            str(contact.held_on),
            contact.mode.value,
            contact.outcome.value,
            "" if contact.minutes is None else str(contact.minutes),
            because,
        )
    return Group(title, shown)


def findings_table(findings: Iterable[Finding], *, most: int = 12) -> Table:
    """What fell short, the latest first."""
    latest = sorted(findings, key=lambda found: (found.on, found.code), reverse=True)
    more = f" (the latest {most} of {len(latest)})" if len(latest) > most else ""
    shown = table("on", "what fell short", title=f"What fell short{more}", wide=["what fell short"])
    for found in latest[:most]:
        what = Text(found.what)
        what.append(f"\n{found.standard}, {found.source}", style="dim")
        shown.add_row(str(found.on), what)
    return shown


def state(due: Due) -> Text:
    """The state of a due."""
    return Text(due.state.value, style=LOOKS[due.state])


def owed(due: Due, *, settled_by: bool = False) -> Text:
    """What is owed, by which standard, and what would settle it."""
    said = Text(due.what)
    said.append(f"\n{due.standard}, {due.source}" if settled_by else f"\n{cited(due.source)}", style="dim")
    if settled_by and due.would_satisfy:
        said.append(f"\nsettled by {due.would_satisfy}", style="dim")
    return said


def cited(source: Source | None) -> str:
    """A citation in few words; what is invented says so."""
    if source is None:
        return "no source"
    return f"{source.cite} (invented)" if source.invented else source.cite


def counted(number: int, one: str, many: str = "") -> str:
    """``1 due``, ``2 dues``, ``1,000 dues``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
