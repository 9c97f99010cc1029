"""What a post may ask of degrees, credits, work, credentials and the rest: one question each, legal values only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.staff import CredentialSort, CreditUnit, Level
from casecore.staff.posts import (
    Aged,
    Amount,
    Appointed,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    Held,
    Holding,
    Judged,
    LearningAsked,
    OtherWork,
    Scored,
    Stated,
    Work,
)
from casecore.terms import Span

from .staff_files import (
    ACCREDITORS,
    CLASS_TITLES,
    CLAUSES,
    CREDENTIALS,
    EMPLOYERS,
    FIELDS,
    GROUPS,
    INSTITUTIONS,
    ISSUERS,
    KINDS,
    NUMBERS,
    PAPERS,
    PARTS,
    SETTINGS,
    STATED,
    STATUSES,
    SUBJECTS,
    TITLES,
    WORKING_YEARS,
    Days,
    some_of,
)

UNITS = ("months", "days", "hours")


def _fixed(drawn: dict[str, SearchStrategy[Any]], fixed: dict[str, Any]) -> dict[str, SearchStrategy[Any]]:
    return {**drawn, **{name: st.just(value) for name, value in fixed.items()}}


def _any_or(words: Sequence[str]) -> SearchStrategy[tuple[str, ...]]:
    """Mostly nothing asked; else one or two of the words."""
    return st.just(()) | st.just(()) | some_of(words, least=1)


_papers = _any_or(PAPERS[:1])


def look_backs_asked() -> SearchStrategy[Span]:
    """Spans that experience and learning are looked for in, and that conditions are given."""
    return st.one_of(
        st.builds(Span, years=st.integers(1, 5)),
        st.builds(Span, months=st.integers(1, 24)),
        st.builds(Span, days=st.sampled_from((1, 30, 365))),
    )


def amounts(*, unit: str | None = None, least: float = 0) -> SearchStrategy[Amount]:
    """Amounts of at least *least*, in any unit, or in one of ``months`` (years are that too), ``days``, ``hours``."""
    numbers = {"years": (0.5, 1, 2, 3), "months": (0, 1, 6, 7.5, 18), "days": (0, 1, 30, 365), "hours": (0, 900, 1820)}
    units = {"months": ("years", "months")}.get(unit or "", (unit,) if unit else tuple(numbers))
    return st.sampled_from(
        [Amount(**{name: float(number)}) for name in units for number in numbers[name] if number >= least]
    )


def holdings() -> SearchStrategy[Holding]:
    """A degree or a credential after which, or before which, work is counted."""
    return st.builds(Holding, degree=degrees_asked()) | st.builds(Holding, credential=credentials_asked())


@st.composite
def works(draw: st.DrawFn, /, **fixed: Any) -> Work:
    """Which work counts, mostly asking one or two things of it; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "kinds": _any_or(KINDS),
        "titles": st.just(()) | some_of(CLASS_TITLES[:1]),
        "employers": _any_or(EMPLOYERS),
        "statuses": st.just(()) | some_of(STATUSES[:1]),
        "settings": _any_or(SETTINGS),
        "not_titles": st.just(()) | some_of(CLASS_TITLES[1:]),
        "not_statuses": st.just(()) | some_of(STATUSES[1:]),
        "is_paid": st.none() | st.none() | st.booleans(),
        "full_time": st.sampled_from((False, False, False, True)),
        "after": st.none() | st.none() | holdings(),
        "before": st.none() | st.none() | holdings(),
        "papers": _papers,
    }
    if not {"group", "served_at_least"} & set(fixed) and draw(st.integers(0, 4)) == 0:
        drawn |= {"group": st.sampled_from(GROUPS), "served_at_least": st.sampled_from((0.0, 0.5, 0.75, 1.0))}
    return draw(st.builds(Work, **_fixed(drawn, fixed)))


