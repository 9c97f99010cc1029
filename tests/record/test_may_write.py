from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.assessments import Assessment
from casecore.contacts import Contact, Mode, Outcome
from casecore.crises import Setting, StayBegan, StayEnded
from casecore.discharges import Destination, Discharged, DischargeReason, DischargeUndone, SummaryWritten
from casecore.goals import GoalSet, ProgressNoted
from casecore.intake import Admission
from casecore.plans import PlanDrafted, PlanProposed
from casecore.record import (
    CaseRecord,
    Correction,
    LateEntry,
    LateEntryLimits,
    Line,
    StrikeOut,
    fold,
    may_write,
)
from casecore.standards import Edition
from casecore.terms import Entry, NotPossible, Source, Span, Verdict, WorkingDays
from casecore.testing.strategies.entries import late_entry_limits
from casecore.testing.strategies.terms import working_days

D = date
TODAY = D(2026, 3, 31)
ADMITTED = Admission(admitted_on=D(2026, 3, 1), client="P-1", program="ICM")
LIMITS = Edition(
    since=D(2024, 1, 1),
    source=Source(cite="Model Agency Manual 7.2", invented=True),
    value=LateEntryLimits(late_after=Span(days=7), refused_after=Span(days=45)),
)


def record_of(*entries: Entry) -> CaseRecord:
    lines = [
        Line(f"e{place}", "C-1", place, datetime(2026, 3, 1, 9, place, tzinfo=UTC), "w-1", entry)
        for place, entry in enumerate(entries, start=1)
    ]
    return fold("C-1", lines)


def contact(day: date) -> Contact:
    return Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=30)


def discharged(day: date) -> Discharged:
    return Discharged(
        discharged_on=day, reason=DischargeReason.MOVED_AWAY, is_planned=True, destination=Destination.FAMILY
    )


def goal(day: date | None = None) -> GoalSet:
    return GoalSet(set_on=day or D(2026, 3, 5), goal_id="g-1", words="work again", in_clients_words=True)


def asked(record: CaseRecord, entry: Entry) -> Verdict:
    return may_write(record, entry, today=TODAY)


def refused_because(record: CaseRecord, entry: Entry) -> list[str]:
    verdict = asked(record, entry)
    assert verdict.is_no
    assert all(part.is_no for part in verdict.parts)
    return [part.because for part in verdict.parts]


class TestDays:
    """Nothing is written before it has happened."""

    def test_today_may_be_written_and_tomorrow_may_not(self) -> None:
        record = record_of(ADMITTED)
        assert asked(record, contact(TODAY)).is_yes
        assert refused_because(record, contact(TODAY + timedelta(days=1))) == ["dated 2026-04-01, after 2026-03-31"]

    def test_the_fact_inside_an_amendment_has_happened_too(self) -> None:
        late = LateEntry(entered_on=TODAY, entry=contact(D(2026, 4, 2)), reason="mistake")
        assert asked(record_of(ADMITTED), late).is_no
        fixed = Correction(corrected_on=TODAY, of="e2", to=contact(D(2026, 4, 2)), reason="mistake")
        assert asked(record_of(ADMITTED, contact(TODAY)), fixed).is_no


