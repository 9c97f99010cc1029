"""One case as a time line: what was owed and met, the contacts, the scores; drawn in SVG, told in words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import NamedTuple

from casecore.assessments import Course, built_in, course_of
from casecore.contacts import Contact
from casecore.record import CaseRecord, Checklist, contact_accounts
from casecore.standards import Rules
from casecore.terms import Due, DueState, add_months

LEFT, WIDTH, LANE, TOP = 150, 960, 46, 34
ROOM_FOR_WORDS = 64
SIGNS = {
    DueState.MET: "✓ met",
    DueState.MET_LATE: "✓ met late",
    DueState.MISSED: "✗ missed",
    DueState.DUE: "due",
    DueState.OVERDUE: "overdue",
    DueState.LIFTED: "lifted",
    DueState.UPCOMING: "to come",
}


class Scale(NamedTuple):
    """The days from *first* to *last* on the width of the drawing."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day lies; days outside lie at the edge."""
        part = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + min(max(part, 0), 1) * (WIDTH - LEFT - 20), 1)


def time_line(record: CaseRecord, judged: Checklist, rules: Rules) -> str:
    """The drawing, as an ``<svg>`` with title and description; everything in it also stands in the page's tables."""
    admission = record.admission
    if admission is None:
        return "<p>The client is not admitted yet.</p>"
    scale = Scale(admission.admitted_on, judged.as_of)
    owed: dict[str, list[Due]] = {}
    for due in judged.dues:
        if due.code == "contacts-owed" and due.window.start <= judged.as_of:
            owed.setdefault(due.standard, []).append(due)
    courses = [course_of(record.assessments, built_in(name), as_of=judged.as_of) for name in ("phq-9", "gad-7")]
    lanes = [
        *(_lane(name, _periods(dues, scale)) for name, dues in owed.items()),
        _lane("contacts", _contacts(record, rules, scale, judged.as_of)),
        *(_lane(course.instrument, _scores(course, scale)) for course in courses if course.points),
    ]
    height = TOP + LANE * len(lanes) + 12
    drawn = "".join(
        f'<g transform="translate(0 {TOP + LANE * place})"><text class="lane" x="0" y="26">{escape(name)}</text>'
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH - 20}" y1="{LANE - 4}" y2="{LANE - 4}"/>{inside}</g>'
        for place, (name, inside) in enumerate(lanes)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="line-title line-about">'
        f'<title id="line-title">Time line of case {escape(record.case)}</title>'
        f'<desc id="line-about">From {scale.first} to {scale.last}: what was owed in each period and whether it was'
        " met, each contact, each score. The tables on this page say the same.</desc>"
        f"{''.join(_months(scale, height))}{drawn}</svg>"
    )


def _lane(name: str, marks: Iterator[str]) -> tuple[str, str]:
    return name, "".join(marks)


def _months(scale: Scale, height: int) -> Iterator[str]:
    day = scale.first.replace(day=1)
    while day <= scale.last:
        if day >= scale.first:
            x = scale.x(day)
            yield f'<line class="month" x1="{x}" x2="{x}" y1="22" y2="{height}"/>'
        name = f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"
        yield f'<text class="when" x="{scale.x(day) + 3}" y="16">{name}</text>'
        day = add_months(day, 1)


def _periods(dues: list[Due], scale: Scale) -> Iterator[str]:
    for due in dues:
        x, end = scale.x(due.window.start), scale.x(min(due.window.end, scale.last))
        wide = max(end - x - 2, 4)
        told = f"{due.window.start} to {due.by}: {due.what}, {due.state.value} ({due.source})"
        sign = SIGNS[due.state] if wide > ROOM_FOR_WORDS else SIGNS[due.state][0]
        yield (
            f'<g class="{due.state.value}"><title>{escape(told)}</title>'
            f'<rect x="{x + 1}" y="8" width="{wide:.1f}" height="26" rx="3"/>'
            f'<text class="sign" x="{x + 1 + wide / 2:.1f}" y="26">{sign}</text></g>'
        )


def _contacts(record: CaseRecord, rules: Rules, scale: Scale, as_of: date) -> Iterator[str]:
    because: dict[int, tuple[bool, str]] = {}
    day = scale.first.replace(day=1)
    while day <= as_of:
        for account in contact_accounts(record, rules, day=max(day, scale.first), as_of=as_of):
            because |= {id(line.contact): (line.counts, line.because) for line in account.count.lines}
        day = add_months(day, 1)
    on_day: dict[date, list[Contact]] = {}
    for contact in record.contacts:
        on_day.setdefault(contact.held_on, []).append(contact)
    for held, contacts in on_day.items():
        for place, contact in enumerate(contacts):
            counts, why = because.get(id(contact), (False, "No standard asked for it then."))
            yield _contact(contact, counts, why, scale.x(held), y=21 + 13 * (place - (len(contacts) - 1) / 2))


def _contact(contact: Contact, counts: bool, why: str, x: float, y: float) -> str:
    minutes = f", {contact.minutes} minutes" if contact.minutes is not None else ""
    told = f"{contact.held_on}: {contact.mode.value}, {contact.outcome.value}{minutes}. {why}"
    mark = (
        f'<circle cx="{x}" cy="{y}" r="6"/>' if contact.was_held else f'<path d="M{x - 5} {y - 5}l10 10m0-10l-10 10"/>'
    )
    kind = "attempt" if not contact.was_held else "counts" if counts else "held"
    return f'<g class="{kind}"><title>{escape(told)}</title>{mark}</g>'


def _scores(course: Course, scale: Scale) -> Iterator[str]:
    for point in course.points:
        x, score = scale.x(point.on), point.score
        known = f"{score.total}, {score.band}" if score.is_known else f"not known: {len(score.missing)} items open"
        yield (
            f'<g class="score"><title>{escape(f"{point.on}: {known}")}</title>'
            f'<path d="M{x} 10l9 9-9 9-9-9z"/><text x="{x + 12}" y="24">'
            f"{escape(str(score.total)) if score.is_known else '?'}</text></g>"
        )
