from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    Credential,
    CredentialAsked,
    Learning,
    LearningMinimum,
    LearningPer,
    StaffFile,
    explain_learning,
    learning_dues,
)
from casecore.standards import Edition, Standard
from casecore.terms import ONE_DAY, Due, DueState, Period, Source, Span
from casecore.testing.strategies.supervision import learning_minimums

SOURCE = Source(cite="Model Agency Manual 3.6", invented=True)
SINCE = date(2024, 1, 1)


def rule(per: LearningPer, **more: object) -> LearningMinimum:
    fields: dict[str, object] = {"hours": 20, "per": per, "counts_unverified": False}
    return LearningMinimum(**{**fields, **more})  # type: ignore[arg-type]  # fields by name


def dues(asked: LearningMinimum, *learning: tuple[date, float], as_of: date, **file: object) -> tuple[Due, ...]:
    done = tuple(Learning(completed_on=day, hours=hours) for day, hours in learning)
    standard = Standard.fixed("staff/learning", asked, since=SINCE, source=SOURCE)
    made = StaffFile(worker="w-7", learning=done, **file)  # type: ignore[arg-type]  # fields by name
    return learning_dues(made, standard, as_of=as_of)


def told(found: tuple[Due, ...]) -> list[tuple[str, str]]:
    return [(str(due.window), due.state.value) for due in found]


class TestCalendarYears:
    """20 hours in every two calendar years, which begin with 2024 (model agency)."""

    RULE = rule(LearningPer.CALENDAR_YEARS, years=2, first_year=2030, asks_newcomers=False)

    def test_each_stretch_and_the_next_one(self) -> None:
        found = dues(self.RULE, (date(2024, 5, 1), 12), (date(2025, 6, 1), 8), as_of=date(2026, 2, 1))
        assert told(found) == [
            ("2024-01-01 to 2025-12-31", "met"),
            ("2026-01-01 to 2027-12-31", "due"),
            ("2028-01-01 to 2029-12-31", "upcoming"),
        ]
        assert found[0].met_on == date(2025, 6, 1)
        assert (found[1].code, found[1].worker, found[1].source) == ("learning-owed", "w-7", SOURCE)
        assert found[1].would_satisfy == "20 hours of continuing education"

    def test_missed_after_the_last_day(self) -> None:
        assert dues(self.RULE, as_of=date(2025, 12, 31))[0].state is DueState.DUE
        assert dues(self.RULE, as_of=date(2026, 1, 1))[0].state is DueState.MISSED
        late = dues(self.RULE, (date(2026, 1, 1), 20), as_of=date(2026, 1, 1))
        assert [due.state for due in late][:2] == [DueState.MISSED, DueState.MET]

    def test_overdue_while_it_is_not_known(self) -> None:
        file = {"stated_on": date(2025, 6, 1)}
        assert dues(self.RULE, as_of=date(2026, 1, 1), **file)[0].state is DueState.OVERDUE

    def test_whoever_is_appointed_after_it_began_begins_with_the_next_one_unless_it_asks_newcomers(self) -> None:
        file = {"appointed_on": date(2024, 1, 2)}
        assert told(dues(self.RULE, as_of=date(2025, 1, 1), **file))[0][0] == "2026-01-01 to 2027-12-31"
        asks = rule(LearningPer.CALENDAR_YEARS, years=2, first_year=2030, asks_newcomers=True)
        assert told(dues(asks, as_of=date(2025, 1, 1), **file))[0][0] == "2024-01-01 to 2025-12-31"
        first_day = {"appointed_on": date(2024, 1, 1)}
        assert told(dues(self.RULE, as_of=date(2025, 1, 1), **first_day))[0][0] == "2024-01-01 to 2025-12-31"

    def test_it_is_asked_of_its_roles_only(self) -> None:
        for_nurses = rule(LearningPer.CALENDAR_YEARS, years=1, first_year=2024, asks_newcomers=True, roles=("nurse",))
        assert dues(for_nurses, as_of=date(2025, 1, 1)) == ()

    def test_the_edition_of_the_first_day_governs(self) -> None:
        editions = (
            Edition(since=SINCE, until=date(2025, 7, 1), value=self.RULE, source=SOURCE),
            Edition(
                since=date(2025, 7, 1),
                value=rule(LearningPer.CALENDAR_YEARS, hours=5, years=1, first_year=2024, asks_newcomers=True),
                source=SOURCE,
            ),
        )
        standard = Standard(name="staff/learning", editions=editions)
        found = learning_dues(StaffFile(worker="w-7", learning=()), standard, as_of=date(2026, 3, 1))
        assert [due.what for due in found] == [
            "20 hours of continuing education in 2024-01-01 to 2025-12-31",
            "5 hours of continuing education in 2026-01-01 to 2026-12-31",
            "5 hours of continuing education in 2027-01-01 to 2027-12-31",
        ]


