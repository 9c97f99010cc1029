"""
Days, periods, spans, sources, verdicts, dues and findings: only legal ones, by hypothesis.

Each takes keyword arguments to fix what a test needs fixed; a pair of days `between=(first, last)` bounds the days,
both inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.terms import (
    ONE_DAY,
    Answer,
    Due,
    DueState,
    Finding,
    Period,
    Problem,
    Source,
    Span,
    Verdict,
    WorkingDays,
    all_of,
    any_of,
    at_least,
    negation,
)

Days = tuple[date, date]
CASE_YEARS: Days = (date(2020, 1, 1), date(2029, 12, 31))
"""The days that strategies draw from unless told otherwise: leap years, month ends and years' turns among them."""

_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def days(*, between: Days = CASE_YEARS) -> SearchStrategy[date]:
    """Days from the first to the last of *between*, both inside."""
    return st.dates(*between)


def instants(*, between: Days = CASE_YEARS) -> SearchStrategy[datetime]:
    """Instants with a time zone, of whole minutes' offset."""
    first, last = (datetime(day.year, day.month, day.day) for day in between)  # noqa: DTZ001  # the zone is drawn below
    zones = st.one_of(st.just(UTC), st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))))
    return st.datetimes(first, last, timezones=zones)


def words(*, longest: int = 40) -> SearchStrategy[str]:
    """What somebody may have written: any script, never empty, no NUL and no half characters."""
    return st.text(_LETTERS, min_size=1, max_size=longest).filter(str.strip)


def labels() -> SearchStrategy[str]:
    """Short names."""
    return words(longest=20)


def refs() -> SearchStrategy[str]:
    """Ids as hosts give them."""
    return st.from_regex(r"[A-Za-z]{1,3}-[0-9]{1,6}", fullmatch=True)


def codes() -> SearchStrategy[str]:
    """Codes in kebab-case."""
    return st.from_regex(r"[a-z]{2,8}(-[a-z]{2,8}){0,3}", fullmatch=True)


@st.composite
def periods(draw: Any, /, *, between: Days = CASE_YEARS, longest: int = 400) -> Period:
    """Periods whose days all lie in *between*, of at most *longest* days."""
    last = between[1]
    start: date = draw(days(between=between))
    length = draw(st.integers(1, max(1, min(longest, (last - start).days + 1))))
    return Period(start, start + timedelta(days=length))


def spans(*, units: Sequence[str] = ("days", "business_days", "months", "years")) -> SearchStrategy[Span]:
    """Spans in one of *units*, from nothing to a few years."""
    most = {"days": 1_500, "business_days": 300, "months": 60, "years": 20}
    return st.one_of([st.builds(Span, **{unit: st.integers(0, most[unit])}) for unit in units])


def working_days(*, between: Days = CASE_YEARS) -> SearchStrategy[WorkingDays]:
    """Calendars with a weekend of at most three weekdays and up to 30 closed days."""
    return st.builds(
        WorkingDays,
        closed=st.frozensets(days(between=between), max_size=30),
        weekend=st.frozensets(st.integers(0, 6), max_size=3),
    )


def sources(*, invented: bool | None = None) -> SearchStrategy[Source]:
    """Citations, with or without an address and the day they were read on."""
    return st.builds(
        Source,
        cite=labels(),
        url=st.none() | st.just("https://example.org/rules"),
        read_on=st.none() | days(),
        note=st.none() | words(),
        invented=st.booleans() if invented is None else st.just(invented),
    )


def problems() -> SearchStrategy[Problem]:
    """Problems with paths as they occur."""
    return st.builds(Problem, st.from_regex(r"([a-z]{1,5}(\[[0-9]\])?){0,2}", fullmatch=True), words())