def other_works(*, unit: str | None = None, **fixed: Any) -> SearchStrategy[OtherWork]:
    """Other work that counts too, its limit in *unit*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "work": works(),
        "counts_for": st.sampled_from((0.0, 0.5, 1.0)),
        "at_most": st.none() | amounts(unit=unit),
    }
    return st.builds(OtherWork, **_fixed(drawn, fixed))


def credits_asked(**fixed: Any) -> SearchStrategy[CreditsAsked]:
    """So many credits; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "at_least": st.sampled_from((0.0, 15.0, 30.0, 45.0, 60.0)),
        "unit": st.sampled_from(CreditUnit),
        "subjects": _any_or(SUBJECTS),
        "in_one_subject": st.sampled_from((False, False, True)),
        "accreditors": _any_or(ACCREDITORS),
        "is_graduate": st.none() | st.booleans(),
        "papers": _papers,
    }
    return st.builds(CreditsAsked, **_fixed(drawn, fixed))


def degrees_asked(**fixed: Any) -> SearchStrategy[DegreeAsked]:
    """One degree that fits in every respect; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "level": st.sampled_from(Level),
        "or_higher": st.booleans(),
        "fields": _any_or(FIELDS),
        "titles": _any_or(TITLES),
        "institutions": _any_or(INSTITUTIONS),
        "accreditors": _any_or(ACCREDITORS),
        "including": _any_or(PARTS),
        "credits": st.none() | st.none() | credits_asked(),
        "papers": _papers,
    }
    return st.builds(DegreeAsked, **_fixed(drawn, fixed))


def credentials_asked(**fixed: Any) -> SearchStrategy[CredentialAsked]:
    """One credential that is valid when it must be; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "names": some_of(CREDENTIALS, least=1),
        "sort": st.none() | st.sampled_from((CredentialSort.LICENSE, CredentialSort.PERMIT)),
        "issuers": _any_or(ISSUERS),
        "held": st.sampled_from(Held),
        "for_at_least": st.none() | st.none() | look_backs_asked(),
        "for_at_most": st.none() | st.none() | look_backs_asked(),
        "papers": _papers,
    }
    return st.builds(CredentialAsked, **_fixed(drawn, fixed))


def learnings_asked(**fixed: Any) -> SearchStrategy[LearningAsked]:
    """Hours of continuing education; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "hours": st.sampled_from((0.0, 12.0, 36.0)),
        "subjects": _any_or(SUBJECTS),
        "providers": _any_or(EMPLOYERS),
        "within": st.none() | look_backs_asked(),
        "papers": _papers,
    }
    return st.builds(LearningAsked, **_fixed(drawn, fixed))


def stated_asked(**fixed: Any) -> SearchStrategy[Stated]:
    """Something that must be stated as so; any field can be fixed."""
    return st.builds(Stated, **_fixed({"name": st.sampled_from(STATED), "papers": _papers}, fixed))


def _bounds(numbers: Sequence[float]) -> SearchStrategy[dict[str, Any]]:
    one = st.sampled_from(numbers)
    return st.one_of(
        st.builds(lambda least: {"at_least": least}, one),
        st.builds(lambda most: {"at_most": most}, one),
        st.builds(lambda a, b: {"at_least": min(a, b), "at_most": max(a, b)}, one, one),
    )


def scored_asked() -> SearchStrategy[Scored]:
    """A number within bounds."""
    bounds = _bounds((69.5, 70.0, 90.0))
    return bounds.flatmap(lambda each: st.builds(Scored, name=st.sampled_from(NUMBERS), papers=_papers, **_just(each)))


def ages_asked() -> SearchStrategy[Aged]:
    """An age within bounds."""
    return _bounds((18, 21, 35)).map(lambda each: Aged(**each))


def _just(values: dict[str, Any]) -> dict[str, SearchStrategy[Any]]:
    return {name: st.just(value) for name, value in values.items()}


def appointed_asked(*, between: Days = WORKING_YEARS) -> SearchStrategy[Appointed]:
    """A day of appointment in a stretch, open on one side or on none."""
    day, later = st.dates(*between), st.integers(1, 2_000)
    return st.one_of(
        st.builds(Appointed, since=day),
        st.builds(Appointed, before=day),
        st.builds(lambda since, more: Appointed(since=since, before=since + timedelta(days=more)), day, later),
    )


def judged_asked(**fixed: Any) -> SearchStrategy[Judged]:
    """Something left to an official; any field can be fixed."""
    drawn = {"clause": st.sampled_from(CLAUSES), "by": st.none() | st.just("personnel officer")}
    return st.builds(Judged, **_fixed(drawn, fixed))
