"""
Posts: experience, trees of needs, qualifications, whole posts; legal values only.

The words are those of `casecore.testing.strategies.staff_files`. Needs refer to other posts only where told to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.staff.posts import (
    Amount,
    Counting,
    ExperienceAsked,
    Footing,
    MayFollow,
    Need,
    Pattern,
    Post,
    Qualifications,
    StaffDay,
    Substitute,
    WordList,
    YearOfWork,
)
from casecore.standards import Edition, Standard
from casecore.terms import Source

from .asked_of_staff import (
    ages_asked,
    amounts,
    appointed_asked,
    credentials_asked,
    credits_asked,
    degrees_asked,
    judged_asked,
    learnings_asked,
    look_backs_asked,
    other_works,
    scored_asked,
    stated_asked,
    works,
)
from .staff_files import KINDS, POSTS, some_of

UNITS = ("months", "days", "hours")
STEPS = ("application", "appointment")


def _fixed(drawn: dict[str, SearchStrategy[Any]], fixed: dict[str, Any]) -> dict[str, SearchStrategy[Any]]:
    return {**drawn, **{name: st.just(value) for name, value in fixed.items()}}


def substitutes(*, unit: str = "months", needs: SearchStrategy[Need] | None = None) -> SearchStrategy[Substitute]:
    """What counts as experience though it is none, in *unit*; once on *needs*, or again for each lot of credits."""
    most = st.none() | amounts(unit=unit)
    once = st.builds(
        Substitute, counts_as=amounts(unit=unit), needs=simple_needs() if needs is None else needs, at_most=most
    )
    lots = st.sampled_from((15.0, 30.0)).flatmap(lambda lot: credits_asked(at_least=lot))
    return once | st.builds(Substitute, counts_as=amounts(unit=unit), each=lots, at_most=most)


@st.composite
def experience_asked(
    draw: st.DrawFn, /, *, units: Sequence[str] = UNITS, least: float = 0, plain: bool = False, **fixed: Any
) -> ExperienceAsked:
    """So much work in one of *units*; *plain* as patterns ask for it; any field can be fixed."""
    asked = fixed.get("at_least")
    unit = asked.unit if asked is not None else draw(st.sampled_from(units))
    asked = asked or draw(amounts(unit=unit, least=least))
    floors = [None, None, *(each for each in _floors(unit) if each.number <= asked.number)]
    drawn: dict[str, SearchStrategy[Any]] = {
        "at_least": st.just(asked),
        "work": works(),
        "within": st.none() | st.none() | look_backs_asked(),
        "in_proportion": st.just(True) if unit == "hours" else st.sampled_from((True, True, False)),
    }
    if plain:
        return draw(st.builds(ExperienceAsked, **_fixed(drawn, fixed)))
    drawn |= {
        "substitutes": st.just(()) | st.lists(substitutes(unit=unit), max_size=2).map(tuple),
        "substituted_at_most": st.none() | amounts(unit=unit),
        "floor": st.sampled_from(floors),
    }
    shape = draw(st.sampled_from(("", "", "other", "unbroken")))
    if shape == "other" and not {"is_continuous", "is_preceding"} & set(fixed):
        drawn["other"] = st.lists(other_works(unit=unit), min_size=1, max_size=2).map(tuple)
    elif shape == "unbroken" and "other" not in fixed:
        flags = draw(st.sampled_from(((True, False), (False, True), (True, True))))
        drawn |= {"is_continuous": st.just(flags[0]), "is_preceding": st.just(flags[1])}
        drawn["gap_days"] = st.sampled_from((0, 1, 30))
    return draw(st.builds(ExperienceAsked, **_fixed(drawn, fixed)))


def _floors(unit: str) -> list[Amount]:
    return [Amount(**{name: 1.0}) for name in (("years", "months") if unit == "months" else (unit,))]


def patterns(*, units: Sequence[str] = UNITS, **fixed: Any) -> SearchStrategy[Pattern]:
    """Ways of which parts may be added, in one of *units*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "name": st.sampled_from(("I", "II", "III")),
        "experience": experience_asked(units=units, plain=True, least=0.5),
        "needs": st.none() | simple_needs(),
    }
    return st.builds(Pattern, **_fixed(drawn, fixed))


def _patterns_in(unit: str) -> SearchStrategy[tuple[Pattern, ...]]:
    return st.lists(patterns(units=(unit,)), min_size=1, max_size=2).map(tuple)


@st.composite
def may_follow(draw: st.DrawFn, /, **fixed: Any) -> MayFollow:
    """How a need may be met later; any field can be fixed."""
    within = fixed["within"] if "within" in fixed else draw(st.none() | look_backs_asked())
    drawn: dict[str, SearchStrategy[Any]] = {
        "within": st.just(within),
        "after": st.sampled_from([day for day in StaffDay if day is not StaffDay.ASKED]),
        "footing": st.sampled_from(Footing),
        "late_counts": st.just(True) if within is None else st.booleans(),
    }
    return draw(st.builds(MayFollow, **_fixed(drawn, fixed)))


def simple_needs() -> SearchStrategy[Need]:
    """One question for a degree, for credits, a credential or a statement."""
    return st.one_of(
        st.builds(Need, degree=degrees_asked()),
        st.builds(Need, credits=credits_asked()),
        st.builds(Need, credential=credentials_asked()),
        st.builds(Need, stated=stated_asked()),
    )