class TestTheEpisode:
    """Work on goals and plans needs an admission, and ends with the discharge."""

    def test_outreach_and_screening_come_before_admission(self) -> None:
        nobody = fold("C-1", ())
        assert asked(nobody, contact(TODAY)).is_yes
        assert asked(nobody, Assessment(completed_on=TODAY, assessment_id="a", about="depression")).is_yes

    def test_a_goal_needs_an_admission_on_or_before_its_day(self) -> None:
        assert refused_because(fold("C-1", ()), goal()) == ["no admission is written"]
        assert refused_because(record_of(ADMITTED), goal(D(2026, 2, 28))) == ["admitted on 2026-03-01"]
        assert asked(record_of(ADMITTED), goal(D(2026, 3, 1))).is_yes

    def test_a_second_admission_is_a_new_case(self) -> None:
        verdict = asked(record_of(ADMITTED), ADMITTED)
        assert verdict.is_no
        assert verdict.would_satisfy == ("a new case whose admission follows this one",)

    def test_after_the_discharge_only_what_belongs_there(self) -> None:
        record = record_of(ADMITTED, goal(), discharged(D(2026, 3, 20)))
        assert asked(record, contact(D(2026, 3, 25))).is_yes  # follow-up
        assert asked(record, SummaryWritten(written_on=D(2026, 3, 25))).is_yes
        assert asked(record, ProgressNoted(noted_on=D(2026, 3, 20), goal_id="g-1", note="met")).is_yes
        assert refused_because(record, ProgressNoted(noted_on=D(2026, 3, 21), goal_id="g-1", note="met")) == [
            "discharged on 2026-03-20"
        ]

    def test_a_discharge_is_not_dated_before_the_work_that_followed(self) -> None:
        record = record_of(ADMITTED, goal(D(2026, 3, 5)))
        assert asked(record, discharged(D(2026, 3, 4))).would_satisfy == ("amending entry e2 first",)
        assert asked(record, discharged(D(2026, 3, 5))).is_yes

    def test_undoing_needs_a_discharge(self) -> None:
        undone = DischargeUndone(undone_on=TODAY, reason="stayed")
        assert asked(record_of(ADMITTED), undone).is_no
        assert asked(record_of(ADMITTED, discharged(TODAY)), undone).is_yes

    def test_a_case_is_discharged_once(self) -> None:
        assert asked(record_of(ADMITTED, discharged(TODAY)), discharged(TODAY)).is_no


class TestIds:
    """What an entry refers to is there by then; what it names anew is new."""

    def test_progress_needs_its_goal_by_its_day(self) -> None:
        progress = ProgressNoted(noted_on=D(2026, 3, 4), goal_id="g-1", note="started")
        assert refused_because(record_of(ADMITTED), progress) == ["this record has no goal g-1"]
        assert "it is there from 2026-03-05 on" in refused_because(record_of(ADMITTED, goal()), progress)

    def test_plan_versions_count_up_once_the_one_before_is_put_to_the_signers(self) -> None:
        first = PlanDrafted(drafted_on=D(2026, 3, 6), plan_id="p", plan_version=1, author="w-1")
        second = PlanDrafted(drafted_on=TODAY, plan_id="p", plan_version=2, author="w-1")
        assert asked(record_of(ADMITTED, first), first).is_yes  # a draft may be written again
        assert asked(record_of(ADMITTED, first), second).is_no
        proposed = record_of(ADMITTED, first, PlanProposed(proposed_on=D(2026, 3, 7), plan_id="p", plan_version=1))
        assert asked(proposed, second).is_yes
        assert asked(proposed, PlanDrafted(drafted_on=TODAY, plan_id="p", plan_version=3, author="w-1")).is_no
        assert asked(proposed, PlanProposed(proposed_on=TODAY, plan_id="p", plan_version=2)).is_no

    def test_a_stay_ends_once_and_after_it_began(self) -> None:
        began = StayBegan(admitted_on=D(2026, 3, 10), stay_id="s", setting=Setting.PSYCHIATRIC_INPATIENT)
        record = record_of(ADMITTED, began)
        assert asked(record, StayEnded(discharged_on=D(2026, 3, 9), stay_id="s")).is_no
        ended = StayEnded(discharged_on=D(2026, 3, 10), stay_id="s")
        assert asked(record, ended).is_yes
        assert asked(record_of(ADMITTED, began, ended), ended).is_no
        assert asked(record, began).is_no

    def test_every_reason_is_given_at_once(self) -> None:
        plan = PlanDrafted(drafted_on=D(2026, 4, 1), plan_id="p", plan_version=2, author="w-1", goals=("g-7", "g-8"))
        assert len(refused_because(fold("C-1", ()), plan)) == 5


