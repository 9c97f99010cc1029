"""The discharge summary as a page that a person can read."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from casecore.crises import Stay

from .discharge import FollowUpArranged
from .summary import ContactTotal, EpisodeSummary, GoalOutcome

NOT_KNOWN = "not known"
NONE = "none"

_SPECIAL = frozenset("\\`*_[]{}<>|~&$")
_SPECIAL_FIRST = frozenset("#+-=:%(.)!\"'")
_JOINERS = "\u200c\u200d"
"""Parts of words in some scripts, though not printable alone."""


def escaped(text: str) -> str:
    """
    *text* on one line, so that Markdown shows it as it is: no markup, no HTML, no line of its own making.

    Line ends, control characters and marks that turn the direction of reading become spaces.
    """
    shown = "".join(char if char.isprintable() or char in _JOINERS else " " for char in text)
    words = " ".join(shown.split())
    body = "".join(f"\\{char}" if char in _SPECIAL else char for char in words)
    if words[:1] in _SPECIAL_FIRST:
        return f"\\{body}"
    digits = len(words) - len(words.lstrip("0123456789"))
    if digits and words[digits : digits + 1] in (".", ")"):
        return f"{body[:digits]}\\{body[digits:]}"
    return body


def summary_markdown(summary: EpisodeSummary) -> str:
    """
    The summary as Markdown.

    What is not known says so; a list that is known to be empty says *none*. Text that people wrote is escaped.
    """
    return "\n".join(_lines(summary)) + "\n"


T = TypeVar("T")


def _lines(summary: EpisodeSummary) -> Iterator[str]:
    yield "# Discharge summary"
    yield ""
    yield _fact("Case", summary.case)
    yield _fact("Program", summary.program)
    yield _fact("Level of care", summary.level)
    yield _fact("Admitted", summary.admitted_on)
    yield _fact("Discharged", summary.discharged_on)
    yield _fact("Planned", "yes" if summary.is_planned else "no")
    yield _fact("Reason", summary.reason)
    yield _fact("In the agency's words", summary.in_own_words)
    yield _fact("Destination", summary.destination)
    yield _fact("Living arrangement", summary.living_arrangement)
    yield _fact("Diagnosis", summary.diagnosis)
    yield _fact("Treatment and response", summary.treatment)
    yield _fact("Functioning", summary.functioning)
    yield _fact("Medication", summary.medication)
    yield _fact("In a crisis, call", summary.crisis_contact)
    yield from _section("Goals", summary.goals, _goal)
    yield from _section("Contacts", summary.contacts, _contacts)
    yield from _section("Hospital and emergency-room stays", summary.stays, lambda stay: _stay(stay, summary))
    yield from _section("Follow-up arranged", summary.follow_ups, _follow_up)
    yield from _section("Supports", summary.supports, escaped)
    yield from _section("Offered and declined", summary.refusals, escaped)


def _shown(value: str | date | enum.Enum | None) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, enum.Enum):
        return str(value.value).replace("-", " ")
    return escaped(str(value)) or NOT_KNOWN


def _fact(name: str, value: str | date | enum.Enum | None) -> str:
    return f"- **{name}:** {_shown(value)}"


def _section(title: str, parts: tuple[T, ...] | None, line: Callable[[T], str]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    if not parts:
        yield NOT_KNOWN.capitalize() if parts is None else NONE.capitalize()
    for part in parts or ():
        yield f"- {line(part)}"


def _goal(goal: GoalOutcome) -> str:
    because = f", {escaped(goal.because)}" if goal.because else ""
    return f"{escaped(goal.words)}: status {_shown(goal.status)}, achievement {_shown(goal.achievement)}{because}"


def _contacts(total: ContactTotal) -> str:
    unknown = f", the length of {total.without_length} not known" if total.without_length else ""
    return f"{_shown(total.mode)}: {total.held} held, {total.attempts} attempted, {total.minutes} minutes{unknown}"


def _stay(stay: Stay, summary: EpisodeSummary) -> str:
    ended = stay.ended_by(summary.discharged_on)
    until = f"to {ended}" if ended else "not ended by the day of discharge"
    return f"{_shown(stay.setting)}, {_shown(stay.facility)}: {stay.admitted_on} {until}"


def _follow_up(follow_up: FollowUpArranged) -> str:
    return f"{escaped(follow_up.service)}: provider {_shown(follow_up.provider)}, day {_shown(follow_up.on)}"
