"""What the demo shows on the terminal, and says as JSON."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from casecore.caseloads import Worklist
from casecore.record import Checklist
from casecore.terms import DueState

from .chosen import Chosen
from .course_plot import course_plot
from .measured import Measured, peak_mib
from .screen import LOOKS, counted, show_case, show_worklist, table
from .taking_over import TakenOver

MOST_ROWS, MOST_WORKERS = 8, 8


class Shown(NamedTuple):
    """
    All that the demo shows.

    Attributes:
        chosen: The case and the course to show, and *judged* that case's checklist; nothing for an empty agency.
    """

    taken: TakenOver
    worklist: Worklist
    chosen: Chosen | None
    judged: Checklist | None


def show_demo(shown: Shown, measured: Measured, page: Path, console: Console) -> None:
    """Print all of it."""
    console.print(f"Adopted {counted(shown.taken.cases, 'case')} with {shown.taken.entries:,} entries.\n")
    console.print(Rule("What is due in the whole agency"))
    show_worklist(shown.worklist, whose="the agency", most=MOST_ROWS)
    console.print("", by_worker(shown.worklist), "")
    if shown.chosen and shown.judged:
        console.print(Rule("One case explained"))
        show_case(shown.chosen.record, shown.judged, shown.chosen.accounts)
        console.print(Rule("The course of one client"))
        instrument = shown.chosen.instrument
        console.print(f"{instrument.title}, client {shown.chosen.client}; {instrument.worse.value} is worse\n")
        console.print(course_plot(shown.chosen.course, instrument))
    console.print(Rule("What adoption could not carry over"))
    console.print(left_table(shown.taken), "")
    console.print(Rule("Time and memory"))
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in measured.seconds.items())
    console.print(f"{parts}; in all {measured.after_set_up:.1f} s besides set-up")
    peak = peak_mib()
    console.print("peak memory not known here" if peak is None else f"peak memory {peak:.0f} MiB, set-up included")
    console.print(Text(f"\nThe same as a page, with a time line: {page}", style="bold"), soft_wrap=True)


def by_worker(worklist: Worklist) -> Table:
    """How much is due and overdue with each worker, the most first."""
    totals: dict[str, Counter[DueState]] = {}
    for due in worklist:
        totals.setdefault(due.worker, Counter())[due.state] += 1
    ranked = sorted(totals.items(), key=lambda item: (-item[1].total(), item[0]))
    rest = len(ranked) - MOST_WORKERS
    shown = table("worker", "overdue", "due", "cases")
    shown.caption = f"and {rest} more workers" if rest > 0 else None
    cases = {worker: len({due.case for due in worklist if due.worker == worker}) for worker in totals}
    for worker, states in ranked[:MOST_WORKERS]:
        overdue = Text(str(states[DueState.OVERDUE]), style=LOOKS[DueState.OVERDUE])
        shown.add_row(worker or "nobody", overdue, str(states[DueState.DUE]), str(cases[worker]))
    return shown


def left_table(taken: TakenOver) -> Table:
    """What could not be carried over, why, and how many rows."""
    shown = table("how many", "what", "why", wide=["what", "why"])
    for one in taken.left:
        shown.add_row(f"{one.how_many:>8,}", one.what, one.why)
    return shown


def demo_said(shown: Shown, measured: Measured, page: Path) -> dict[str, Any]:
    """The demo as plain data: what was taken over, how much is due, how long it took."""
    peak, dues = peak_mib(), shown.worklist
    return {
        "as_of": dues.as_of.isoformat(),
        "cases": shown.taken.cases,
        "entries": shown.taken.entries,
        "left_behind": [one._asdict() for one in shown.taken.left],
        "dues_by_state": dict(sorted(Counter(due.state.value for due in dues).items())),
        "dues_by_worker": dict(sorted(Counter(due.worker for due in dues).items())),
        "findings": len(dues.findings),
        "case": shown.chosen.record.case if shown.chosen else None,
        "course": _course_said(shown.chosen) if shown.chosen else None,
        "seconds": {name: round(seconds, 3) for name, seconds in measured.seconds.items()},
        "peak_mib": None if peak is None else round(peak, 1),
        "page": str(page),
    }


def _course_said(chosen: Chosen) -> dict[str, Any]:
    points = [(point.on.isoformat(), point.score) for point in chosen.course.points]
    return {
        "client": chosen.client,
        "instrument": chosen.course.instrument,
        "points": [
            {"on": on, "total": None if score.total is None else str(score.total), "band": score.band}
            for on, score in points
        ],
    }
