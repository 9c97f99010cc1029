"""Strategies for contacts and for the standards that judge them: only what may legally be written down."""

from __future__ import annotations

import enum
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecore.contacts import (
    BelowMinimum,
    BillingUnits,
    Contact,
    ContactKind,
    ContactMinimum,
    ContactsNeeded,
    ContactTiers,
    Counting,
    Direction,
    DuringStay,
    EffortDocumented,
    InMonths,
    Mode,
    NoteDeadline,
    Outcome,
    PairOnADay,
    PartPeriods,
    Party,
    Per,
    Place,
    Rounding,
    SumOver,
    Tier,
    TransitionMonths,
    UnitRounding,
    UnknownLength,
    Way,
)
from casecore.terms import Period, Span

DEFAULT_DAYS = (date(2024, 1, 1), date(2026, 12, 31))
SERVICES = ("linkage", "monitoring", "skills", "advocacy", "crisis")


def _days(between: tuple[date, date] | None) -> st.SearchStrategy[date]:
    first, last = between or DEFAULT_DAYS
    return st.dates(first, last)


def _some(kind: type[enum.Enum], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(kind)), max_size=most, unique=True).map(tuple)


def contacts(*, between: tuple[date, date] | None = None, **fixed: Any) -> st.SearchStrategy[Contact]:
    """Contacts of every mode, party, place and outcome, held on the days *between*; fields can be fixed by name."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "mode": st.sampled_from(Mode),
        "outcome": st.sampled_from([Outcome.HELD, Outcome.HELD, *Outcome]),
        "party": st.sampled_from([Party.CLIENT, *Party]),
        "place": st.none() | st.sampled_from(Place),
        "minutes": st.none() | st.integers(0, 180),
        "worker": st.none() | st.sampled_from(["w-1", "w-2"]),
        "services": st.lists(st.sampled_from(SERVICES), max_size=3, unique=True).map(tuple),
        "justification": st.none() | st.just("the risks were weighed"),
    }

    def dated(day: date) -> st.SearchStrategy[Contact]:
        written = st.none() | st.integers(0, 20).map(lambda later: day + timedelta(days=later))
        drawn = {name: strategy for name, strategy in {**fields, "written_on": written}.items() if name not in fixed}
        return st.builds(Contact, held_on=st.just(day), **drawn, **{name: st.just(it) for name, it in fixed.items()})

    if "held_on" in fixed:
        day = fixed.pop("held_on")
        return dated(day)
    return _days(between).flatmap(dated)


def efforts_documented(
    *, between: tuple[date, date] | None = None, standard: str = "contacts/minimum"
) -> st.SearchStrategy[EffortDocumented]:
    """Documented efforts for one standard."""
    return st.builds(
        EffortDocumented,
        documented_on=_days(between),
        standard=st.just(standard),
        for_day=_days(between),
        effort=st.just("called twice, wrote once"),
    )


def stays(*, between: tuple[date, date] | None = None) -> st.SearchStrategy[Period]:
    """Hospital stays as plain periods, up to four months long."""
    return st.builds(
        lambda first, days: Period(first, first + timedelta(days=days)), _days(between), st.integers(1, 120)
    )


@st.composite
def countings(draw: st.DrawFn, *, day_limits: bool = True) -> Counting:
    """Ways of counting contacts; without *day_limits* only filters."""
    modes = draw(_some(Mode))
    justified = draw(_some(Mode)) if modes else ()
    minimum = draw(st.sampled_from([0, 0, 8, 15, 30]))
    most = draw(st.none() | st.integers(1, 2)) if day_limits else None
    pair = draw(st.none() | pairs_on_a_day(more_than=most)) if most is not None else None
    return Counting(
        outcomes=draw(st.sampled_from([(Outcome.HELD,), tuple(Outcome), (Outcome.HELD, Outcome.NOT_REACHED)])),
        modes=modes,
        modes_if_justified=tuple(mode for mode in justified if mode not in modes),
        parties=draw(_some(Party)),
        collaterals_under_age=draw(st.none() | st.just(18)),
        places=draw(st.just(()) | _some(Place, 6)),
        minimum_minutes=minimum,
        unknown_length=draw(st.sampled_from(UnknownLength)),
        short_contacts_add_up=bool(minimum) and day_limits and draw(st.booleans()),
        most_per_day=most,
        pair_on_a_day=pair,
    )


def pairs_on_a_day(*, more_than: int = 1) -> st.SearchStrategy[PairOnADay]:
    """Exceptions to a maximum of *more_than* a day."""
    return st.builds(
        PairOnADay,
        at_most=st.integers(more_than + 1, more_than + 2),
        modes=st.sampled_from([(), (Mode.FACE_TO_FACE,)]),
        under_age=st.none() | st.just(18),
    )


@st.composite
def contact_minimums(draw: st.DrawFn, /, *, per: Per | None = None, **fixed: Any) -> ContactMinimum:
    """Minimums per month, quarter or rolling days, with every relief."""
    chosen = per or draw(st.sampled_from(Per))
    rolls = chosen is Per.ROLLING
    least = draw(st.integers(1, 2 if rolls else 6))
    fewer = st.none() | st.integers(0, least)
    effort = draw(st.booleans())
    fields: dict[str, Any] = {
        "at_least": least,
        "per": chosen,
        "days": draw(st.sampled_from([7, 14, 30])) if rolls else None,
        "counting": draw(countings()),
        "different_services": 0 if rolls else draw(st.sampled_from([0, 0, 2, 4])),
        "effort_accepted": effort,
        "late_effort_accepted": effort and draw(st.booleans()),
    }
    if rolls:
        fields["during_stay"] = draw(st.none() | st.just(DuringStay(whole_period=0)))
    else:
        fields["part_periods"] = draw(st.sampled_from(PartPeriods))
        fields["part_rounding"] = draw(st.sampled_from(Rounding))
        fields["during_stay"] = draw(
            st.none()
            | st.builds(
                DuringStay,
                whole_period=fewer,
                part_period=fewer,
                part_from_days=st.integers(1, 20),
                discharge_day_counts=st.booleans(),
            )
        )
    if chosen is Per.MONTH:
        fields["transition"] = draw(
            st.none()
            | st.builds(
                TransitionMonths,
                at_least=st.integers(0, least),
                months=st.integers(1, 3),
                direction=st.sampled_from(Direction),
                discharge_month_is_one=st.booleans(),
            )
        )
    return ContactMinimum(**{**fields, **fixed})


def note_deadlines() -> st.SearchStrategy[NoteDeadline]:
    """Deadlines in days, business days or months."""
    spans = (
        st.builds(Span, days=st.integers(0, 14))
        | st.builds(Span, business_days=st.integers(0, 10))
        | st.builds(Span, months=st.integers(0, 2))
    )
    return st.builds(NoteDeadline, within=spans, outcomes=_some(Outcome))


@st.composite
def billing_units(draw: st.DrawFn) -> BillingUnits:
    """Ways of making units: all roundings, steps, minimums and sums."""
    unit = draw(st.sampled_from([15, 30, 60]))
    step = draw(st.sampled_from([None, 6, 15]))
    rounding = draw(st.sampled_from(UnitRounding))
    return BillingUnits(
        unit_minutes=unit,
        step_minutes=step,
        rounding=rounding,
        threshold_minutes=draw(st.integers(1, step or unit)) if rounding is UnitRounding.THRESHOLD else None,
        sum_over=draw(st.sampled_from(SumOver)),
        minimum_minutes=draw(st.sampled_from([0, 8, 15, 20])),
        below_minimum=draw(st.sampled_from(BelowMinimum)),
        counting=draw(countings(day_limits=False)),
    )


@st.composite
def contact_tiers(draw: st.DrawFn) -> ContactTiers:
    """One to three tiers over one to three kinds of contact."""
    kinds = draw(
        st.lists(
            st.builds(ContactKind, name=st.just("x"), counting=countings(), at_most=st.none() | st.integers(0, 3)),
            min_size=1,
            max_size=3,
        )
    )
    named = tuple(
        ContactKind(name=f"kind-{place}", counting=kind.counting, at_most=kind.at_most)
        for place, kind in enumerate(kinds)
    )
    names = [kind.name for kind in named]
    needed = st.builds(
        ContactsNeeded,
        kinds=st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple),
        at_least=st.integers(1, 6),
    )
    way = st.builds(
        Way,
        contacts=st.lists(needed, min_size=1, max_size=2).map(tuple),
        resident_days=st.none() | st.integers(1, 31),
        different_services=st.none() | st.integers(1, 4),
    )
    tiers = tuple(
        Tier(
            name=f"tier-{place}",
            ways=tuple(draw(st.lists(way, min_size=1, max_size=2))),
            in_months=draw(st.sampled_from(InMonths)),
            months_per_episode=draw(st.none() | st.integers(1, 5)),
        )
        for place in range(draw(st.integers(1, 3)))
    )
    return ContactTiers(kinds=named, tiers=tiers, discharge_day_counts=draw(st.booleans()))
