from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import (
    Approval,
    ApprovalGivenBy,
    ApprovalTerms,
    Covering,
    Supervision,
    approval_dues,
    approvers_of,
    may_approve,
)
from casecore.standards import Edition, Standard
from casecore.terms import Answer, DueState, NotReadable, Period, Source, Span, StandardNotInForce
from casecore.testing.strategies.supervision import approval_terms, approvals

SOURCE = Source(cite="Model Agency Manual 3.7", invented=True)
ASKED = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=date(2026, 3, 2))
CHART = [
    Supervision(worker="w-7", supervisor="w-2", since=date(2025, 1, 1)),
    Supervision(worker="w-2", supervisor="w-1", since=date(2025, 1, 1)),
]
DAY = date(2026, 3, 3)


def terms(**more: object) -> Standard[ApprovalTerms]:
    fields: dict[str, object] = {
        "given_by": ApprovalGivenBy.SUPERVISOR, "may_self_approve": False, "may_deputy_approve": True,
        "answer_within": Span(days=5),
    }  # fmt: skip
    made = ApprovalTerms(**{**fields, **more})  # type: ignore[arg-type]  # fields by name
    return Standard.fixed("staff/approvals", made, since=date(2026, 1, 1), source=SOURCE)


def away(absent: str, covered_by: str | None) -> Covering:
    return Covering(absent=absent, covered_by=covered_by, days=Period(DAY, date(2026, 3, 10)))


class TestMayApprove:
    """A worker's supervisor approves what they ask leave for; nobody approves their own (model agency)."""

    def test_the_supervisor_may_and_others_may_not(self) -> None:
        assert may_approve(ASKED, "w-2", terms(), CHART, on=DAY).is_yes
        verdict = may_approve(ASKED, "w-1", terms(), CHART, on=DAY)
        assert verdict.is_no
        assert verdict.would_satisfy == ("have w-2 answer",)
        assert verdict.source == SOURCE

    def test_anyone_above_where_the_standard_says_so(self) -> None:
        asked = terms(given_by=ApprovalGivenBy.ANYONE_ABOVE)
        assert may_approve(ASKED, "w-1", asked, CHART, on=DAY).is_yes

    def test_self_approval_is_refused_unless_allowed(self) -> None:
        verdict = may_approve(ASKED, "w-7", terms(), CHART, on=DAY)
        assert verdict.is_no
        assert "nobody may approve what they asked for" in [part.because for part in verdict.parts]
        assert verdict.would_satisfy == ("have w-2 answer",)
        assert may_approve(ASKED, "w-7", terms(may_self_approve=True), CHART, on=DAY).is_yes

    def test_self_approval_is_refused_by_name_and_by_deputy_too(self) -> None:
        own = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=ASKED.asked_on, approver="w-7")
        verdict = may_approve(own, "w-7", terms(), CHART, on=DAY)
        assert verdict.is_no
        assert "name an approver" in verdict.would_satisfy
        named = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=ASKED.asked_on, approver="w-2")
        assert may_approve(named, "w-7", terms(), CHART, [away("w-2", "w-7")], on=DAY).is_no
        assert may_approve(ASKED, "w-7", terms(), CHART, [away("w-2", "w-7")], on=DAY).is_no

    def test_a_deputy_may_while_the_approver_is_away(self) -> None:
        coverings = [away("w-2", "w-3")]
        assert may_approve(ASKED, "w-3", terms(), CHART, coverings, on=date(2026, 3, 2)).is_no
        assert may_approve(ASKED, "w-3", terms(), CHART, coverings, on=DAY).is_yes
        assert may_approve(ASKED, "w-3", terms(may_deputy_approve=False), CHART, coverings, on=DAY).is_no
        named = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=ASKED.asked_on, approver="w-9")
        assert may_approve(named, "w-3", terms(), CHART, [away("w-9", "w-3")], on=DAY).is_yes
        round_about = [away("w-9", "w-3"), away("w-3", "w-9")]
        assert may_approve(named, "w-3", terms(), CHART, round_about, on=DAY).is_no

    def test_without_a_known_supervisor_it_is_not_known(self) -> None:
        verdict = may_approve(ASKED, "w-2", terms(), on=DAY)
        assert (verdict.answer, verdict.missing) == (Answer.NOT_KNOWN, ("supervisor of w-7",))

    def test_only_what_waits(self) -> None:
        answered = Approval(
            approval_id="a-1", kind="leave", asked_by="w-7", asked_on=ASKED.asked_on, answered_on=DAY,
            answered_by="w-2", is_approved=True,
        )  # fmt: skip
        assert may_approve(answered, "w-2", terms(), CHART, on=date(2026, 3, 2)).is_yes
        assert may_approve(answered, "w-2", terms(), CHART, on=DAY).is_no
        early = may_approve(ASKED, "w-2", terms(), CHART, on=date(2026, 3, 1))
        assert early.would_satisfy == ("answer on 2026-03-02 or later",)

    def test_a_standard_about_other_kinds_or_days_is_no_permission(self) -> None:
        with pytest.raises(StandardNotInForce):
            may_approve(ASKED, "w-2", terms(kinds=("expense",)), CHART, on=DAY)
        old = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=date(2025, 12, 31))
        with pytest.raises(StandardNotInForce):
            may_approve(old, "w-2", terms(), CHART, on=DAY)

    @given(approvals(kind="leave", asked_by="w-7"), approval_terms(), st.sampled_from(["w-1", "w-2", "w-3", "w-7"]))
    def test_law(self, approval: Approval, rule: ApprovalTerms, worker: str) -> None:
        """Yes is given only to one of the approvers, and to who asked only where the standard allows it."""
        standard = Standard.fixed("a/b", rule, since=date(2019, 1, 1), source=SOURCE)
        verdict = may_approve(approval, worker, standard, CHART, on=approval.asked_on)
        approvers = approvers_of(approval, rule, {"w-7": "w-2", "w-2": "w-1"}, {}, approval.asked_on)
        if approval.asked_on >= date(2025, 1, 1) and approval.answered_on != approval.asked_on:
            expected = worker in approvers and (worker != "w-7" or rule.may_self_approve)
            assert verdict.is_yes == expected


