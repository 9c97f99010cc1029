"""The demo as one HTML page that stands alone: one case with its time line, the worklist, what was left behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib import resources

from casecore.agency.desk import Agency
from casecore.contacts import ContactAccount
from casecore.terms import Due, DueState

from .demo_shown import Shown
from .timeline import time_line


def page(shown: Shown, agency: Agency) -> str:
    """The whole page."""
    style = (resources.files(__package__) / "page.css").read_text("utf-8")
    title = f"What is due on {shown.worklist.as_of}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>\n{style}</style></head>\n'
        f"<body><header><h1>{escape(title)}</h1>"
        '<p class="faint">Made-up clients of a made-up agency, held to a made-up rulebook.</p></header>\n<main>\n'
        f"{_numbers(shown)}\n{_case(shown, agency)}\n{_worklist(shown)}\n{_left_behind(shown)}\n</main></body></html>\n"
    )


def _numbers(shown: Shown) -> str:
    states = Counter(due.state for due in shown.worklist)
    numbers = {
        "cases": shown.taken.cases,
        "entries": shown.taken.entries,
        "overdue": states[DueState.OVERDUE],
        "due": states[DueState.DUE],
        "findings": len(shown.worklist.findings),
    }
    cells = "".join(f"<div><dt>{name}</dt><dd>{number:,}</dd></div>" for name, number in numbers.items())
    return f'<dl class="numbers">{cells}</dl>'


def _case(shown: Shown, agency: Agency) -> str:
    if shown.chosen is None or shown.judged is None:
        return "<p>There is no case.</p>"
    record, judged = shown.chosen.record, shown.judged
    admission = record.admission
    since = f"{admission.program}, admitted {admission.admitted_on}; " if admission else ""
    drawing = time_line(record, judged, agency.rules(record, judged.as_of))
    dues = [due for due in judged.dues if due.window.start <= judged.as_of]
    return (
        f'<section aria-labelledby="case"><h2 id="case">Case {escape(record.case)}</h2>'
        f"<p>{escape(since)}worker {escape(judged.worker or 'nobody')}</p>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="Time line">{drawing}</div>'
        '<ul class="legend"><li>● a contact that counts</li><li>○ held, and does not count</li>'
        "<li>✕ an attempt</li><li>◆ a score</li><li>✓ met</li><li>✗ missed</li></ul>"
        f"{''.join(map(_account, shown.chosen.accounts))}"
        f"{_dues(sorted(dues, key=lambda due: (due.by, due.code)), 'All that was owed in this case', of_one_case=True)}"
        "</section>"
    )


def _account(account: ContactAccount) -> str:
    rows = (
        _row(
            ("state", "counts" if line.counts else "does not"),
            ("day", str(line.contact.held_on)),
            ("", f"{line.contact.mode.value}, {line.contact.outcome.value}"),
            ("number", "" if line.contact.minutes is None else str(line.contact.minutes)),
            ("", line.because.removeprefix("Does not count: ")),
        )
        for line in account.count.lines
    )
    days = f"Contacts from {account.window.start} to {account.by}"
    numbers = f"{account.count.counted} counted, {account.asked} asked for"
    caption = f"{days}: {numbers} ({account.standard}, {account.source})"
    return _table(caption, ("does it count?", "day", "how, and what came of it", "minutes", "why"), rows)


def _worklist(shown: Shown) -> str:
    heading = '<section aria-labelledby="worklist"><h2 id="worklist">Worklist of the agency</h2>'
    return f"{heading}{_dues(shown.worklist, 'The longest overdue first', of_one_case=False)}</section>"


def _dues(dues: Iterable[Due], caption: str, *, of_one_case: bool) -> str:
    whose = () if of_one_case else ("case", "worker")
    rows = (
        _row(
            (f"state {due.state.value}", due.state.value),
            ("day", str(due.by)),
            *(("id", getattr(due, name) or "nobody") for name in whose),
            ("", due.what, f"{due.standard}, {due.source}"),
            ("", due.would_satisfy),
        )
        for due in dues
    )
    return _table(caption, ("state", "by", *whose, "what is owed", "settled by"), rows)


def _left_behind(shown: Shown) -> str:
    rows = (_row(("", one.what), ("", one.why), ("number", f"{one.how_many:,}")) for one in shown.taken.left)
    rows_told = _table("Rows of the old database, or facts about them", ("what", "why", "how many"), rows)
    return f'<section aria-labelledby="left"><h2 id="left">What adoption could not carry over</h2>{rows_told}</section>'


def _table(caption: str, columns: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "".join(rows)
        + "</tbody></table></div>"
    )


def _row(*cells: tuple[str, ...]) -> str:
    """One row; each cell is its class, its words, and where there are more words, those below in small."""
    made = []
    for look, words, *below in cells:
        small = "".join(f"<small>{escape(more)}</small>" for more in below)
        made.append(f'<td class="{escape(look)}">{escape(words)}{small}</td>')
    return f"<tr>{''.join(made)}</tr>\n"
