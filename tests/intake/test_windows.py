"""Counting in look-backs: nights and days, admissions, quarters of service; checked day by day too."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.intake import (
    CountedDays,
    CountedTimes,
    Criterion,
    DaysSpent,
    EligibilityCriteria,
    Facts,
    Happening,
    History,
    ServedThroughout,
    Stretches,
    TimesHappened,
    may_be_served,
)
from casecore.standards import Standard
from casecore.terms import Source, Span, add_months
from casecore.testing.strategies import criteria as legal_rules
from casecore.testing.strategies import intake as legal

DAY = timedelta(days=1)
LONG_AGO = date(1990, 1, 1)


def asked(
    leaf: DaysSpent | TimesHappened | ServedThroughout,
    *happenings: Happening,
    on: date,
    complete_from: date | None = LONG_AGO,
) -> str:
    needs = Criterion(
        days=leaf if isinstance(leaf, DaysSpent) else None,
        times=leaf if isinstance(leaf, TimesHappened) else None,
        served=leaf if isinstance(leaf, ServedThroughout) else None,
    )
    rule = EligibilityCriteria(needs=needs)
    source = Source(cite="Invented 1", invented=True)
    standard = Standard.fixed("intake/eligibility", rule, since=date(1990, 1, 1), source=source)
    history = History(name="list", happenings=happenings, complete_from=complete_from)
    return may_be_served(Facts(histories=(history,)), standard, on=on).answer.value


def nights(least: int, **within: int) -> DaysSpent:
    return DaysSpent(history="list", within=Span(**within), counted=CountedDays.NIGHTS, at_least=least)


def days(least: int, **within: int) -> DaysSpent:
    return DaysSpent(history="list", within=Span(**within), counted=CountedDays.DAYS, at_least=least)


def stay(began_on: date, ended_on: date | None = None) -> Happening:
    return Happening(began_on=began_on, ended_on=ended_on)


class TestDaysSpent:
    """Monday to Wednesday is two nights and three days; a day counts once; a cut stay counts its part inside."""

    ON = date(2026, 3, 31)

    def test_nights_and_days_of_one_stay(self) -> None:
        week = stay(date(2026, 3, 2), date(2026, 3, 4))
        assert [asked(nights(n, days=60), week, on=self.ON) for n in (2, 3)] == ["yes", "no"]
        assert [asked(days(n, days=60), week, on=self.ON) for n in (3, 4)] == ["yes", "no"]

    def test_in_and_out_on_one_day_is_a_day_and_no_night(self) -> None:
        visit = stay(date(2026, 3, 2), date(2026, 3, 2))
        assert asked(nights(1, days=60), visit, on=self.ON) == "no"
        assert asked(days(1, days=60), visit, on=self.ON) == "yes"

    def test_the_night_after_the_day_asked_is_not_spent_yet(self) -> None:
        lasting = stay(date(2026, 3, 30))
        assert [asked(nights(n, days=60), lasting, on=self.ON) for n in (1, 2)] == ["yes", "no"]
        assert [asked(days(n, days=60), lasting, on=self.ON) for n in (2, 3)] == ["yes", "no"]

    def test_a_planned_day_of_leaving_does_not_reach_ahead(self) -> None:
        planned = stay(date(2026, 3, 30), date(2026, 4, 30))
        assert [asked(days(n, days=60), planned, on=self.ON) for n in (2, 3)] == ["yes", "no"]

    def test_left_and_back_on_the_same_day(self) -> None:
        one, other = stay(date(2026, 3, 2), date(2026, 3, 4)), stay(date(2026, 3, 4), date(2026, 3, 6))
        assert [asked(nights(n, days=60), one, other, on=self.ON) for n in (4, 5)] == ["yes", "no"]
        assert [asked(days(n, days=60), one, other, on=self.ON) for n in (5, 6)] == ["yes", "no"]

    @given(st.lists(legal.happenings(is_verified=True), max_size=5), legal_rules.look_backs(), st.dates(*legal.YEARS))
    @settings(max_examples=60, deadline=None)
    def test_as_counted_day_by_day(self, listed: list[Happening], within: Span, on: date) -> None:
        window = {day for day in every_day(on - 1100 * DAY, on) if day in within.look_back(on)}
        in_hospital = {
            day for one in listed for day in every_day(one.began_on, min(one.ended_on or on, on)) if day in window
        }
        slept = {
            day for one in listed for day in every_day(one.began_on, min(one.ended_on or on, on) - DAY) if day in window
        }
        for counted, seen in ((CountedDays.DAYS, len(in_hospital)), (CountedDays.NIGHTS, len(slept))):
            for bound, expected in ((seen, "yes"), (seen + 1, "no")):
                leaf = DaysSpent(history="list", within=within, counted=counted, at_least=bound)
                assert asked(leaf, *listed, on=on) == expected


def every_day(first: date, last: date) -> Iterable[date]:
    return (first + n * DAY for n in range((last - first).days + 1))


class TestTimesHappened:
    """'Two admissions' means at least two where the rulebook says at_least = 2; they belong to the day of admission."""

    ON = date(2026, 3, 31)
    FIRST_DAY = date(2025, 4, 1)

    def times(self, least: int, counted: CountedTimes = CountedTimes.BEGUN) -> TimesHappened:
        return TimesHappened(history="list", within=Span(years=1), at_least=least, counted=counted)

    def test_more_than_asked_is_fine(self) -> None:
        three = [stay(date(2026, month, 1)) for month in (1, 2, 3)]
        assert asked(self.times(2), *three, on=self.ON) == "yes"

    def test_begun_the_day_before_the_window(self) -> None:
        cut = stay(self.FIRST_DAY - DAY, self.FIRST_DAY)
        assert asked(self.times(1), cut, on=self.ON) == "no"
        assert asked(self.times(1, CountedTimes.ANY_PART), cut, on=self.ON) == "yes"
        assert asked(self.times(1), stay(self.FIRST_DAY), on=self.ON) == "yes"

    def test_over_before_the_window(self) -> None:
        over = stay(self.FIRST_DAY - 9 * DAY, self.FIRST_DAY - DAY)
        assert asked(self.times(1, CountedTimes.ANY_PART), over, on=self.ON) == "no"

    def test_not_more_than(self) -> None:
        few = TimesHappened(history="list", within=Span(years=1), at_most=1)
        once, again = stay(date(2026, 1, 1)), stay(date(2026, 2, 1))
        assert asked(few, once, on=self.ON) == "yes"
        assert asked(few, once, on=self.ON, complete_from=None) == "not-known"
        assert asked(few, once, again, on=self.ON, complete_from=None) == "no"

    def test_29_february(self) -> None:
        leap = stay(date(2024, 2, 29))
        assert asked(self.times(1), leap, on=date(2025, 2, 27)) == "yes"
        assert asked(self.times(1), leap, on=date(2025, 2, 28)) == "yes"
        assert asked(self.times(1), leap, on=date(2025, 3, 1)) == "no"


class TestServedThroughout:
    """Continuous service: so many units in every stretch, up to the day asked about."""

    def served(self, stretches: Stretches, at_least: int = 1) -> ServedThroughout:
        return ServedThroughout(
            history="list", lasting=Span(years=1), every_months=3, at_least=at_least, stretches=stretches
        )

    def test_calendar_quarters_leave_out_the_one_still_running(self) -> None:
        units = [stay(date(2025, month, 1)) for month in (1, 4, 7, 10)]
        for on, expected in (
            (date(2025, 12, 30), "no"),  # October to December still runs, and 2024 ended without a unit
            (date(2025, 12, 31), "yes"),
            (date(2026, 3, 30), "yes"),
            (date(2026, 3, 31), "no"),
        ):
            assert asked(self.served(Stretches.CALENDAR), *units, on=on) == expected

    def test_to_date_counts_back_from_the_day_asked(self) -> None:
        # 31 March to 30 June, 1 July to 30 September, 1 October to 30 December, 31 December to 30 March
        edges = [date(2025, 3, 31), date(2025, 9, 30), date(2025, 12, 30), date(2026, 3, 30)]
        on = date(2026, 3, 30)
        assert asked(self.served(Stretches.TO_DATE), *map(stay, edges), on=on) == "yes"
        for place, moved in enumerate((date(2025, 3, 30), date(2025, 10, 1), date(2025, 12, 31), date(2026, 3, 31))):
            units = [*edges[:place], moved, *edges[place + 1 :]]
            assert asked(self.served(Stretches.TO_DATE), *map(stay, units), on=on) == "no"

    def test_two_units_in_every_stretch(self) -> None:
        units = [stay(date(2025, month, day)) for month in (1, 4, 7, 10) for day in (1, 2)]
        assert asked(self.served(Stretches.CALENDAR, 2), *units, on=date(2025, 12, 31)) == "yes"
        assert asked(self.served(Stretches.CALENDAR, 2), *units[1:], on=date(2025, 12, 31)) == "no"

    @given(
        legal_rules.services_asked(names=("list",)),
        st.lists(legal.happenings(between=(date(2024, 6, 1), date(2026, 6, 1)), is_verified=True), max_size=30),
        st.dates(date(2025, 6, 1), date(2026, 6, 1)),
    )
    @settings(max_examples=60, deadline=None)
    def test_as_counted_month_by_month(self, leaf: ServedThroughout, listed: list[Happening], on: date) -> None:
        assert leaf.lasting.months is not None
        if leaf.stretches is Stretches.CALENDAR:
            last = on + DAY
            while last.day != 1 or (last.month - 1) % leaf.every_months:
                last -= DAY
            edges = [add_months(last, -months) for months in range(0, leaf.lasting.months + 1, leaf.every_months)]
        else:
            edges = [add_months(on, -months) + DAY for months in range(0, leaf.lasting.months + 1, leaf.every_months)]
        enough = all(
            sum(start <= unit.began_on < end for unit in listed) >= leaf.at_least
            for end, start in itertools.pairwise(edges)
        )
        assert asked(leaf, *listed, on=on) == ("yes" if enough else "no")
        assert asked(leaf, *listed, on=on, complete_from=None) == ("yes" if enough else "not-known")


class TestKnownUntil:
    """A list that nobody keeps up says nothing of the days after."""

    def test_a_stay_that_lasted_when_last_heard_of(self) -> None:
        told = History(
            name="list",
            happenings=(stay(date(2026, 3, 1)),),
            complete_from=LONG_AGO,
            known_until=date(2026, 3, 11),
        )
        for least, on, expected in (
            (10, date(2026, 3, 31), "yes"),  # 1 to 10 March
            (11, date(2026, 3, 31), "not-known"),
            (31, date(2026, 3, 31), "not-known"),
            (32, date(2026, 3, 31), "no"),  # March has no more days
            (11, date(2026, 3, 10), "no"),
        ):
            rule = EligibilityCriteria(needs=Criterion(days=days(least, days=365)))
            source = Source(cite="Invented 1", invented=True)
            standard = Standard.fixed("intake/eligibility", rule, since=LONG_AGO, source=source)
            assert may_be_served(Facts(histories=(told,)), standard, on=on).answer.value == expected
