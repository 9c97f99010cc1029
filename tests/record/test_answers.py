"""What a host asks of a whole record, by the model agency's rulebook."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casecore.clients import ClientDescribed
from casecore.contacts import Contact, Mode, NotCounted, Outcome
from casecore.discharges import Destination, Discharged, DischargeReason, summary_markdown
from casecore.goals import GoalSet, GoalStatus, GoalStatusChanged
from casecore.intake import Admission, FactStated, HistoryStated
from casecore.record import (
    REVIEWS,
    RULES,
    CaseRecord,
    Line,
    checklist,
    contact_accounts,
    eligibility_of,
    fold,
    readiness_of,
    summary_of,
)
from casecore.standards import Rules, model_rulebook_text, read_rulebook
from casecore.terms import Entry, NotPossible, StandardNotInForce, Verdict

D = date
RULEBOOK = Rules([read_rulebook(model_rulebook_text(), RULES)])
ADMITTED = (
    ClientDescribed(described_on=D(2026, 1, 5), client="P-1", born_on=D(1990, 5, 1)),
    Admission(admitted_on=D(2026, 1, 5), client="P-1", program="ICM"),
)


def record_of(*entries: Entry) -> CaseRecord:
    lines = [
        Line(f"e{place}", "C-1", place, datetime(2026, 6, 1, 9, place, tzinfo=UTC), "w-1", entry)
        for place, entry in enumerate(entries, start=1)
    ]
    return fold("C-1", lines)


def contact(day: date, outcome: Outcome = Outcome.HELD, mode: Mode = Mode.FACE_TO_FACE) -> Contact:
    return Contact(held_on=day, mode=mode, outcome=outcome, minutes=45)


class TestEligibility:
    """Two of three signs of need, an adult, a serious mental illness, not enrolled elsewhere (model agency 2.1)."""

    ON = D(2026, 6, 1)

    def stated(self, **facts: bool) -> list[Entry]:
        return [
            FactStated(stated_on=D(2026, 5, 20), name=name.replace("_", "-"), is_so=so) for name, so in facts.items()
        ]

    def test_an_empty_record_is_not_known_and_names_what_is_missing(self) -> None:
        verdict = eligibility_of(record_of(*ADMITTED), RULEBOOK, on=self.ON)
        assert verdict.answer.value == "not-known"
        assert "serious-mental-illness" in verdict.missing

    def test_what_is_stated_in_the_record_decides(self) -> None:
        lists = [
            HistoryStated(stated_on=D(2026, 5, 20), name=name, complete_from=D(2024, 1, 1))
            for name in ("hospital-admission", "crisis-visit")
        ]
        record = record_of(*ADMITTED, *self.stated(serious_mental_illness=True, enrolled_elsewhere=False), *lists)
        assert eligibility_of(record, RULEBOOK, on=D(2026, 5, 20)).is_no  # two of three signs are known to be lacking
        assert eligibility_of(record, RULEBOOK, on=self.ON).answer.value == "not-known"  # the lists end before that
        record = record_of(*ADMITTED, *self.stated(serious_mental_illness=False))
        assert eligibility_of(record, RULEBOOK, on=self.ON).is_no

    def test_what_was_stated_later_is_left_aside(self) -> None:
        record = record_of(*ADMITTED, *self.stated(serious_mental_illness=False))
        assert eligibility_of(record, RULEBOOK, on=D(2026, 5, 19)).answer.value == "not-known"

    def test_before_the_first_edition_it_refuses_to_judge(self) -> None:
        with pytest.raises(StandardNotInForce):
            eligibility_of(record_of(*ADMITTED), RULEBOOK, on=D(2020, 1, 1))


class TestReadiness:
    """A planned discharge waits for what the program asks; an unplanned one does not."""

    ON = D(2026, 6, 1)

    def asked(self, record: CaseRecord, *, is_planned: bool, reason: DischargeReason) -> Verdict:
        judged = checklist(record, RULEBOOK, as_of=self.ON, reviews=REVIEWS)
        return readiness_of(record, RULEBOOK, judged, on=self.ON, is_planned=is_planned, reason=reason)

    def test_everything_missing_is_named_at_once(self) -> None:
        goal = GoalSet(set_on=D(2026, 1, 6), goal_id="g-1", words="a job", in_clients_words=True)
        verdict = self.asked(record_of(*ADMITTED, goal), is_planned=True, reason=DischargeReason.GOALS_MET)
        assert verdict.is_no
        wrong = "\n".join(verdict.lines())
        assert "g-1" in wrong
        assert "plan" in wrong
        assert len(verdict.would_satisfy) > 1

    def test_death_is_not_held_up(self) -> None:
        assert self.asked(record_of(*ADMITTED), is_planned=False, reason=DischargeReason.DIED).is_yes


class TestContactsExplained:
    """Every contact of the month, and whether it counted."""

    def test_each_contact_stands_there_with_its_reason(self) -> None:
        record = record_of(
            *ADMITTED,
            contact(D(2026, 3, 3)),
            contact(D(2026, 3, 10), Outcome.NO_SHOW),
            contact(D(2026, 3, 12), mode=Mode.TELEPHONE),
        )
        accounts = contact_accounts(record, RULEBOOK, day=D(2026, 3, 31), as_of=D(2026, 3, 31))
        monthly = next(account for account in accounts if account.standard == "contacts/face-to-face")
        assert (monthly.count.counted, monthly.asked, monthly.still_owed) == (1, 4, 3)
        assert [line.why_not for line in monthly.count.lines] == [None, NotCounted.OUTCOME, NotCounted.MODE]

    def test_the_account_agrees_with_the_checklist(self) -> None:
        record = record_of(*ADMITTED, contact(D(2026, 3, 3)), contact(D(2026, 3, 20)))
        day = D(2026, 3, 31)
        dues = checklist(record, RULEBOOK, as_of=day, reviews=REVIEWS).dues
        for account in contact_accounts(record, RULEBOOK, day=day, as_of=day):
            assert account.due in dues

    def test_outside_the_episode_there_is_nothing_to_explain(self) -> None:
        record = record_of(*ADMITTED)
        assert contact_accounts(record, RULEBOOK, day=D(2026, 1, 4), as_of=D(2026, 3, 31)) == ()


class TestTheSummary:
    """The episode summed up from what was entered; what was not entered is not known."""

    def test_an_open_case_has_none(self) -> None:
        with pytest.raises(NotPossible, match="no discharge stands"):
            summary_of(record_of(*ADMITTED))

    def test_goals_contacts_and_destination_are_drawn_from_the_record(self) -> None:
        record = record_of(
            *ADMITTED,
            GoalSet(set_on=D(2026, 1, 6), goal_id="g-1", words="a job", in_clients_words=True),
            contact(D(2026, 3, 3)),
            GoalStatusChanged(changed_on=D(2026, 5, 1), goal_id="g-1", status=GoalStatus.COMPLETED),
            Discharged(
                discharged_on=D(2026, 5, 4),
                reason=DischargeReason.GOALS_MET,
                is_planned=True,
                destination=Destination.OWN_HOME,
            ),
        )
        text = summary_markdown(summary_of(record))
        assert "a job" in text
        assert "2026-05-04" in text
        assert "not known" in text  # no medication, no crisis contact were entered