class TestYearsOfService:
    """20 hours in every year of service, counted from the day of appointment."""

    RULE = rule(LearningPer.YEARS_OF_SERVICE, years=1)

    def test_the_day_before_and_the_day_of_the_anniversary(self) -> None:
        file = {"appointed_on": date(2024, 2, 29)}
        found = dues(self.RULE, (date(2025, 2, 27), 20), as_of=date(2025, 3, 1), **file)
        assert told(found) == [
            ("2024-02-29 to 2025-02-27", "met"),
            ("2025-02-28 to 2026-02-27", "due"),
            ("2026-02-28 to 2027-02-27", "upcoming"),
        ]
        assert dues(self.RULE, (date(2025, 2, 28), 20), as_of=date(2025, 3, 1), **file)[0].state is DueState.MISSED

    def test_without_a_day_of_appointment_nothing_is_known_to_be_owed(self) -> None:
        assert dues(self.RULE, as_of=date(2025, 3, 1)) == ()


class TestCredentialPeriod:
    """20 hours between the day a license is issued and the day it expires."""

    RULE = rule(LearningPer.CREDENTIAL, credential=CredentialAsked(names=("LMSW",)), carries_over=5)

    def test_each_license_is_a_stretch_and_leaves_hours_over_to_the_next(self) -> None:
        licenses = tuple(
            Credential(name="LMSW", issued_on=date(year, 7, 1), expires_on=date(year + 1, 7, 1))
            for year in (2024, 2025)
        )
        found = dues(
            self.RULE, (date(2024, 7, 1), 25), (date(2025, 7, 1), 15), as_of=date(2025, 8, 1), credentials=licenses
        )
        assert told(found) == [("2024-07-01 to 2025-06-30", "met"), ("2025-07-01 to 2026-06-30", "met")]

    def test_a_license_whose_first_day_is_not_known_makes_none(self) -> None:
        unknown = (Credential(name="LMSW", expires_on=date(2025, 7, 1)),)
        assert dues(self.RULE, as_of=date(2025, 8, 1), credentials=unknown) == ()


