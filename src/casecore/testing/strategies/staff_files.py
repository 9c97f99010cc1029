"""
What is known of workers: degrees, credits, spells of work, credentials, statements, whole files; legal values only.

The words are few, and those that `casecore.testing.strategies.posts` asks for, so that files and posts often meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.staff import (
    Claim,
    Credential,
    CredentialSort,
    Credits,
    CreditUnit,
    Degree,
    Learning,
    Level,
    Ruling,
    Served,
    Spell,
    StaffFile,
    Statement,
)
from casecore.terms import Period

Days = tuple[date, date]
WORKING_YEARS: Days = (date(2015, 1, 1), date(2026, 12, 31))
"""The days that strategies draw from unless told otherwise."""

FIELDS = ("social-work", "psychology", "history")
SUBJECTS = ("psychology", "sociology")
TITLES = ("MSW", "BSW")
INSTITUTIONS = ("state-university", "night-college")
ACCREDITORS = ("regionally-accredited", "state-registered")
PARTS = ("field-placement",)
KINDS = ("mental-health", "linking-to-services", "clerical")
CLASS_TITLES = ("caseworker", "caseworker-trainee")
EMPLOYERS = ("county", "hospital")
STATUSES = ("permanent", "provisional")
SETTINGS = ("state-licensed", "outpatient")
GROUPS = ("mental-illness",)
CREDENTIALS = ("LMSW", "driver-license")
ISSUERS = ("NY", "OH")
PAPERS = ("transcript", "letter")
STATED = ("examination-passed", "is-related-to-client")
NUMBERS = ("examination-score",)
POSTS = ("case-manager", "senior-case-manager")
CLAUSES = ("equivalent-combination", "related-field")

T = TypeVar("T")


def _fixed(drawn: dict[str, SearchStrategy[Any]], fixed: dict[str, Any]) -> dict[str, SearchStrategy[Any]]:
    return {**drawn, **{name: st.just(value) for name, value in fixed.items()}}


def some_of(words: Sequence[str], *, least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """Some of *words*, each at most once."""
    return st.lists(st.sampled_from(words), min_size=least, max_size=2, unique=True).map(tuple)


def _days(between: Days) -> SearchStrategy[date]:
    """Days, first of months and their neighbors more often than others."""
    firsts = st.dates(*between).map(lambda day: max(between[0], day.replace(day=1)))
    return firsts | st.dates(*between)


def _stood_behind() -> dict[str, SearchStrategy[Any]]:
    """What `Claim` says: mostly verified, with no paper, one on file or one refused."""
    return {
        "is_verified": st.sampled_from((True, True, True, False)),
        "papers": st.just(()) | some_of(PAPERS[:1]),
        "refused": st.just(()) | some_of(PAPERS[1:]),
    }


def claims(**fixed: Any) -> SearchStrategy[Claim]:
    """What stands behind a claim; any field can be fixed."""
    return st.builds(Claim, **_fixed(_stood_behind(), fixed))


def credits_earned(*, between: Days = WORKING_YEARS, **fixed: Any) -> SearchStrategy[Credits]:
    """Credits in one subject, earned in *between*; any field can be fixed."""
    drawn = _stood_behind() | {
        "subject": st.none() | st.sampled_from(SUBJECTS),
        "amount": st.sampled_from((3, 15, 16.5, 29.5, 30, 45, 60)),
        "unit": st.sampled_from(CreditUnit),
        "accreditors": st.none() | some_of(ACCREDITORS),
        "is_graduate": st.none() | st.booleans(),
        "earned_on": st.none() | _days(between),
    }
    return st.builds(Credits, **_fixed(drawn, fixed))


@st.composite
def degrees(draw: st.DrawFn, /, *, between: Days = WORKING_YEARS, **fixed: Any) -> Degree:
    """Degrees awarded in *between*, some of them without a day; any field can be fixed."""
    awarded = fixed["awarded_on"] if "awarded_on" in fixed else draw(st.none() | _days(between))
    began = st.none() if awarded is None else st.none() | st.integers(1, 5).map(lambda years: _earlier(awarded, years))
    drawn = _stood_behind() | {
        "level": st.sampled_from(Level),
        "field": st.none() | st.sampled_from(FIELDS),
        "title": st.none() | st.sampled_from(TITLES),
        "institution": st.none() | st.sampled_from(INSTITUTIONS),
        "accreditors": st.none() | some_of(ACCREDITORS),
        "including": st.none() | some_of(PARTS),
        "began_on": began,
        "awarded_on": st.just(awarded),
        "credits": st.none() | st.lists(credits_earned(between=between), max_size=2).map(tuple),
    }
    return draw(st.builds(Degree, **_fixed(drawn, fixed)))


def _earlier(day: date, years: int) -> date:
    return day - timedelta(days=365 * years)


def served(**fixed: Any) -> SearchStrategy[Served]:
    """Which part of the people served belonged to a group; any field can be fixed."""
    drawn = {"group": st.sampled_from(GROUPS), "share": st.sampled_from((0, 0.5, 0.74, 0.75, 1))}
    return st.builds(Served, **_fixed(drawn, fixed))


@st.composite
def spells(draw: st.DrawFn, /, *, between: Days = WORKING_YEARS, **fixed: Any) -> Spell:
    """Work that begins in *between*, with an end or without, its extent said in any way or not; fields can be fixed."""
    began = fixed["began_on"] if "began_on" in fixed else draw(_days(between))
    last = max(began, between[1])
    ended = fixed["ended_on"] if "ended_on" in fixed else draw(st.none() | _days((began, last)))
    extents: list[dict[str, Any]] = [{}, {}, {"share": 1.0}, {"share": 1.0}, {"share": 0.5}, {"hours_per_week": 20.0}]
    if ended is not None:
        extents.append({"hours": float(min(1_000, 8 * ((ended - began).days + 1)))})
    extent = {} if {"share", "hours_per_week", "hours"} & set(fixed) else draw(st.sampled_from(extents))
    drawn = _stood_behind() | {
        "began_on": st.just(began),
        "ended_on": st.just(ended),
        "kinds": st.none() | some_of(KINDS),
        "title": st.none() | st.sampled_from(CLASS_TITLES),
        "employer": st.none() | st.sampled_from(EMPLOYERS),
        "status": st.none() | st.sampled_from(STATUSES),
        "is_paid": st.none() | st.booleans(),
        "settings": st.none() | some_of(SETTINGS),
        "served": st.none() | st.lists(served(), max_size=1).map(tuple),
    }
    return draw(st.builds(Spell, **_fixed(drawn, extent | fixed)))


@st.composite
def credentials(draw: st.DrawFn, /, *, between: Days = WORKING_YEARS, **fixed: Any) -> Credential:
    """Credentials issued in *between*, some expired, some suspended for a time; any field can be fixed."""
    issued = fixed["issued_on"] if "issued_on" in fixed else draw(st.none() | _days(between))
    later = st.sampled_from((1, 365, 366, 1_000)).map(lambda days: (issued or between[0]) + timedelta(days=days))
    drawn = _stood_behind() | {
        "name": st.sampled_from(CREDENTIALS),
        "sort": st.sampled_from((CredentialSort.LICENSE, CredentialSort.PERMIT)),
        "issuer": st.none() | st.sampled_from(ISSUERS),
        "issued_on": st.just(issued),
        "expires_on": st.none() | later,
        "suspended": st.just(()) | later.map(lambda day: (Period(day, day + timedelta(days=30)),)),
    }
    return draw(st.builds(Credential, **_fixed(drawn, fixed)))


def learnings(*, between: Days = WORKING_YEARS, **fixed: Any) -> SearchStrategy[Learning]:
    """Continuing education completed in *between*; any field can be fixed."""
    drawn = _stood_behind() | {
        "completed_on": _days(between),
        "hours": st.sampled_from((1, 7.5, 12, 36)),
        "subject": st.none() | st.sampled_from(SUBJECTS),
        "provider": st.none() | st.sampled_from(EMPLOYERS),
    }
    return st.builds(Learning, **_fixed(drawn, fixed))


@st.composite
def statements(draw: st.DrawFn, /, *, between: Days = WORKING_YEARS, **fixed: Any) -> Statement:
    """Yes or no, or a number, stated on a day in *between* or for all time; any field can be fixed."""
    stated = fixed["stated_on"] if "stated_on" in fixed else draw(st.none() | _days(between))
    as_number = "number" in fixed or (not {"is_so", "name"} & set(fixed) and draw(st.booleans()))
    drawn = _stood_behind() | {"stated_on": st.just(stated), "name": st.sampled_from(NUMBERS if as_number else STATED)}
    drawn |= {"number": st.sampled_from((69.5, 70, 90))} if as_number else {"is_so": st.booleans()}
    drawn["until"] = st.none() | st.just((stated or between[0]) + timedelta(days=365))
    return draw(st.builds(Statement, **_fixed(drawn, fixed)))


def rulings(*, between: Days = WORKING_YEARS, **fixed: Any) -> SearchStrategy[Ruling]:
    """What an official decided in *between*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "post": st.sampled_from(POSTS),
        "clause": st.sampled_from(CLAUSES),
        "is_so": st.booleans(),
        "decided_on": _days(between),
        "by": st.just("personnel officer"),
        "because": st.none() | st.just("as decided for the earlier applicant"),
    }
    return st.builds(Ruling, **_fixed(drawn, fixed))


