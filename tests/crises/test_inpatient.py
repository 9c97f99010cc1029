"""Days and admissions in a period, before and since the program began; readmissions and diversions."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.crises import (
    INPATIENT,
    DayCount,
    Diversion,
    Setting,
    Stay,
    admissions,
    before_and_since,
    covered_days,
    diversions,
    inpatient_days,
    inpatient_use,
    readmissions,
)
from casecore.terms import NotReadable, Period, Span
from casecore.testing.strategies.crises import day_counts, stay_lists

WARD, EMERGENCY, RESIDENCE = Setting.PSYCHIATRIC_INPATIENT, Setting.EMERGENCY_ROOM, Setting.CRISIS_RESIDENCE
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
AS_OF = date(2026, 12, 31)
NEAR = (date(2026, 2, 10), date(2026, 4, 20))


def stay(stay_id: str, admitted: date, left: date | None, setting: Setting = WARD, **fields: object) -> Stay:
    return Stay(stay_id=stay_id, setting=setting, admitted_on=admitted, discharged_on=left, **fields)  # type: ignore[arg-type]  # fields of a Stay


class TestInpatientDays:
    """A stay cut by the period counts with the days inside it; the day of discharge is the counting's choice."""

    STAYS = (stay("a", date(2026, 2, 25), date(2026, 3, 3)), stay("b", date(2026, 3, 30), date(2026, 4, 4)))

    def test_by_hand(self) -> None:
        counted = {how: inpatient_days(self.STAYS, within=MARCH, counting=how, as_of=AS_OF) for how in DayCount}
        assert counted == {DayCount.NIGHTS: 4, DayCount.NIGHTS_AT_LEAST_ONE: 4, DayCount.DAYS: 5}

    def test_a_day_in_two_stays_counts_once(self) -> None:
        moved = (stay("a", date(2026, 3, 1), date(2026, 3, 5)), stay("b", date(2026, 3, 5), date(2026, 3, 7)))
        assert inpatient_days(moved, within=MARCH, counting=DayCount.DAYS, as_of=AS_OF) == 7

    def test_an_emergency_room_is_not_inpatient_unless_asked_for(self) -> None:
        stays = [stay("a", date(2026, 3, 1), date(2026, 3, 3), EMERGENCY)]
        assert EMERGENCY not in INPATIENT
        assert inpatient_days(stays, within=MARCH, counting=DayCount.DAYS, as_of=AS_OF) == 0
        assert inpatient_days(stays, within=MARCH, counting=DayCount.DAYS, as_of=AS_OF, settings=(EMERGENCY,)) == 3

    @given(stay_lists(between=NEAR), day_counts(), st.dates(*NEAR), st.sets(st.sampled_from(Setting)))
    def test_it_is_the_number_of_days_found_one_by_one(
        self, stays: list[Stay], how: DayCount, as_of: date, settings: set[Setting]
    ) -> None:
        expected = 0
        for number in range(MARCH.days):
            day = MARCH.start + timedelta(days=number)
            expected += any(
                (counted := one.days(how, as_of=as_of)) is not None and day in counted
                for one in stays
                if one.setting in settings
            )
        assert inpatient_days(stays, within=MARCH, counting=how, as_of=as_of, settings=settings) == expected

    @given(stay_lists(between=NEAR), day_counts(), st.dates(date(2026, 3, 2), date(2026, 3, 31)))
    def test_the_parts_of_a_period_add_up(self, stays: list[Stay], how: DayCount, cut: date) -> None:
        whole, first, second = (
            inpatient_days(stays, within=period, counting=how, as_of=AS_OF)
            for period in (MARCH, Period(MARCH.start, cut), Period(cut, MARCH.end))
        )
        assert whole == first + second

    def test_no_periods_cover_no_days(self) -> None:
        assert covered_days([]) == 0
        assert covered_days([MARCH, MARCH]) == 31


