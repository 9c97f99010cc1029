"""Evaluations from order to review: how far each has come, and where it is stuck."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.assessments import (
    Evaluation,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationStage,
    EvaluationSteps,
    ReportReceived,
    ReportReviewed,
    evaluation_dues,
    evaluations_of,
    review_evaluations,
)
from casecore.standards import Edition, Standard
from casecore.terms import DueState, Source, Span, plain, read
from casecore.testing.strategies.assessments import EvaluationEntry, evaluation_histories, evaluation_steps

MANUAL = Source(cite="Model Agency Manual 5.4", invented=True)
RULE = EvaluationSteps(
    scheduled_within=Span(days=10), done_within=Span(days=0), report_within=Span(days=14), reviewed_within=Span(days=5)
)


def day(number: int) -> date:
    return date(2026, 3, 1) + timedelta(days=number - 1)


def standard(rule: EvaluationSteps, since: date = date(2024, 1, 1)) -> Standard[EvaluationSteps]:
    return Standard.fixed("assessments/evaluation-steps", rule, since=since, source=MANUAL)


ORDERED = EvaluationOrdered(ordered_on=day(1), evaluation_id="ev-1", about="psychiatric")
SCHEDULED = EvaluationScheduled(scheduled_on=day(5), evaluation_id="ev-1", appointment_on=day(20))
DONE = EvaluationDone(done_on=day(20), evaluation_id="ev-1")
RECEIVED = ReportReceived(received_on=day(30), evaluation_id="ev-1")
REVIEWED = ReportReviewed(reviewed_on=day(33), evaluation_id="ev-1", reviewed_by="w-1")
WHOLE: tuple[EvaluationEntry, ...] = (ORDERED, SCHEDULED, DONE, RECEIVED, REVIEWED)


def stuck(entries: tuple[EvaluationEntry, ...], as_of: date, until: date | None = None) -> list[tuple[str, date]]:
    found = review_evaluations(entries, [standard(RULE)], as_of=as_of, until=until)
    return [(finding.code, finding.on) for finding in found]


class TestStages:
    """An evaluation is ordered, scheduled, done, its report received and reviewed."""

    @pytest.mark.parametrize(
        ("as_of", "stage"),
        [
            (1, "ordered"),
            (4, "ordered"),
            (5, "scheduled"),
            (20, "done"),
            (30, "report-received"),
            (33, "report-reviewed"),
        ],
    )
    def test_as_of_any_day(self, as_of: int, stage: str) -> None:
        (evaluation,) = evaluations_of(WHOLE, as_of=day(as_of))
        assert evaluation.stage is EvaluationStage(stage)

    def test_before_the_order_there_is_none(self) -> None:
        assert evaluations_of(WHOLE, as_of=day(0)) == ()

    def test_steps_of_an_evaluation_never_ordered_are_left_aside(self) -> None:
        assert evaluations_of([DONE], as_of=day(40)) == ()

    def test_cancelled_unless_already_reviewed(self) -> None:
        cancelled = EvaluationCancelled(cancelled_on=day(34), evaluation_id="ev-1", reason="declined")
        assert evaluations_of([ORDERED, cancelled], as_of=day(40))[0].stage is EvaluationStage.CANCELLED
        assert evaluations_of([*WHOLE, cancelled], as_of=day(40))[0].stage is EvaluationStage.REPORT_REVIEWED

    def test_the_appointment_made_last_counts(self) -> None:
        again = EvaluationScheduled(scheduled_on=day(8), evaluation_id="ev-1", appointment_on=day(12))
        orders: list[tuple[EvaluationEntry, ...]] = [(ORDERED, SCHEDULED, again), (again, SCHEDULED, ORDERED)]
        for entries in orders:
            (evaluation,) = evaluations_of(entries, as_of=day(9))
            assert (evaluation.scheduled_on, evaluation.appointment_on) == (day(5), day(12))

    @given(evaluation_histories(), st.randoms())
    def test_order_does_not_matter(self, history: tuple[EvaluationEntry, ...], chance: random.Random) -> None:
        shuffled = list(history)
        chance.shuffle(shuffled)
        as_of = max(entry.happened_on for entry in history)
        found: tuple[Evaluation, ...] = evaluations_of(shuffled, as_of=as_of)
        assert found == evaluations_of(history, as_of=as_of)
        assert len(found) == 1


class TestSteps:
    """Each step is taken within its span of the one before; what is not is stuck there."""

    @pytest.mark.parametrize(
        ("entries", "last_day", "code"),
        [
            (WHOLE[:1], 11, "evaluation-not-scheduled"),
            (WHOLE[:2], 20, "evaluation-not-done"),
            (WHOLE[:3], 34, "report-not-received"),
            (WHOLE[:4], 35, "report-not-reviewed"),
        ],
    )
    def test_stuck_from_the_day_after_its_last(
        self, entries: tuple[EvaluationEntry, ...], last_day: int, code: str
    ) -> None:
        assert stuck(entries, day(last_day)) == []
        assert stuck(entries, day(last_day + 1)) == [(code, day(last_day + 1))]

    def test_a_whole_one_is_not_stuck_and_shows_every_step(self) -> None:
        owed = evaluation_dues(WHOLE, [standard(RULE)], as_of=day(60))
        assert [(due.code, due.state, due.met_on) for due in owed] == [
            ("evaluation-to-schedule", DueState.MET, day(5)),
            ("evaluation-to-do", DueState.MET, day(20)),
            ("report-to-receive", DueState.MET, day(30)),
            ("report-to-review", DueState.MET, day(33)),
        ]
        assert {(due.about, due.standard, due.source) for due in owed} == {
            ("ev-1", "assessments/evaluation-steps", MANUAL)
        }
        assert stuck(WHOLE, day(60)) == []

    def test_before_its_appointment_it_is_upcoming(self) -> None:
        owed = evaluation_dues(WHOLE[:2], [standard(RULE)], as_of=day(19))
        assert owed[-1].state is DueState.UPCOMING

    def test_a_later_step_shows_the_ones_before(self) -> None:
        assert stuck((ORDERED, SCHEDULED, RECEIVED, REVIEWED), day(60)) == []
        assert stuck((ORDERED, RECEIVED), day(60)) == [("report-not-reviewed", day(36))]

    def test_a_new_appointment_gives_new_time(self) -> None:
        again = EvaluationScheduled(scheduled_on=day(21), evaluation_id="ev-1", appointment_on=day(40))
        assert stuck((ORDERED, SCHEDULED, again), day(40)) == []
        assert stuck((ORDERED, SCHEDULED, again), day(41)) == [("evaluation-not-done", day(41))]

    def test_a_cancelled_one_owes_nothing_more(self) -> None:
        cancelled = EvaluationCancelled(cancelled_on=day(12), evaluation_id="ev-1", reason="declined")
        assert stuck((ORDERED, cancelled), day(60)) == []
        assert stuck((ORDERED, cancelled), day(11)) == []

    def test_other_kinds_and_steps_without_a_span_have_no_limit(self) -> None:
        medical = standard(EvaluationSteps(about=("medical",), scheduled_within=Span(days=1)))
        assert evaluation_dues([ORDERED], [medical], as_of=day(60)) == ()
        assert evaluation_dues([ORDERED], [standard(EvaluationSteps())], as_of=day(60)) == ()

    def test_the_edition_in_force_when_the_step_arises_governs(self) -> None:
        tighter = EvaluationSteps(scheduled_within=Span(days=3))
        changed = Standard(
            name="assessments/evaluation-steps",
            editions=(
                Edition(since=date(2024, 1, 1), source=MANUAL, value=RULE),
                Edition(since=day(2), source=MANUAL, value=tighter),
            ),
        )
        assert evaluation_dues([ORDERED], [changed], as_of=day(3))[0].by == day(11)
        tomorrow = EvaluationOrdered(ordered_on=day(2), evaluation_id="ev-2", about="medical")
        assert evaluation_dues([tomorrow], [changed], as_of=day(3))[0].by == day(5)
        assert evaluation_dues([ORDERED], [standard(RULE, since=day(2))], as_of=day(3)) == ()

    def test_discharge(self) -> None:
        assert stuck(WHOLE[:1], day(60), until=day(10)) == []
        assert stuck(WHOLE[:1], day(60), until=day(11)) == [("evaluation-not-scheduled", day(12))]
        assert stuck(WHOLE[:1], day(60), until=day(12)) == [("evaluation-not-scheduled", day(12))]
        (due,) = evaluation_dues(WHOLE[:1], [standard(RULE)], as_of=day(60), until=day(12))
        assert due.state is DueState.MISSED

    @given(evaluation_histories(), evaluation_steps(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    def test_findings_are_the_dues_that_are_late(
        self, history: tuple[EvaluationEntry, ...], rule: EvaluationSteps, as_of: date
    ) -> None:
        owed = evaluation_dues(history, [standard(rule)], as_of=as_of)
        found = review_evaluations(history, [standard(rule)], as_of=as_of)
        assert [finding.on for finding in found] == [due.window.end for due in owed if due.state is DueState.OVERDUE]

    @settings(max_examples=30, deadline=None)
    @given(evaluation_histories(between=(date(2026, 1, 1), date(2026, 3, 31))), evaluation_steps())
    def test_nothing_changes_but_on_an_announced_day(
        self, history: tuple[EvaluationEntry, ...], rule: EvaluationSteps
    ) -> None:
        announced: set[date | None] = {entry.happened_on for entry in history}
        before: object = ((), ())
        for number in range(-70, 100):
            owed = evaluation_dues(history, [standard(rule)], as_of=day(number))
            found = review_evaluations(history, [standard(rule)], as_of=day(number))
            now = (tuple(due.seen_on(day(0)) for due in owed), found)
            assert now == before or day(number) in announced
            before = now
            for due in owed:
                announced |= {due.window.start, due.window.end, due.closes}

    @settings(deadline=None)
    @given(evaluation_steps())
    def test_the_rule_can_be_written_in_a_rulebook(self, rule: EvaluationSteps) -> None:
        assert read(plain(rule), EvaluationSteps) == rule
        assert EvaluationSteps.asks == "evaluation-steps"