@st.composite
def staff_files(draw: st.DrawFn, /, *, between: Days = WORKING_YEARS, most: int = 3, **fixed: Any) -> StaffFile:
    """Files whose lists are unknown, or known with up to *most* parts; any field can be fixed."""
    applied = fixed["applied_on"] if "applied_on" in fixed else draw(st.none() | _days(between))
    since_then = (applied or between[0], max(applied or between[0], between[1]))

    def listed(parts: SearchStrategy[T]) -> SearchStrategy[tuple[T, ...] | None]:
        return st.none() | st.lists(parts, max_size=most).map(tuple)

    drawn: dict[str, SearchStrategy[Any]] = {
        "worker": st.sampled_from(("w-1", "w-2", "w-3")),
        "stated_on": st.none() | _days(between),
        "born_on": st.none() | st.dates(date(1960, 1, 1), date(1998, 12, 31)),
        "applied_on": st.just(applied),
        "examined_on": st.none() | _days(since_then),
        "appointed_on": st.none() | _days(since_then),
        "degrees": listed(degrees(between=between)).map(_told_once),
        "credits": listed(credits_earned(between=between)),
        "experience": listed(spells(between=between)),
        "credentials": listed(credentials(between=between)),
        "learning": listed(learnings(between=between)),
        "statements": st.lists(statements(between=between), max_size=most).map(tuple),
        "rulings": st.lists(rulings(between=between), max_size=most).map(tuple),
    }
    return draw(st.builds(StaffFile, **_fixed(drawn, fixed)))


def _told_once(degrees: tuple[Degree, ...] | None) -> tuple[Degree, ...] | None:
    """The degrees without those that are another one told again, which a file refuses."""
    if degrees is None:
        return None
    kept: list[Degree] = []
    for degree in degrees:
        if not any(degree.is_the_same_as(other) for other in kept):
            kept.append(degree)
    return tuple(kept)