class TestAdmissions:
    """Whether a transfer is an admission of its own is the asker's choice."""

    MOVED = (stay("a", date(2026, 3, 1), date(2026, 3, 5)), stay("b", date(2026, 3, 5), date(2026, 3, 7)))

    def test_a_transfer(self) -> None:
        assert len(admissions(self.MOVED, within=MARCH, transfers_count=True, as_of=AS_OF)) == 2
        assert [one.stay_id for one in admissions(self.MOVED, within=MARCH, transfers_count=False, as_of=AS_OF)] == [
            "a"
        ]

    def test_the_day_after_is_no_transfer(self) -> None:
        apart = (self.MOVED[0], stay("b", date(2026, 3, 6), None))
        assert len(admissions(apart, within=MARCH, transfers_count=False, as_of=AS_OF)) == 2

    def test_the_first_day_is_inside_and_the_end_is_not(self) -> None:
        stays = (stay("a", MARCH.start, None), stay("b", MARCH.end, None))
        assert [one.stay_id for one in admissions(stays, within=MARCH, transfers_count=True, as_of=AS_OF)] == ["a"]

    @given(stay_lists(between=NEAR), st.booleans(), st.dates(*NEAR))
    def test_it_is_what_comparing_every_pair_gives(self, stays: list[Stay], transfers: bool, as_of: date) -> None:
        known = sorted(
            (one for one in stays if one.admitted_on <= as_of and one.setting in INPATIENT),
            key=lambda one: (one.admitted_on, one.discharged_on or date.max, one.stay_id),
        )
        expected = [
            one
            for place, one in enumerate(known)
            if one.admitted_on in MARCH
            and (transfers or not any((b.ended_by(as_of) or date.max) >= one.admitted_on for b in known[:place]))
        ]
        assert list(admissions(stays, within=MARCH, transfers_count=transfers, as_of=as_of)) == expected


class TestBeforeAndSince:
    """The same length of time before the program and since; the day of admission belongs to since."""

    STAYS = (
        stay("a", date(2025, 6, 1), date(2025, 7, 1)),
        stay("b", date(2026, 2, 20), date(2026, 3, 4)),
        stay("c", date(2026, 5, 1), date(2026, 5, 11)),
    )

    def asked(self, as_of: date, span: Span) -> tuple[tuple[int, int], tuple[int, int]]:
        before, since = before_and_since(
            self.STAYS,
            admitted_on=date(2026, 3, 1),
            span=span,
            counting=DayCount.NIGHTS,
            transfers_count=False,
            as_of=as_of,
        )
        return (before.days, before.admissions), (since.days, since.admissions)

    def test_a_year_each_by_hand(self) -> None:
        assert self.asked(date(2027, 6, 1), Span(years=1)) == ((30 + 9, 2), (3 + 10, 1))

    def test_the_periods_meet_on_the_day_of_admission_and_have_the_length_asked_for(self) -> None:
        before, since = before_and_since(
            [],
            admitted_on=date(2026, 3, 1),
            span=Span(years=1),
            counting=DayCount.NIGHTS,
            transfers_count=False,
            as_of=date(2027, 6, 1),
        )
        assert before.period == Period(date(2025, 3, 1), date(2026, 3, 1))
        assert since.period == Period(date(2026, 3, 1), date(2027, 3, 1))

    def test_before_the_span_is_over_it_is_cut_and_compared_by_share(self) -> None:
        before, since = before_and_since(
            self.STAYS,
            admitted_on=date(2026, 3, 1),
            span=Span(days=100),
            counting=DayCount.NIGHTS,
            transfers_count=False,
            as_of=date(2026, 3, 10),
        )
        assert (before.period.days, since.period.days) == (100, 10)
        assert (before.share, since.share) == (Fraction(9, 100), Fraction(3, 10))

    def test_a_day_before_the_admission_and_an_empty_span_are_refused_together(self) -> None:
        with pytest.raises(NotReadable) as told:
            self.asked(date(2026, 2, 28), Span(days=0))
        assert [problem.path for problem in told.value.problems] == ["as_of", "span"]
        with pytest.raises(NotReadable):
            self.asked(date(2026, 3, 1), Span(business_days=3))

    @given(stay_lists(between=NEAR), day_counts(), st.booleans())
    def test_use_is_days_and_admissions(self, stays: list[Stay], how: DayCount, transfers: bool) -> None:
        use = inpatient_use(stays, within=MARCH, counting=how, transfers_count=transfers, as_of=AS_OF)
        assert use.days == inpatient_days(stays, within=MARCH, counting=how, as_of=AS_OF)
        assert use.admissions == len(admissions(stays, within=MARCH, transfers_count=transfers, as_of=AS_OF))
        assert 0 <= use.share <= 1


