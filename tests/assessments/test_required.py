"""Required assessments, by hand and against a walk through the days, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import attrs
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.assessments import Assessment, RequiredAssessment, assessment_dues, review_required_assessments
from casecore.standards import Edition, Standard
from casecore.terms import Due, DueState, Finding, NotReadable, Source, Span, WorkingDays, plain, read
from casecore.testing.strategies.assessments import assessments, required_assessments

ONE = timedelta(days=1)
MANUAL = Source(cite="Model Agency Manual 5.2", invented=True)
NEW_MANUAL = Source(cite="Model Agency Manual 5.2 (2026)", invented=True)
ADMITTED = date(2025, 1, 10)
YEARLY = RequiredAssessment(about="functional", first_within=Span(days=30), repeated_every=Span(years=1))


def standard_of(
    *editions: tuple[date, RequiredAssessment | None], name: str = "assessments/functional"
) -> Standard[RequiredAssessment]:
    sources = (MANUAL, NEW_MANUAL, MANUAL, NEW_MANUAL)
    return Standard(
        name="assessments/functional",
        editions=tuple(
            Edition(since=since, value=value, source=source)
            for (since, value), source in zip(editions, sources, strict=False)
        ),
    )


def always(rule: RequiredAssessment) -> Standard[RequiredAssessment]:
    return standard_of((date(2020, 1, 1), rule))


def done(*days: date, about: str = "functional", instrument: str | None = None) -> list[Assessment]:
    return [
        Assessment(completed_on=day, assessment_id=f"a-{place}", about=about, instrument=instrument)
        for place, day in enumerate(days)
    ]


def dues(
    given_ones: Sequence[Assessment], standard: Standard[RequiredAssessment], as_of: date, **more: object
) -> tuple[Due, ...]:
    said: dict[str, object] = {"admitted_on": ADMITTED} | more
    return assessment_dues(given_ones, [standard], as_of=as_of, **said)  # type: ignore[arg-type]


def findings(
    given_ones: Sequence[Assessment], standard: Standard[RequiredAssessment], as_of: date, **more: object
) -> tuple[Finding, ...]:
    said: dict[str, object] = {"admitted_on": ADMITTED} | more
    return review_required_assessments(given_ones, [standard], as_of=as_of, **said)  # type: ignore[arg-type]


def shown(owed: Sequence[Due]) -> list[tuple[str, str, str]]:
    return [(due.code, str(due.by), due.state.value) for due in owed]


class TestFirst:
    """A first assessment is completed within 30 days of admission."""

    @pytest.mark.parametrize(
        ("as_of", "state"),
        [(ADMITTED, DueState.DUE), (date(2025, 2, 9), DueState.DUE), (date(2025, 2, 10), DueState.OVERDUE)],
    )
    def test_admission_is_day_zero(self, as_of: date, state: DueState) -> None:
        (due,) = dues([], always(YEARLY), as_of)
        assert (due.code, due.by, due.state) == ("first-assessment", date(2025, 2, 9), state)
        assert (due.since, due.standard, due.source, due.about) == (
            ADMITTED, "assessments/functional", MANUAL, "functional",
        )  # fmt: skip
        assert due.would_satisfy == "an assessment about functional"

    def test_nothing_is_owed_before_admission(self) -> None:
        assert dues([], always(YEARLY), ADMITTED - ONE) == ()
        assert findings([], always(YEARLY), ADMITTED - ONE) == ()

    def test_missing_from_the_day_after_its_last(self) -> None:
        assert findings([], always(YEARLY), date(2025, 2, 9)) == ()
        (finding,) = findings([], always(YEARLY), date(2025, 3, 1))
        assert (finding.code, finding.on, finding.source) == ("assessment-missing", date(2025, 2, 10), MANUAL)
        assert finding.would_satisfy == "an assessment about functional"

    def test_done_late_it_is_met_late_and_no_longer_a_finding(self) -> None:
        late = done(date(2025, 2, 10))
        assert dues(late, always(YEARLY), date(2025, 2, 10))[0].state is DueState.MET_LATE
        assert findings(late, always(YEARLY), date(2025, 2, 10)) == ()

    def test_an_assessment_of_another_kind_does_not_count(self) -> None:
        assert dues(done(ADMITTED, about="psychiatric"), always(YEARLY), ADMITTED)[0].met_on is None

    def test_an_assessment_of_tomorrow_is_not_known_today(self) -> None:
        assert dues(done(date(2025, 1, 20)), always(YEARLY), date(2025, 1, 19))[0].met_on is None

    @pytest.mark.parametrize(("before", "counts"), [(0, True), (14, True), (15, False)])
    def test_one_from_shortly_before_admission_may_count(self, before: int, counts: bool) -> None:
        lenient = attrs.evolve(YEARLY, days_before_admission=14)
        day = ADMITTED - timedelta(days=before)
        first = dues(done(day), always(lenient), date(2025, 3, 1))[0]
        assert (first.met_on == day) is counts
        if counts:
            further = dues(done(day), always(lenient), date(2025, 3, 1))[1]
            assert further.by == day + relativedelta(years=1)

    def test_one_on_the_day_of_admission_is_then_a_further_one(self) -> None:
        lenient = attrs.evolve(YEARLY, days_before_admission=14)
        before = ADMITTED - timedelta(days=10)
        first, further, following = dues(done(before, ADMITTED), always(lenient), date(2025, 3, 1))
        assert (first.met_on, further.met_on) == (before, ADMITTED)
        assert following.by == ADMITTED + relativedelta(years=1)
        assert dues(done(ADMITTED), always(lenient), date(2025, 3, 1))[0].met_on == ADMITTED

    def test_business_days_need_the_agencys_working_days(self) -> None:
        rule = RequiredAssessment(about="functional", first_within=Span(business_days=5))
        with pytest.raises(NotReadable, match="working_days"):
            dues([], always(rule), ADMITTED)
        closed = WorkingDays(closed=frozenset({date(2025, 1, 13)}))
        (due,) = dues([], always(rule), ADMITTED, working_days=closed)  # Friday 10 January; Monday closed
        assert due.by == date(2025, 1, 20)


class TestInstruments:
    """Where the standard names instruments, only an assessment by one of them counts."""

    @pytest.mark.parametrize(
        ("instrument", "counts"),
        [("phq-9@1", True), ("phq-9@2", True), ("gad-7@1", True), ("gad-7@2", False), ("phq", False), (None, False)],
    )
    def test_any_version_or_one(self, instrument: str | None, counts: bool) -> None:
        rule = RequiredAssessment(about="functional", first_within=Span(days=30), instruments=("phq-9", "gad-7@1"))
        (due,) = dues(done(ADMITTED, instrument=instrument), always(rule), date(2025, 1, 20))
        assert (due.met_on is not None) is counts
        assert due.would_satisfy == "an assessment about functional by phq-9 or gad-7@1"

    def test_one_that_does_not_count_does_not_restart_the_clock(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(months=6), instruments=("phq-9",)
        )
        given_ones = done(date(2025, 1, 20), instrument="phq-9@1") + done(date(2025, 6, 1), instrument="other@1")
        assert dues(given_ones, always(rule), date(2025, 7, 1))[-1].by == date(2025, 7, 20)


class TestFurther:
    """A further assessment is completed within a year of the last completed one."""

    def test_counted_from_the_day_it_was_done_never_from_the_day_it_was_due(self) -> None:
        owed = dues(done(date(2025, 4, 1), date(2026, 1, 2)), always(YEARLY), date(2026, 3, 1))
        assert shown(owed) == [
            ("first-assessment", "2025-02-09", "met-late"),
            ("further-assessment", "2026-04-01", "met"),
            ("further-assessment", "2027-01-02", "due"),
        ]

    def test_an_early_one_counts_and_restarts_the_clock(self) -> None:
        owed = dues(done(ADMITTED, date(2025, 1, 11)), always(YEARLY), date(2025, 1, 12))
        assert [due.met_on for due in owed] == [ADMITTED, date(2025, 1, 11), None]
        assert owed[-1].by == date(2026, 1, 11)

    def test_two_on_one_day_are_one(self) -> None:
        assert len(dues(done(ADMITTED, ADMITTED), always(YEARLY), date(2025, 1, 12))) == 2

    def test_from_29_february_it_clamps(self) -> None:
        owed = dues(done(date(2024, 2, 29)), always(YEARLY), date(2024, 3, 1), admitted_on=date(2024, 2, 29))
        assert owed[-1].by == date(2025, 2, 28)

    def test_it_becomes_due_when_its_window_opens(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(days=100), opens_days_before=10
        )
        states = {
            day: dues(done(ADMITTED), always(rule), ADMITTED + timedelta(days=day))[-1].state
            for day in (0, 89, 90, 100, 101)
        }
        assert list(states.values()) == [
            DueState.UPCOMING, DueState.UPCOMING, DueState.DUE, DueState.DUE, DueState.OVERDUE,
        ]  # fmt: skip

    def test_overdue_is_found_from_the_day_after(self) -> None:
        assert findings(done(ADMITTED), always(YEARLY), date(2026, 1, 10)) == ()
        (finding,) = findings(done(ADMITTED), always(YEARLY), date(2026, 1, 11))
        assert (finding.code, finding.on) == ("assessment-overdue", date(2026, 1, 11))

    def test_without_repetition_the_first_is_the_only_one(self) -> None:
        once = RequiredAssessment(about="functional", first_within=Span(days=30))
        assert len(dues(done(ADMITTED), always(once), date(2035, 1, 1))) == 1

    def test_a_hard_end_makes_it_missed(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(years=1), closes_days_after=5
        )
        states = [dues([], always(rule), ADMITTED + timedelta(days=day))[0].state for day in (30, 31, 35, 36)]
        assert states == [DueState.DUE, DueState.OVERDUE, DueState.OVERDUE, DueState.MISSED]
        after = dues(done(ADMITTED + timedelta(days=36)), always(rule), date(2025, 6, 1))
        assert [due.state for due in after] == [DueState.MISSED, DueState.DUE]


class TestExpiry:
    """A completed assessment is good for a year; from then on it is as if there were none."""

    def test_without_repetition_the_new_one_is_due_on_the_last_good_day(self) -> None:
        rule = RequiredAssessment(about="functional", first_within=Span(days=30), valid_for=Span(years=1))
        assert dues(done(ADMITTED), always(rule), date(2026, 1, 10))[-1].by == date(2026, 1, 10)
        assert findings(done(ADMITTED), always(rule), date(2026, 1, 10)) == ()
        (finding,) = findings(done(ADMITTED), always(rule), date(2026, 1, 11))
        assert (finding.code, finding.on) == ("assessment-expired", date(2026, 1, 11))

    def test_an_earlier_expiry_comes_first(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(years=2), valid_for=Span(years=1)
        )
        assert dues(done(ADMITTED), always(rule), date(2025, 2, 1))[-1].by == date(2026, 1, 10)

    def test_days_between_overdue_and_expired_are_announced_by_a_due_of_their_own(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(days=100), valid_for=Span(days=120)
        )
        for day, states, codes in (
            (100, ["due"], []),
            (101, ["overdue", "due"], ["assessment-overdue"]),
            (120, ["overdue", "due"], ["assessment-overdue"]),
            (121, ["overdue", "overdue"], ["assessment-overdue", "assessment-expired"]),
        ):
            on = ADMITTED + timedelta(days=day)
            assert [due.state.value for due in dues(done(ADMITTED), always(rule), on)[1:]] == states
            assert [finding.code for finding in findings(done(ADMITTED), always(rule), on)] == codes
        renewed = dues(done(ADMITTED, ADMITTED + timedelta(days=110)), always(rule), date(2025, 6, 1))
        assert shown(renewed)[1:3] == [
            ("further-assessment", "2025-04-20", "met-late"),
            ("assessment-expiring", "2025-05-10", "met"),
        ]

    @pytest.mark.parametrize(("day", "codes"), [(100, []), (101, ["assessment-expiring"])])
    def test_the_days_until_expiry_matter_from_the_first_late_day(self, day: int, codes: list[str]) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(days=100), valid_for=Span(days=120)
        )
        owed = dues(done(ADMITTED, ADMITTED + timedelta(days=day)), always(rule), date(2025, 6, 1))
        assert [due.code for due in owed if due.code == "assessment-expiring"] == codes

    def test_an_expiry_after_the_standard_or_the_episode_ended_is_none(self) -> None:
        rule = RequiredAssessment(
            about="functional", first_within=Span(days=30), repeated_every=Span(days=100), valid_for=Span(days=120)
        )
        late = ADMITTED + timedelta(days=110)
        for standard, until in ((standard_of((date(2020, 1, 1), rule), (late, None)), None), (always(rule), late)):
            owed = dues(done(ADMITTED), standard, date(2025, 12, 1), until=until)
            assert [due.code for due in owed] == ["first-assessment", "further-assessment"]
            found = findings(done(ADMITTED), standard, date(2025, 12, 1), until=until)
            assert [finding.code for finding in found] == ["assessment-overdue"]

    def test_under_a_new_standard_nothing_expires_before_a_new_one_could_be_done(self) -> None:
        rule = RequiredAssessment(about="functional", first_within=Span(days=30), valid_for=Span(years=1))
        begun = standard_of((date(2027, 1, 1), rule))
        assert findings(done(ADMITTED), begun, date(2027, 1, 31)) == ()
        (finding,) = findings(done(ADMITTED), begun, date(2027, 2, 1))
        assert (finding.code, finding.on) == ("assessment-expired", date(2027, 2, 1))


class TestEditions:
    """The edition in force on the day a duty arises governs it to its end."""

    HALF_YEARLY = RequiredAssessment(about="functional", first_within=Span(days=10), repeated_every=Span(months=6))
    HALF_YEARLY_AND_LENIENT = attrs.evolve(HALF_YEARLY, days_before_admission=14)

    @pytest.mark.parametrize(
        ("admitted", "by"), [(date(2025, 12, 31), date(2026, 1, 30)), (date(2026, 1, 1), date(2026, 1, 11))]
    )
    def test_the_day_before_and_the_day_of_a_new_edition(self, admitted: date, by: date) -> None:
        changed = standard_of((date(2020, 1, 1), YEARLY), (date(2026, 1, 1), self.HALF_YEARLY))
        (due,) = dues([], changed, date(2026, 1, 5), admitted_on=admitted)
        assert due.by == by
        assert due.source == (MANUAL if admitted.year == 2025 else NEW_MANUAL)

    def test_a_further_one_is_governed_from_the_day_the_last_was_done(self) -> None:
        changed = standard_of((date(2020, 1, 1), YEARLY), (date(2026, 1, 1), self.HALF_YEARLY))
        owed = dues(done(date(2025, 2, 1), date(2026, 1, 20)), changed, date(2026, 2, 1))
        assert [str(due.by) for due in owed] == ["2025-02-09", "2026-02-01", "2026-07-20"]

    def test_a_standard_that_begins_later_gives_a_client_in_care_the_first_span(self) -> None:
        begun = standard_of((date(2026, 1, 1), YEARLY))
        (due,) = dues([], begun, date(2026, 1, 5))
        assert (due.since, due.by, due.state) == (date(2026, 1, 1), date(2026, 1, 31), DueState.DUE)
        assert dues([], begun, date(2025, 12, 31))[0].state is DueState.UPCOMING

    def test_and_what_was_completed_before_it_began_counts(self) -> None:
        begun = standard_of((date(2026, 1, 1), YEARLY))
        owed = dues(done(date(2025, 1, 20), date(2025, 3, 1), date(2025, 11, 1)), begun, date(2026, 1, 5))
        assert [(due.met_on, due.by) for due in owed] == [
            (date(2025, 11, 1), date(2026, 1, 31)), (None, date(2026, 11, 1)),
        ]  # fmt: skip
        stale = dues(done(date(2025, 1, 20)), begun, date(2026, 1, 5))
        assert stale[-1].by == date(2026, 1, 31)  # not on 20 January: never sooner than the first span

    def test_a_repeal_ends_what_could_still_be_done_on_time(self) -> None:
        repealed = standard_of((date(2020, 1, 1), YEARLY), (date(2025, 2, 9), None))
        assert dues([], repealed, date(2025, 1, 20)) == ()
        later = standard_of((date(2020, 1, 1), YEARLY), (date(2025, 2, 10), None))
        assert dues([], later, date(2025, 3, 1))[0].state is DueState.OVERDUE

    def test_done_the_day_after_its_last_it_is_late_only_where_the_standard_still_held(self) -> None:
        the_day_after = done(date(2025, 2, 10))
        for repealed_on, states in ((date(2025, 2, 9), []), (date(2025, 2, 10), [DueState.MET_LATE])):
            repealed = standard_of((date(2020, 1, 1), YEARLY), (repealed_on, None))
            assert [due.state for due in dues(the_day_after, repealed, date(2025, 3, 1))] == states

    def test_after_one_from_before_admission_the_next_arises_on_admission(self) -> None:
        lenient = attrs.evolve(YEARLY, days_before_admission=14)
        changed = standard_of((date(2020, 1, 1), lenient), (ADMITTED, self.HALF_YEARLY_AND_LENIENT))
        owed = dues(done(ADMITTED - timedelta(days=3)), changed, date(2025, 3, 1))
        assert (owed[1].since, owed[1].by) == (ADMITTED, date(2025, 7, 7))

    def test_what_was_done_on_time_is_shown_after_a_repeal(self) -> None:
        repealed = standard_of((date(2020, 1, 1), YEARLY), (date(2025, 2, 1), None))
        assert shown(dues(done(date(2025, 1, 20)), repealed, date(2026, 1, 1))) == [
            ("first-assessment", "2025-02-09", "met")
        ]

    def test_a_standard_that_comes_back_lays_the_duty_anew(self) -> None:
        back = standard_of((date(2020, 1, 1), YEARLY), (date(2025, 1, 20), None), (date(2025, 6, 1), YEARLY))
        (due,) = dues([], back, date(2025, 6, 5))
        assert (due.since, due.by) == (date(2025, 6, 1), date(2025, 7, 1))

    def test_a_standard_never_in_force_asks_for_nothing(self) -> None:
        assert dues([], standard_of((date(2020, 1, 1), None)), date(2026, 1, 1)) == ()

    def test_editions_may_ask_for_different_kinds(self) -> None:
        other = RequiredAssessment(about="daily-living", first_within=Span(days=30), repeated_every=Span(years=1))
        changed = standard_of((date(2020, 1, 1), YEARLY), (date(2025, 6, 1), other))
        given_ones = done(date(2025, 1, 20)) + done(date(2025, 8, 1)) + done(date(2025, 7, 1), about="daily-living")
        assert [due.met_on for due in dues(given_ones, changed, date(2025, 9, 1))] == [
            date(2025, 1, 20), date(2025, 8, 1), None,
        ]  # fmt: skip


class TestDischarge:
    """With the discharge nothing that could have been done later is owed, and what was late stays missed."""

    def test_what_could_have_been_done_later_is_not_owed(self) -> None:
        assert dues([], always(YEARLY), date(2025, 3, 1), until=date(2025, 2, 8)) == ()
        assert findings([], always(YEARLY), date(2025, 3, 1), until=date(2025, 2, 8)) == ()

    def test_the_last_day_of_care_is_a_day_of_care(self) -> None:
        last_day = date(2025, 2, 9)
        assert dues([], always(YEARLY), last_day, until=last_day)[0].state is DueState.DUE
        assert dues([], always(YEARLY), last_day + ONE, until=last_day)[0].state is DueState.MISSED
        assert dues(done(last_day), always(YEARLY), last_day + ONE, until=last_day)[0].state is DueState.MET

    def test_what_was_late_is_missed(self) -> None:
        (due,) = dues([], always(YEARLY), date(2025, 6, 1), until=date(2025, 3, 1))
        assert (due.state, due.closes) == (DueState.MISSED, date(2025, 3, 2))

    @pytest.mark.parametrize(
        ("until", "closes"), [(date(2025, 2, 11), date(2025, 2, 12)), (date(2025, 6, 1), date(2025, 2, 15))]
    )
    def test_the_hard_end_and_the_discharge_close_it_whichever_is_first(self, until: date, closes: date) -> None:
        rule = attrs.evolve(YEARLY, closes_days_after=5)
        assert dues([], always(rule), date(2025, 7, 1), until=until)[0].closes == closes

    def test_admitted_and_discharged_on_one_day(self) -> None:
        at_once = RequiredAssessment(about="functional", first_within=Span(days=0))
        assert dues([], always(at_once), ADMITTED + ONE, until=ADMITTED)[0].state is DueState.MISSED

    def test_what_is_done_afterwards_does_not_count(self) -> None:
        (due,) = dues(done(date(2025, 3, 2)), always(YEARLY), date(2025, 6, 1), until=date(2025, 3, 1))
        assert due.met_on is None

    def test_a_discharge_that_lies_ahead_changes_nothing_yet(self) -> None:
        ahead = dues([], always(YEARLY), date(2025, 1, 20), until=date(2025, 1, 21))
        assert ahead == dues([], always(YEARLY), date(2025, 1, 20))


class TestRule:
    """What is asked can be written in a rulebook."""

    def test_from_a_table(self) -> None:
        table = {
            "about": "depression", "first_within": {"days": 30}, "repeated_every": {"months": 6},
            "valid_for": {"years": 1}, "opens_days_before": 30, "closes_days_after": 60, "instruments": ["phq-9"],
        }  # fmt: skip
        rule = read(table, RequiredAssessment)
        assert (RequiredAssessment.asks, rule.repeated_every, rule.instruments) == (
            "required-assessment", Span(months=6), ("phq-9",),
        )  # fmt: skip

    @pytest.mark.parametrize("name", ["repeated_every", "valid_for"])
    def test_a_span_of_nothing_is_refused(self, name: str) -> None:
        with pytest.raises(NotReadable, match=f"{name}: must be longer than nothing"):
            read({"about": "x", "first_within": {"days": 1}, name: {"days": 0}}, RequiredAssessment)

    def test_all_problems_at_once(self) -> None:
        with pytest.raises(NotReadable) as refused:
            read({"about": "", "first_within": {"days": -1}, "opens_days_before": -1, "often": 1}, RequiredAssessment)
        assert len(refused.value.problems) >= 2

    @settings(deadline=None)
    @given(required_assessments())
    def test_it_survives_being_written_down(self, rule: RequiredAssessment) -> None:
        assert read(plain(rule), RequiredAssessment) == rule


class Walked(NamedTuple):
    by: date
    met_on: date | None
    state: DueState


def counted(span: Span, anchor: date) -> date:
    """The last day within a span, by counting days or by dateutil."""
    if span.days is not None:
        for _ in range(span.days):
            anchor += ONE
        return anchor
    return anchor + relativedelta(months=span.months or 0, years=span.years or 0)


def walk(
    given_ones: Sequence[Assessment], standard: Standard[RequiredAssessment], admitted: date, as_of: date
) -> list[Walked]:
    """The same duties by the sentences of the choices page, a day at a time; first and further ones only."""
    horizon = date(2040, 1, 1)
    found: list[Walked] = []
    last: date | None = None
    arose = admitted
    while arose < horizon:
        while standard.in_force(arose) is None and arose < horizon:
            arose += ONE
        edition = standard.in_force(arose)
        if edition is None:
            break
        rule = edition.rule
        if last is None:
            by = counted(rule.first_within, arose)
        else:
            spans = [span for span in (rule.repeated_every, rule.valid_for) if span]
            if not spans:
                break
            by = min(counted(span, last) for span in spans)
            if arose > last:
                by = max(by, counted(rule.first_within, arose))
        day = admitted - timedelta(days=rule.days_before_admission) if last is None else last + ONE
        met_on = None
        while day <= as_of and not (day >= arose and met_on is not None):
            if any(rule.accepts(one) and one.completed_on == day for one in given_ones):
                met_on = day
            day += ONE
        if (met_on is None or met_on > by) and standard.in_force(by) is None:
            back = by
            while standard.in_force(back) is None and back < horizon:
                back += ONE
            if back < horizon and (met_on is None or met_on >= back):
                arose = back
                continue
        else:
            found.append(Walked(by, met_on, state_of(rule, arose, last, by, met_on, as_of)))
        if met_on is None:
            break
        last, arose = met_on, max(met_on, admitted)
    return found


def state_of(
    rule: RequiredAssessment, arose: date, last: date | None, by: date, met_on: date | None, as_of: date
) -> DueState:
    closing = None if rule.closes_days_after is None else by + ONE + timedelta(days=rule.closes_days_after)
    if met_on is not None:
        if met_on <= by:
            return DueState.MET
        return DueState.MISSED if closing and met_on >= closing else DueState.MET_LATE
    opens = arose
    if last is not None:
        opens = max(last + ONE, arose)
        if rule.opens_days_before is not None:
            opens = max(opens, by - timedelta(days=rule.opens_days_before))
    if as_of < min(opens, by):
        return DueState.UPCOMING
    if as_of <= by:
        return DueState.DUE
    return DueState.MISSED if closing and as_of >= closing else DueState.OVERDUE


STRETCH = (date(2024, 10, 1), date(2027, 6, 1))
ADMISSIONS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
KIND = "functional"


@st.composite
def standards(draw: st.DrawFn) -> Standard[RequiredAssessment]:
    """A standard of up to three editions, some of them repeals, the first before or after most admissions."""
    days = sorted(draw(st.sets(st.dates(date(2024, 6, 1), date(2026, 12, 31)), min_size=1, max_size=3)))
    return standard_of(*((day, draw(st.none() | required_assessments(about=KIND))) for day in days))


class TestAgainstTheWalk:
    """The judgement and a walk through the days find the same duties in the same state."""

    @settings(deadline=None)
    @given(st.lists(assessments(between=STRETCH, about=KIND), max_size=6), standards(), ADMISSIONS, st.dates(*STRETCH))
    def test_same_duties(
        self, given_ones: list[Assessment], standard: Standard[RequiredAssessment], admitted: date, as_of: date
    ) -> None:
        if as_of < admitted:
            return
        owed = assessment_dues(given_ones, [standard], admitted_on=admitted, as_of=as_of)
        judged = [Walked(due.by, due.met_on, due.state) for due in owed if due.code != "assessment-expiring"]
        assert judged == walk(given_ones, standard, admitted, as_of)

    @given(st.lists(assessments(between=STRETCH, about=KIND), max_size=6), standards(), ADMISSIONS, st.dates(*STRETCH))
    def test_findings_are_the_open_departures(
        self, given_ones: list[Assessment], standard: Standard[RequiredAssessment], admitted: date, as_of: date
    ) -> None:
        owed = assessment_dues(given_ones, [standard], admitted_on=admitted, as_of=as_of)
        late = [due for due in owed if due.met_on is None and as_of >= due.window.end]
        found = review_required_assessments(given_ones, [standard], admitted_on=admitted, as_of=as_of)
        assert {finding.on for finding in found} <= {due.window.end for due in late}
        assert all(finding.on <= as_of for finding in found)
        assert bool(found) == bool(late)

    @given(st.lists(assessments(between=STRETCH, about=KIND), max_size=6), standards(), ADMISSIONS, st.dates(*STRETCH))
    def test_order_does_not_matter(
        self, given_ones: list[Assessment], standard: Standard[RequiredAssessment], admitted: date, as_of: date
    ) -> None:
        forward = assessment_dues(given_ones, [standard], admitted_on=admitted, as_of=as_of)
        assert assessment_dues(reversed(given_ones), [standard], admitted_on=admitted, as_of=as_of) == forward

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(assessments(between=STRETCH, about=KIND), max_size=5),
        standards(),
        ADMISSIONS,
        st.none() | st.dates(*STRETCH),
    )
    def test_nothing_changes_but_on_an_announced_day(
        self,
        given_ones: list[Assessment],
        standard: Standard[RequiredAssessment],
        admitted: date,
        until: date | None,
    ) -> None:
        announced = {one.completed_on for one in given_ones} | {until, admitted}
        for edition in standard.editions:
            announced |= {edition.since, edition.until}
        before: tuple[object, object] | None = None
        day = admitted
        while day < STRETCH[1]:
            owed = assessment_dues(given_ones, [standard], admitted_on=admitted, as_of=day, until=until)
            found = review_required_assessments(given_ones, [standard], admitted_on=admitted, as_of=day, until=until)
            now = (tuple(due.seen_on(admitted) for due in owed), found)
            assert now == before or day in announced or before is None
            before = now
            for due in owed:
                announced |= {due.window.start, due.window.end, due.closes}
            day += ONE


def test_a_caseload_is_many_cases() -> None:
    cases = {"C-1": (date(2025, 1, 10), done(date(2025, 1, 20))), "C-2": (date(2025, 1, 10), done())}
    late = {
        case: [
            due.code
            for due in assessment_dues(given_ones, [always(YEARLY)], admitted_on=admitted, as_of=date(2025, 3, 1))
            if due.state is DueState.OVERDUE
        ]
        for case, (admitted, given_ones) in cases.items()
    }
    assert late == {"C-1": [], "C-2": ["first-assessment"]}