class TestApproval:
    """An answer is whole: day, who and what."""

    @pytest.mark.parametrize(
        "more",
        [{"answered_on": DAY}, {"is_approved": True, "answered_by": "w-2"}, {"because": "no reason to answer"}],
    )
    def test_half_an_answer_is_refused(self, more: dict[str, object]) -> None:
        with pytest.raises(NotReadable, match="must give all of answered_on, answered_by, is_approved"):
            Approval(approval_id="a", kind="leave", asked_by="w-7", asked_on=DAY, **more)  # type: ignore[arg-type]  # by name

    def test_an_answer_before_the_question_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="answered_on: must not be before asked_on"):
            Approval(
                approval_id="a", kind="leave", asked_by="w-7", asked_on=DAY, answered_on=date(2026, 3, 2),
                answered_by="w-2", is_approved=False,
            )  # fmt: skip


class TestApprovalDues:
    """What was asked is answered within five days (model agency)."""

    def answered(self, on: date) -> Approval:
        return Approval(
            approval_id="a-2", kind="leave", asked_by="w-7", asked_on=ASKED.asked_on, approver="w-2", answered_on=on,
            answered_by="w-2", is_approved=False,
        )  # fmt: skip

    @pytest.mark.parametrize(("day", "state"), [(7, DueState.DUE), (8, DueState.OVERDUE)])
    def test_the_last_day_and_the_day_after(self, day: int, state: DueState) -> None:
        (due,) = approval_dues([ASKED], terms(), as_of=date(2026, 3, day))
        assert (due.state, due.code, due.about, due.by) == (state, "approval-owed", "a-1", date(2026, 3, 7))
        assert due.source == SOURCE

    @pytest.mark.parametrize(("day", "state"), [(7, DueState.MET), (8, DueState.MET_LATE)])
    def test_met(self, day: int, state: DueState) -> None:
        (due,) = approval_dues([self.answered(date(2026, 3, day))], terms(), as_of=date(2026, 3, 9))
        assert (due.state, due.worker) == (state, "w-2")

    def test_what_lies_in_the_future_is_passed_over(self) -> None:
        assert approval_dues([ASKED], terms(), as_of=date(2026, 3, 1)) == ()
        (due,) = approval_dues([self.answered(date(2026, 3, 9))], terms(), as_of=date(2026, 3, 8))
        assert due.state is DueState.OVERDUE

    def test_nothing_is_owed_without_a_time_of_other_kinds_or_before_the_standard(self) -> None:
        repealed = Standard(name="a/b", editions=(Edition(since=date(2026, 1, 1), source=SOURCE),))
        for standard in (terms(answer_within=None), terms(kinds=("expense",)), repealed):
            assert approval_dues([ASKED], standard, as_of=DAY) == ()