class TestRolling:
    """20 hours within any twelve months; nobody is late before the first twelve are over."""

    RULE = rule(LearningPer.ROLLING, span=Span(months=12))

    def test_a_newcomer_has_a_whole_span(self) -> None:
        file = {"appointed_on": date(2025, 3, 1)}
        for day, state in [(date(2025, 2, 1), "upcoming"), (date(2026, 3, 1), "due"), (date(2026, 3, 2), "overdue")]:
            assert told(dues(self.RULE, as_of=day, **file)) == [("2025-03-01 to 2026-03-01", state)]

    def test_hours_last_as_long_as_each_day_looks_back_on_them(self) -> None:
        found = dues(self.RULE, (date(2025, 5, 10), 12), (date(2025, 9, 1), 8), as_of=date(2026, 1, 1))
        assert told(found) == [("2024-01-01 to 2025-01-01", "met-late"), ("2025-09-01 to 2026-05-09", "due")]
        assert found[1].would_satisfy == "12 hours of continuing education"

    def test_new_hours_make_them_last_longer(self) -> None:
        found = dues(
            self.RULE, (date(2025, 5, 10), 12), (date(2025, 9, 1), 8), (date(2026, 1, 1), 12), as_of=date(2026, 1, 1)
        )
        assert told(found)[-1] == ("2025-09-01 to 2026-08-31", "due")

    @given(
        st.lists(st.tuples(st.integers(0, 80), st.integers(1, 12)), max_size=7),
        st.integers(1, 30),
        st.integers(0, 100),
        st.integers(-40, 40),
    )
    def test_brute_force_by_counting_every_day(
        self, courses: list[tuple[int, int]], span: int, asked_after: int, appointed: int
    ) -> None:
        """On every day from the end of the first span, a due is overdue exactly where the look-back falls short."""
        as_of = SINCE + timedelta(days=asked_after)
        appointed_on = SINCE + timedelta(days=appointed)
        done = [(SINCE + timedelta(days=day), float(hours)) for day, hours in courses]
        asked = rule(LearningPer.ROLLING, hours=10, span=Span(days=span))
        found = dues(asked, *done, as_of=as_of, appointed_on=appointed_on)
        first = max(SINCE, appointed_on)
        free_until = first + timedelta(days=span)
        day = first
        while day <= as_of:
            within = Span(days=span).look_back(day)
            enough = sum(hours for on, hours in done if on in within and on <= as_of) >= 10
            late = [due for due in found if due.window.end <= day and (due.met_on is None or day < due.met_on)]
            assert bool(late) == (not enough and day > free_until), day
            day += ONE_DAY
        for due in found[:-1]:
            assert due.met_on is not None


class TestLaws:
    """What is owed turns only on days that the dues themselves name, and the order of the file means nothing."""

    @given(
        learning_minimums(),
        st.lists(
            st.builds(
                Learning,
                completed_on=st.dates(date(2024, 1, 1), date(2025, 1, 1)),
                hours=st.integers(1, 9).map(float),
                subject=st.sampled_from(["ethics", "law", None]),
                provider=st.just("board"),
                papers=st.just(("certificate",)),
                is_verified=st.booleans(),
            ),
            max_size=5,
        ),
        st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        st.integers(1, 200),
    )
    def test_them(self, asked: LearningMinimum, learning: list[Learning], as_of: date, later: int) -> None:
        standard = Standard.fixed("staff/learning", asked, since=SINCE, source=SOURCE)
        file = StaffFile(
            worker="w-7", learning=tuple(learning), appointed_on=date(2024, 3, 7),
            credentials=(Credential(name="LMSW", issued_on=date(2024, 2, 2), expires_on=date(2026, 2, 2)),),
        )  # fmt: skip
        found = learning_dues(file, standard, as_of=as_of)
        turned = StaffFile(
            worker="w-7", learning=tuple(learning[::-1]), appointed_on=file.appointed_on, credentials=file.credentials
        )
        assert learning_dues(turned, standard, as_of=as_of) == found
        named = {day for due in found for day in (due.window.start, due.window.end, due.closes) if day}
        end = as_of + timedelta(days=later)
        if not any(as_of < day <= end for day in named) and (as_of.year, as_of.month) == (end.year, end.month):
            assert learning_dues(file, standard, as_of=end) == tuple(due.seen_on(end) for due in found)

    @pytest.mark.parametrize("per", [LearningPer.CALENDAR_YEARS, LearningPer.YEARS_OF_SERVICE])
    def test_a_due_says_what_the_account_says(self, per: LearningPer) -> None:
        more = {"first_year": 2024, "asks_newcomers": True} if per is LearningPer.CALENDAR_YEARS else {}
        standard = Standard.fixed("staff/learning", rule(per, years=1, **more), since=SINCE, source=SOURCE)
        done = tuple(Learning(completed_on=date(2025, month, 1), hours=4) for month in range(1, 8))
        file = StaffFile(worker="w-7", learning=done, appointed_on=SINCE)
        for month in range(1, 13):
            day = date(2025, month, 15)
            account = explain_learning(file, standard, day=day, as_of=day)
            (due,) = [due for due in learning_dues(file, standard, as_of=day) if due.window == account.period]
            assert (due.state is DueState.MET) == account.verdict.is_yes
            assert account.period == Period(date(2025, 1, 1), date(2026, 1, 1))