class TestReadmissions:
    """An admission at most so many days after the last discharge."""

    def found(self, gap: int, transfers: bool = False) -> list[tuple[str, str, int]]:
        left = date(2026, 2, 20)
        again = left + timedelta(days=gap)
        stays = [stay("a", date(2026, 2, 1), left), stay("b", again, None)]
        within = Period(again, again + timedelta(days=1))
        results = readmissions(stays, within=within, within_days=30, transfers_count=transfers, as_of=AS_OF)
        return [(one.stay_id, one.after, one.days) for one in results]

    def test_the_thirtieth_day_counts_and_the_next_does_not(self) -> None:
        assert self.found(30) == [("b", "a", 30)]
        assert self.found(31) == []

    def test_the_same_day_is_a_transfer(self) -> None:
        assert self.found(0) == []
        assert self.found(0, transfers=True) == [("b", "a", 0)]

    @given(stay_lists(between=NEAR), st.integers(0, 40), st.booleans(), st.dates(*NEAR))
    def test_it_is_what_comparing_every_pair_gives(
        self, stays: list[Stay], within_days: int, transfers: bool, as_of: date
    ) -> None:
        known = sorted(
            (one for one in stays if one.admitted_on <= as_of and one.setting in INPATIENT),
            key=lambda one: (one.admitted_on, one.discharged_on or date.max, one.stay_id),
        )
        expected = []
        for place, one in enumerate(known):
            ends = [earlier.ended_by(as_of) or date.max for earlier in known[:place]]
            if not ends or max(ends) > one.admitted_on or one.admitted_on not in MARCH:
                continue
            days = (one.admitted_on - max(ends)).days
            if days <= within_days and (days > 0 or transfers):
                expected.append((one.stay_id, days))
        found = readmissions(stays, within=MARCH, within_days=within_days, transfers_count=transfers, as_of=as_of)
        assert [(one.stay_id, one.days) for one in found] == expected


class TestDiversions:
    """A diversion held when the client was not soon admitted to the place it was an alternative to."""

    STAY = stay("r", date(2026, 3, 5), date(2026, 3, 9), RESIDENCE, diverted_from=WARD)

    def found(self, *others: Stay) -> Diversion:
        (diversion,) = diversions([self.STAY, *others], within=MARCH, held_for_days=30, as_of=AS_OF)
        return diversion

    def test_it_held(self) -> None:
        assert self.found().failed_on is None
        assert self.found(stay("w", date(2026, 4, 5), None)).failed_on is None

    def test_it_failed_on_the_thirtieth_day_or_before(self) -> None:
        for day in (date(2026, 3, 5), date(2026, 4, 4)):
            assert self.found(stay("w", day, None)).failed_on == day

    def test_an_admission_elsewhere_or_before_is_no_failure(self) -> None:
        assert self.found(stay("e", date(2026, 3, 6), None, EMERGENCY)).failed_on is None
        assert self.found(stay("w", date(2026, 3, 4), None)).failed_on is None

    @given(stay_lists(between=NEAR), st.integers(0, 40), st.dates(*NEAR))
    def test_it_is_what_comparing_every_pair_gives(self, stays: list[Stay], days: int, as_of: date) -> None:
        known = [one for one in stays if one.admitted_on <= as_of]
        expected = {}
        for one in known:
            if one.diverted_from and one.admitted_on in MARCH:
                failures = [
                    other.admitted_on
                    for other in known
                    if other.setting is one.diverted_from and 0 <= (other.admitted_on - one.admitted_on).days <= days
                ]
                expected[one.stay_id] = min(failures, default=None)
        found = diversions(stays, within=MARCH, held_for_days=days, as_of=as_of)
        assert {one.stay_id: one.failed_on for one in found} == expected