class TestAmending:
    """An amendment names an entry that stands, keeps its kind, and leaves no other entry without what it refers to."""

    def test_the_entry_is_in_this_case(self) -> None:
        assert asked(record_of(ADMITTED), StrikeOut(struck_on=TODAY, of="e9", reason="wrong")).is_no

    def test_a_struck_out_entry_is_not_corrected(self) -> None:
        record = record_of(ADMITTED, contact(TODAY), StrikeOut(struck_on=TODAY, of="e2", reason="wrong client"))
        fixed = Correction(corrected_on=TODAY, of="e2", to=contact(TODAY), reason="length")
        assert asked(record, fixed).is_no
        assert asked(record, StrikeOut(struck_on=TODAY, of="e2", reason="again")).is_no
        assert asked(record, StrikeOut(struck_on=TODAY, of="e3", reason="it was this client")).is_yes

    def test_a_correction_keeps_the_kind(self) -> None:
        fixed = Correction(corrected_on=TODAY, of="e1", to=contact(TODAY), reason="length")
        assert asked(record_of(ADMITTED), fixed).is_no

    def test_what_others_refer_to_is_not_taken_away(self) -> None:
        record = record_of(ADMITTED, goal(), ProgressNoted(noted_on=TODAY, goal_id="g-1", note="going well"))
        verdict = asked(record, StrikeOut(struck_on=TODAY, of="e2", reason="wrong client"))
        assert verdict.is_no
        assert verdict.would_satisfy == ("amending entry e3 first",)

    def test_an_admission_is_not_moved_past_what_followed_it(self) -> None:
        later = Admission(admitted_on=D(2026, 3, 20), client="P-1", program="ICM")
        record = record_of(ADMITTED, goal())
        assert asked(record, Correction(corrected_on=TODAY, of="e1", to=later, reason="typo")).is_no


class TestOneDischarge:
    """An episode has one admission and one discharge that stand, whatever is amended."""

    def test_an_undoing_is_not_struck_out_once_another_discharge_stands(self) -> None:
        undone = DischargeUndone(undone_on=D(2026, 3, 12), reason="stayed")
        record = record_of(ADMITTED, discharged(D(2026, 3, 10)), undone, discharged(D(2026, 3, 20)))
        verdict = asked(record, StrikeOut(struck_on=TODAY, of="e3", reason="did not stay"))
        assert verdict.is_no
        assert verdict.would_satisfy == ("amending entry e4 first",)

    def test_before_that_it_may_be(self) -> None:
        undone = DischargeUndone(undone_on=D(2026, 3, 12), reason="stayed")
        record = record_of(ADMITTED, discharged(D(2026, 3, 10)), undone)
        assert asked(record, StrikeOut(struck_on=TODAY, of="e3", reason="did not stay")).is_yes


class TestLateEntries:
    """A rulebook may say when an entry is late, and when it is no longer taken."""

    def late(self, day: date, *, marked: bool) -> Verdict:
        entry = LateEntry(entered_on=TODAY, entry=contact(day), reason="away") if marked else contact(day)
        return may_write(record_of(), entry, today=TODAY, limits=LIMITS)

    def test_up_to_the_last_day_no_mark_is_needed(self) -> None:
        assert self.late(D(2026, 3, 24), marked=False).is_yes

    def test_the_day_after_it_must_be_marked_as_late(self) -> None:
        verdict = self.late(D(2026, 3, 23), marked=False)
        assert verdict.is_no
        assert verdict.parts[0].source == LIMITS.source
        assert self.late(D(2026, 3, 23), marked=True).is_yes

    def test_in_the_end_it_is_not_taken(self) -> None:
        assert self.late(TODAY - timedelta(days=45), marked=True).is_yes
        assert self.late(TODAY - timedelta(days=46), marked=True).is_no

    @given(late_entry_limits(), working_days(), st.dates(D(2025, 6, 1), TODAY))
    def test_under_any_rule_only_the_two_last_days_decide(
        self, rule: LateEntryLimits, calendar: WorkingDays, day: date
    ) -> None:
        limits = Edition(since=D(2024, 1, 1), source=LIMITS.source, value=rule)
        late = LateEntry(entered_on=TODAY, entry=contact(day), reason="away")
        unmarked, marked = (
            may_write(record_of(), entry, today=TODAY, limits=limits, working_days=calendar)
            for entry in (contact(day), late)
        )
        is_taken = rule.refused_after is None or rule.refused_after.after(day, calendar) >= TODAY
        assert marked.is_yes is is_taken
        assert unmarked.is_yes is (is_taken and rule.late_after.after(day, calendar) >= TODAY)

    def test_without_a_rule_nothing_is_late(self) -> None:
        assert asked(record_of(), contact(D(2020, 1, 1))).is_yes


def test_the_refusal_reads_as_a_tree() -> None:
    verdict = asked(record_of(), goal())
    with pytest.raises(NotPossible, match="no admission is written") as error:
        raise NotPossible(verdict)
    assert "would satisfy: an admission before it" in str(error.value)
