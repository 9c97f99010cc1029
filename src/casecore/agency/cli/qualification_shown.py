"""Who may hold a post, on a terminal: the answer, its tree of reasons, and what would still be needed."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from casecore.staff import Qualification, Way
from casecore.terms import Answer, Verdict

from .screen import cited, table

LOOKS = {
    Answer.YES: ("✓ yes", "green"),
    Answer.NO: ("✗ no", "red"),
    Answer.NOT_KNOWN: ("? not known", "yellow"),
    Answer.NEEDS_JUDGEMENT: ("! needs judgement", "magenta"),
}


def show_qualification(found: Qualification, console: Console | None = None) -> None:
    """Print one answer."""
    console = console or Console()
    console.print(tree_of(found))
    if found.routes:
        _listed(console, "by route", [", ".join(found.routes)])
    _listed(console, "on condition", (_condition(found, place) for place in range(len(found.conditions))))
    _listed(console, "not known", found.missing)
    if found.ways:
        console.print(Padding(ways_table(found.ways), (1, 0, 0, 2)))
    console.print()


def tree_of(verdict: Verdict) -> Tree:
    """The reasons as a tree; each with its answer in words, and by whose authority it is asked."""
    tree = Tree(_told(verdict), guide_style="dim")
    waiting = [(tree, part) for part in reversed(verdict.parts)]
    while waiting:
        above, part = waiting.pop()
        branch = above.add(_told(part))
        waiting.extend((branch, below) for below in reversed(part.parts))
    return tree


def ways_table(ways: Iterable[Way]) -> Table:
    """The ways to become qualified, the cheapest first, and how long each takes."""
    shown = table("", "what would do, and nothing more", "takes", wide=["what would do, and nothing more"])
    for rank, way in enumerate(ways, start=1):
        shown.add_row(str(rank), safe(str(way)), way.takes)
    return shown


def _condition(found: Qualification, place: int) -> str:
    condition = found.conditions[place]
    until = f", by {condition.by}" if condition.by else ""
    return f"{condition.what} ({condition.footing.value}{until})"


def _listed(console: Console, what: str, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Padding(Text(f"{what}: ", style="bold").append(safe(line), style="not bold"), (0, 0, 0, 2)))


def _told(verdict: Verdict) -> Text:
    word, look = LOOKS[verdict.answer]
    told = Text(word, style=look).append(f"  {safe(verdict.question)}", style="default")
    if verdict.because:
        told.append(f"\n{safe(verdict.because)}", style="default")
    if verdict.source:
        told.append(f"\n{safe(cited(verdict.source))}", style="dim default")
    return told


def safe(text: str) -> str:
    """*text* without what a terminal would obey: files come from strangers."""
    return text if text.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in text)