def leaf_needs(*, posts: Sequence[str] = (), steps: Sequence[str] = ()) -> SearchStrategy[Need]:
    """One question each, of every sort; referring to one of *posts* and asked at some of *steps*, where given."""
    asked: list[tuple[str, SearchStrategy[Any]]] = [
        ("degree", degrees_asked()),
        ("credits", credits_asked()),
        ("experience", experience_asked()),
        ("credential", credentials_asked()),
        ("learning", learnings_asked()),
        ("stated", stated_asked()),
        ("scored", scored_asked()),
        ("aged", ages_asked()),
        ("appointed", appointed_asked()),
        ("judged", judged_asked()),
        ("adds_up", st.sampled_from(UNITS).flatmap(_patterns_in)),
    ]
    if posts:
        asked.append(("post", st.sampled_from(posts)))
    said = _said(steps)
    return st.one_of([st.builds(Need, **said, **{name: value}) for name, value in asked])


def _said(steps: Sequence[str]) -> dict[str, SearchStrategy[Any]]:
    """What any need may say besides what it asks, mostly nothing."""
    return {
        "name": st.none() | st.sampled_from(("A", "B")),
        "question": st.none() | st.none() | st.just("Is it so?"),
        "cite": st.none() | st.none() | st.just("Invented 1(a)"),
        "asked_at": st.just(()) | some_of(steps) if steps else st.just(()),
        "measured_at": st.none() | st.none() | st.sampled_from(StaffDay),
        "may_follow": st.none() | st.none() | may_follow(),
    }


def needs(
    of: SearchStrategy[Need] | None = None,
    *,
    posts: Sequence[str] = (),
    steps: Sequence[str] = (),
    most_leaves: int = 6,
    with_none_of: bool = True,
) -> SearchStrategy[Need]:
    """Trees of needs over the leaves *of*, or over `leaf_needs` of every sort."""

    def groups(inner: SearchStrategy[Need]) -> SearchStrategy[Need]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        said = _said(steps)
        made = [
            st.builds(Need, any_of=parts, **said),
            st.builds(Need, all_of=parts, **said),
            parts.flatmap(lambda of: st.builds(Need, at_least=st.integers(1, len(of)), of=st.just(of), **said)),
        ]
        return st.one_of([*made, st.builds(Need, none_of=parts)] if with_none_of else made)

    return st.recursive(leaf_needs(posts=posts, steps=steps) if of is None else of, groups, max_leaves=most_leaves)


def countings(**fixed: Any) -> SearchStrategy[Counting]:
    """How time is counted; what full time is, is often not said. Any field can be fixed."""
    years: list[dict[str, Any]] = [
        {"year": YearOfWork.CALENDAR},
        {"year": YearOfWork.DAYS, "days_in_a_year": 365},
        {"year": YearOfWork.HOURS, "hours_in_a_year": 1820.0},
    ]
    year: SearchStrategy[dict[str, Any]] = st.just({}) if "year" in fixed else st.sampled_from(years)
    drawn: dict[str, SearchStrategy[Any]] = {
        "full_time_hours": st.none() | st.sampled_from((35.0, 37.5, 40.0)),
        "day_asked_counts": st.booleans(),
        "ects_in_a_semester_credit": st.none() | st.just(2.0),
    }
    return year.flatmap(lambda each: st.builds(Counting, **_fixed(drawn, each | fixed)))


def word_lists(*, names: Sequence[str] = ("mental-hygiene",), **fixed: Any) -> SearchStrategy[WordList]:
    """Words under one name; any field can be fixed."""
    return st.builds(WordList, **_fixed({"name": st.sampled_from(names), "words": some_of(KINDS, least=1)}, fixed))


def qualifications(
    *, needs_asked: SearchStrategy[Need] | None = None, posts: Sequence[str] = (), **fixed: Any
) -> SearchStrategy[Qualifications]:
    """What one edition of a post asks; any field can be fixed."""
    steps = tuple(fixed.get("steps", STEPS))
    drawn: dict[str, SearchStrategy[Any]] = {
        "needs": needs(posts=posts, steps=steps) if needs_asked is None else needs_asked,
        "counting": countings(),
        "steps": st.just(steps),
        "measured_at": st.sampled_from(StaffDay),
        "counts_unverified": st.booleans(),
    }
    return st.builds(Qualifications, **_fixed(drawn, fixed))


@st.composite
def posts(
    draw: st.DrawFn, /, *, asked: SearchStrategy[Qualifications] | None = None, since: date | None = None, **fixed: Any
) -> Post:
    """Posts with one edition or two, never repealed, the first from *since* on; any field can be fixed."""
    name = fixed["name"] if "name" in fixed else draw(st.sampled_from(POSTS))
    invented = fixed["invented"] if "invented" in fixed else draw(st.booleans())
    asked = qualifications() if asked is None else asked
    first = since or draw(st.sampled_from((date(1, 1, 1), date(2018, 7, 1))))
    begins = [first, date(2021, 10, 8)] if first < date(2021, 10, 8) and draw(st.booleans()) else [first]
    source = Source(cite="Announcement 1", url="https://example.org/announcement", invented=invented)
    editions = tuple(Edition(since=day, value=draw(asked), source=source) for day in begins)
    drawn: dict[str, SearchStrategy[Any]] = {
        "name": st.just(name),
        "title": st.just("Case Manager"),
        "asks": st.just(Standard(name=name, editions=editions)),
        "employer": st.none() | st.just("Example County"),
        "governed_by": st.sampled_from(StaffDay),
        "invented": st.just(invented),
    }
    return draw(st.builds(Post, **_fixed(drawn, fixed)))
