"""Values of the intake room, all legal: entries, facts, and trees of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecore.intake import (
    Admission,
    EligibilityDecided,
    Fact,
    Facts,
    FactStated,
    Happening,
    History,
    HistoryStated,
    ReferralReceived,
    ReferralSource,
)
from casecore.terms import Answer

Between = tuple[date, date]

YEARS = (date(2023, 1, 1), date(2026, 12, 31))
"""The days that values lie between where nothing else is asked for; both inside."""
NUMBERS = ("gaf", "income")
YES_OR_NO = ("history-of-aggression", "homeless", "approved")
CODES = ("diagnosis", "benefit")
LISTS = ("state-hospital", "missed-appointments", "community-services")

_refs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
_words = st.sampled_from(("asked for help", "moved here", "épreuve"))


def _days(between: Between) -> st.SearchStrategy[date]:
    return st.dates(*between)


def _fixed(drawn: dict[str, st.SearchStrategy[Any]], fields: dict[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """The strategies of the fields, those that the caller fixed replaced by their value."""
    return drawn | {name: st.just(value) for name, value in fields.items()}


def referrals_received(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[ReferralReceived]:
    """Referrals in."""
    drawn = {
        "received_on": _days(between),
        "source": st.sampled_from(ReferralSource),
        "program": st.none() | st.sampled_from(("icm", "scm")),
        "reason": st.none() | _words,
    }
    return st.builds(ReferralReceived, **_fixed(drawn, fields))


def eligibility_decisions(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[EligibilityDecided]:
    """What a person decided on eligibility."""
    drawn = {
        "decided_on": _days(between),
        "program": st.sampled_from(("icm", "scm")),
        "answer": st.sampled_from(Answer),
        "decided_by": _refs,
        "reason": st.none() | _words,
    }
    return st.builds(EligibilityDecided, **_fixed(drawn, fields))


def admissions(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[Admission]:
    """Admissions."""
    drawn = {
        "admitted_on": _days(between),
        "client": _refs,
        "program": st.sampled_from(("icm", "scm")),
        "level": st.none() | st.sampled_from(("adult", "child")),
        "follows": st.none() | _refs,
    }
    return st.builds(Admission, **_fixed(drawn, fields))


@st.composite
def _answers(draw: st.DrawFn, /, name: str | None, fixed: Mapping[str, Any]) -> dict[str, Any]:
    """A name and an answer of the kind that the name has here; of any kind under a name unknown here."""
    name = draw(st.sampled_from(NUMBERS + YES_OR_NO + CODES)) if name is None else name
    if not fixed.keys().isdisjoint(("is_so", "number", "codes")):
        return {"name": name}
    kinds: list[st.SearchStrategy[dict[str, Any]]] = []
    if name not in YES_OR_NO + CODES:
        numbers = st.integers(0, 100) | st.decimals(0, 100, places=1)
        kinds.append(st.builds(lambda number: {"number": number}, numbers))
    if name not in NUMBERS + CODES:
        kinds.append(st.builds(lambda is_so: {"is_so": is_so}, st.booleans()))
    if name not in NUMBERS + YES_OR_NO:
        some = st.lists(st.sampled_from(("295.30", "296.2", "300.4", "F20.0")), max_size=3, unique=True)
        kinds.append(st.builds(lambda codes: {"codes": tuple(codes)}, some))
    return {"name": name, **draw(st.one_of(kinds))}


@st.composite
def facts_stated(draw: st.DrawFn, /, *, between: Between = YEARS, name: str | None = None, **fields: Any) -> FactStated:
    """Facts as a record's entries."""
    drawn: dict[str, Any] = {"stated_on": draw(_days(between)), **draw(_answers(name, fields))} | fields
    drawn.setdefault("is_verified", draw(st.booleans()))
    drawn.setdefault("stated_by", draw(st.none() | _refs))
    lasting = draw(st.none() | st.integers(1, 400))
    drawn.setdefault("until", None if lasting is None else drawn["stated_on"] + timedelta(days=lasting))
    return FactStated(**drawn)


@st.composite
def known_facts(draw: st.DrawFn, /, *, between: Between = YEARS, name: str | None = None, **fields: Any) -> Fact:
    """Single facts, as `Fact` values."""
    drawn: dict[str, Any] = {"known_on": draw(_days(between)), **draw(_answers(name, fields))} | fields
    drawn.setdefault("is_verified", draw(st.booleans()))
    lasting = draw(st.none() | st.integers(1, 400))
    drawn.setdefault("until", None if lasting is None else drawn["known_on"] + timedelta(days=lasting))
    return Fact(**drawn)


@st.composite
def happenings(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> Happening:
    """Events and stays; a stay ends within 120 days, or still lasts."""
    drawn: dict[str, Any] = {"began_on": draw(_days(between)), "is_verified": draw(st.booleans())} | fields
    length = draw(st.none() | st.integers(0, 120))
    drawn.setdefault("ended_on", None if length is None else drawn["began_on"] + timedelta(days=length))
    return Happening(**drawn)


@st.composite
def histories(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> History:
    """Lists of happenings, complete or not."""
    drawn: dict[str, Any] = {"name": draw(st.sampled_from(LISTS))} | fields
    if "happenings" not in fields:
        drawn["happenings"] = tuple(draw(st.lists(happenings(between=between), max_size=6)))
    if "complete_from" not in fields:
        drawn["complete_from"] = draw(st.none() | _days(between))
    if "known_until" not in fields:
        first = drawn["complete_from"] or between[0]
        known_for = draw(st.none() | st.integers(1, 1000))
        drawn["known_until"] = None if known_for is None else first + timedelta(days=known_for)
    return History(**drawn)


@st.composite
def histories_stated(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> HistoryStated:
    """Lists of happenings as a record's entries; nothing on them lies after the day of the statement."""
    drawn: dict[str, Any] = {"stated_on": draw(_days(between)), "name": draw(st.sampled_from(LISTS))} | fields
    past = (min(between[0], drawn["stated_on"]), drawn["stated_on"])
    if "happenings" not in fields:
        drawn["happenings"] = tuple(draw(st.lists(happenings(between=past), max_size=6)))
    if "complete_from" not in fields:
        drawn["complete_from"] = draw(st.none() | _days(past))
    drawn.setdefault("is_kept_up", draw(st.booleans()))
    drawn.setdefault("stated_by", draw(st.none() | _refs))
    return HistoryStated(**drawn)


@st.composite
def facts(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> Facts:
    """What is known of one person: any part of the names that `criteria` asks for."""
    drawn = dict(fields)
    if "born_on" not in fields:
        drawn["born_on"] = draw(st.none() | st.dates(date(1940, 1, 1), date(2015, 12, 31)))
    if "known" not in fields:
        named = draw(st.lists(st.sampled_from(NUMBERS + YES_OR_NO + CODES), unique=True))
        drawn["known"] = tuple(draw(known_facts(between=between, name=name)) for name in named)
    if "histories" not in fields:
        listed = draw(st.lists(st.sampled_from(LISTS), unique=True))
        drawn["histories"] = tuple(draw(histories(between=between, name=name)) for name in listed)
    return Facts(**drawn)