def plain_verdicts(*, answers: Sequence[Answer] = tuple(Answer)) -> SearchStrategy[Verdict]:
    """Verdicts without parts. Only what is not known misses facts; only what is not yes can be satisfied."""
    texts = st.lists(labels(), max_size=2).map(tuple)
    kinds = {
        Answer.YES: st.builds(Verdict, answer=st.just(Answer.YES), question=words(), because=st.just("") | words()),
        Answer.NO: st.builds(
            Verdict, answer=st.just(Answer.NO), question=words(), because=words(), would_satisfy=texts
        ),
        Answer.NOT_KNOWN: st.builds(
            Verdict,
            answer=st.just(Answer.NOT_KNOWN),
            question=words(),
            missing=st.lists(labels(), min_size=1, max_size=3, unique=True).map(tuple),
            would_satisfy=texts,
            source=st.none() | sources(),
        ),
        Answer.NEEDS_JUDGEMENT: st.builds(
            Verdict, answer=st.just(Answer.NEEDS_JUDGEMENT), question=words(), because=words(), would_satisfy=texts
        ),
    }
    return st.one_of([kinds[answer] for answer in answers])


def verdicts() -> SearchStrategy[Verdict]:
    """Verdicts as gates give them: plain ones, and trees of all, any, at least and not."""

    def joined(inner: SearchStrategy[Verdict]) -> SearchStrategy[Verdict]:
        some = st.lists(inner, max_size=3)
        return st.one_of(
            st.builds(all_of, words(), some),
            st.builds(any_of, words(), some),
            st.builds(at_least, st.integers(0, 4), words(), some),
            st.builds(negation, words(), inner),
        )

    return st.recursive(plain_verdicts(), joined, max_leaves=6)


@st.composite
def dues(
    draw: Any, /, *, between: Days = CASE_YEARS, states: Sequence[DueState] = tuple(DueState), **fixed: Any
) -> Due:
    """Dues in one of *states*, with windows in *between*; any field can be fixed."""
    window: Period = fixed.get("window") or draw(periods(between=between))
    later = st.integers(1, 60).map(lambda number: timedelta(days=number))
    state = draw(st.sampled_from(list(states)))
    closes: date | None = draw(st.none() | st.just(window.end) | later.map(lambda more: window.end + more))
    inside = st.integers(0, window.days - 1).map(lambda number: window.start + timedelta(days=number))
    met_on: date | None = None
    if state is DueState.UPCOMING:
        as_of = window.start - draw(later)
    elif state is DueState.DUE:
        as_of = draw(inside)
    elif state is DueState.OVERDUE:
        closes = None
        as_of = window.last + draw(later)
    elif state is DueState.MISSED:
        closes = closes or window.end
        as_of = closes - ONE_DAY + draw(later)
    elif state is DueState.MET:
        met_on = draw(inside)
        as_of = met_on + draw(later) - ONE_DAY
    elif state is DueState.MET_LATE:
        met_on = window.last + draw(later)
        as_of = met_on + draw(later) - ONE_DAY
        closes = draw(st.none() | later.map(lambda more: met_on + more))
    else:
        as_of = draw(days(between=between))
    lifted = state is DueState.LIFTED
    drawn: dict[str, Any] = {
        "code": draw(codes()),
        "what": draw(words()),
        "window": window,
        "since": window.start - draw(later) + ONE_DAY,
        "as_of": as_of,
        "closes": closes,
        "standard": draw(st.just("") | labels()),
        "source": draw(st.none() | sources()),
        "would_satisfy": draw(st.just("") | words()),
        "met_on": met_on,
        "lifted_because": draw(words()) if lifted else None,
        "about": draw(st.just("") | refs()),
        "case": draw(st.just("") | refs()),
        "worker": draw(st.just("") | refs()),
    }
    return Due(**{**drawn, **fixed})


def findings(*, between: Days = CASE_YEARS, **fixed: Any) -> SearchStrategy[Finding]:
    """Findings dated in *between*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "code": codes(),
        "on": days(between=between),
        "what": words(),
        "standard": st.just("") | labels(),
        "source": st.none() | sources(),
        "would_satisfy": st.just("") | words(),
        "about": st.just("") | refs(),
        "case": st.just("") | refs(),
        "worker": st.just("") | refs(),
    }
    return st.builds(Finding, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})
