"""The due index gives the same answer as judging every case in full, on any day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casecore.caseloads import ON_THE_LIST, open_items
from casecore.record import REVIEWS, RULES, CaseRecord, Checklist, Line, checklist, fold
from casecore.standards import Rules, model_rulebook_text, read_rulebook
from casecore.terms import Due, Finding
from casecore.testing.strategies.record import FIRST_DAY, case_histories

MODEL = Rules([read_rulebook(model_rulebook_text(), RULES)])
STANDARDS = tuple(MODEL.standards)


def judged(record: CaseRecord, day: date) -> Checklist:
    return checklist(record, MODEL, as_of=day, reviews=REVIEWS)


def on_the_list(found: Checklist) -> list[Due]:
    return [due.belonging_to(found.case, found.worker) for due in found.dues if due.state in ON_THE_LIST]


def findings(found: Checklist) -> tuple[Finding, ...]:
    return tuple(finding.belonging_to(found.case, found.worker) for finding in found.findings)


def last_written_on(lines: tuple[Line, ...]) -> date:
    return lines[-1].recorded_at.date()


class TestLookingAgain:
    """What was judged on one day holds until the day it says the case must be looked at again."""

    @given(case_histories(standards=STANDARDS), st.integers(0, 400), st.integers(0, 120))
    def test_until_then_nothing_changes_but_the_states(self, lines: tuple[Line, ...], after: int, later: int) -> None:
        record = fold("C-1", lines)
        first = last_written_on(lines) + timedelta(days=after)
        day = first + timedelta(days=later)
        row = open_items(record, judged(record, first), rules="model")
        now = judged(record, day)
        if row.look_again_on is not None and day >= row.look_again_on:
            return
        assert [due.seen_on(day) for due in row.dues] == on_the_list(now)
        assert row.findings == findings(now)
        assert row.worker == now.worker

    @given(case_histories(standards=STANDARDS, most_steps=12))
    def test_a_case_walked_day_by_day_is_always_told_rightly(self, lines: tuple[Line, ...]) -> None:
        record = fold("C-1", lines)
        day = last_written_on(lines)
        row = open_items(record, judged(record, day), rules="model")
        for _ in range(100):
            day += timedelta(days=1)
            now = judged(record, day)
            if row.look_again_on is not None and day >= row.look_again_on:
                row = open_items(record, now, rules="model")
            assert [due.seen_on(day) for due in row.dues] == on_the_list(now)
            assert row.findings == findings(now)

    def test_the_model_case_is_looked_at_again_at_all(self) -> None:
        assert open_items(fold("C", ()), judged(fold("C", ()), FIRST_DAY), rules="model").look_again_on
