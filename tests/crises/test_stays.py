"""Folding stays from their entries, and counting their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.crises import (
    DayCount,
    Setting,
    Stay,
    StayBegan,
    StayEnded,
    days_counted,
    may_begin_stay,
    may_end_stay,
    stays_of,
)
from casecore.terms import NotReadable, Period
from casecore.testing.strategies.crises import day_counts, stay_entries, stays

WARD = Setting.PSYCHIATRIC_INPATIENT
BEGAN = StayBegan(admitted_on=date(2026, 3, 1), stay_id="s-1", setting=WARD, facility="General Hospital")
ENDED = StayEnded(discharged_on=date(2026, 3, 5), stay_id="s-1", destination="home")


class TestAStayBeginsAndEnds:
    """A stay is told by the entry that began it and the entry that ended it."""

    def test_without_an_end_it_is_open(self) -> None:
        (stay,) = stays_of([BEGAN])
        assert stay.discharged_on is None
        assert stay.is_open_on(date(2026, 3, 1))
        assert not stay.is_open_on(date(2026, 2, 28))

    def test_on_the_day_of_discharge_it_is_no_longer_open(self) -> None:
        (stay,) = stays_of([ENDED, BEGAN])
        assert stay.is_open_on(date(2026, 3, 4))
        assert not stay.is_open_on(date(2026, 3, 5))
        assert stay.destination == "home"

    def test_as_of_the_day_before_its_end_it_is_open(self) -> None:
        assert stays_of([BEGAN, ENDED], as_of=date(2026, 3, 4))[0].discharged_on is None
        assert stays_of([BEGAN, ENDED], as_of=date(2026, 3, 5))[0].discharged_on == date(2026, 3, 5)
        assert stays_of([BEGAN, ENDED], as_of=date(2026, 2, 28)) == ()

    def test_an_end_before_the_beginning_is_passed_over(self) -> None:
        early = StayEnded(discharged_on=date(2026, 2, 27), stay_id="s-1")
        assert stays_of([BEGAN, early])[0].discharged_on is None

    def test_an_end_of_no_stay_is_passed_over(self) -> None:
        assert stays_of([ENDED]) == ()

    def test_the_end_given_last_stands(self) -> None:
        again = StayEnded(discharged_on=date(2026, 3, 9), stay_id="s-1")
        assert stays_of([BEGAN, ENDED, again])[0].discharged_on == date(2026, 3, 9)

    @given(stay_entries(), st.randoms())
    def test_the_order_of_a_legal_history_does_not_matter(
        self, entries: list[StayBegan | StayEnded], random: object
    ) -> None:
        shuffled = list(entries)
        random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
        assert stays_of(shuffled) == stays_of(entries)

    @given(stay_entries(), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
    def test_as_of_a_day_is_the_history_up_to_that_day(self, entries: list[StayBegan | StayEnded], day: date) -> None:
        until = [entry for entry in entries if entry.happened_on <= day]
        assert stays_of(entries, as_of=day) == stays_of(until)

    @given(stay_entries())
    def test_every_legal_entry_may_be_written_in_turn(self, entries: list[StayBegan | StayEnded]) -> None:
        written: list[StayBegan | StayEnded] = []
        for entry in entries:
            known = stays_of(written)
            verdict = may_begin_stay(known, entry) if isinstance(entry, StayBegan) else may_end_stay(known, entry)
            assert verdict.is_yes, list(verdict.lines())
            written.append(entry)


class TestWhatMayBeWritten:
    """A stay begins once and ends once, not before it began."""

    def test_an_id_is_used_once(self) -> None:
        verdict = may_begin_stay(stays_of([BEGAN]), BEGAN)
        assert verdict.is_no
        assert verdict.would_satisfy

    def test_an_unknown_stay_cannot_end(self) -> None:
        assert may_end_stay([], ENDED).is_no

    def test_a_stay_cannot_end_twice(self) -> None:
        verdict = may_end_stay(stays_of([BEGAN, ENDED]), ENDED)
        assert verdict.is_no
        assert any("ended on 2026-03-05" in line for line in verdict.lines())

    def test_a_stay_cannot_end_before_it_began(self) -> None:
        known = stays_of([BEGAN])
        assert may_end_stay(known, StayEnded(discharged_on=date(2026, 2, 28), stay_id="s-1")).is_no
        assert may_end_stay(known, StayEnded(discharged_on=date(2026, 3, 1), stay_id="s-1")).is_yes

    def test_a_stay_that_contradicts_itself_is_refused_with_all_reasons(self) -> None:
        with pytest.raises(NotReadable) as told:
            Stay(
                stay_id="s-1",
                setting=WARD,
                admitted_on=date(2026, 3, 2),
                discharged_on=date(2026, 3, 1),
                diverted_from=WARD,
            )
        assert [problem.path for problem in told.value.problems] == ["discharged_on", "diverted_from"]
        with pytest.raises(NotReadable):
            StayBegan(admitted_on=date(2026, 3, 1), stay_id="s-1", setting=WARD, diverted_from=WARD)


class TestDaysOfAStay:
    """Whether the day of discharge is one is the counting's choice, not ours."""

    STAY = Stay(stay_id="s-1", setting=WARD, admitted_on=date(2026, 3, 1), discharged_on=date(2026, 3, 5))
    AS_OF = date(2026, 12, 31)

    def test_nights_leave_the_day_of_discharge_out(self) -> None:
        assert self.STAY.days(DayCount.NIGHTS, as_of=self.AS_OF) == Period(date(2026, 3, 1), date(2026, 3, 5))

    def test_days_take_it_in(self) -> None:
        assert self.STAY.days(DayCount.DAYS, as_of=self.AS_OF) == Period(date(2026, 3, 1), date(2026, 3, 6))

    def test_in_and_out_on_one_day_is_no_night_one_day_or_at_least_one(self) -> None:
        day = date(2026, 3, 1)
        counted = {how: days_counted(day, day, how, as_of=self.AS_OF) for how in DayCount}
        one = Period(day, date(2026, 3, 2))
        assert counted == {DayCount.NIGHTS: None, DayCount.NIGHTS_AT_LEAST_ONE: one, DayCount.DAYS: one}

    def test_an_open_stay_counts_up_to_the_day_asked_about(self) -> None:
        for how in DayCount:
            assert self.STAY.days(how, as_of=date(2026, 3, 4)) == Period(date(2026, 3, 1), date(2026, 3, 5))

    def test_a_stay_to_come_has_no_days(self) -> None:
        assert self.STAY.days(DayCount.DAYS, as_of=date(2026, 2, 28)) is None

    @given(stays(), day_counts(), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
    def test_each_day_is_counted_by_its_definition(self, stay: Stay, how: DayCount, as_of: date) -> None:
        counted = stay.days(how, as_of=as_of)
        ended = stay.discharged_on if stay.discharged_on and stay.discharged_on <= as_of else None
        day = stay.admitted_on - timedelta(days=2)
        stop = min(as_of, stay.admitted_on + timedelta(days=400)) + timedelta(days=3)
        while day < stop:
            there = stay.admitted_on <= day <= as_of and (ended is None or day <= ended)
            at_night = there and day != ended
            first_of_one = there and stay.admitted_on == ended
            expected = {
                DayCount.DAYS: there,
                DayCount.NIGHTS: at_night,
                DayCount.NIGHTS_AT_LEAST_ONE: at_night or first_of_one,
            }[how]
            assert (counted is not None and day in counted) == expected
            day += timedelta(days=1)
