from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from casecore.agency.lines import index_row
from casecore.caseloads import ON_THE_LIST, OpenItems, Worklist, open_items
from casecore.contacts import Contact, Mode, Outcome
from casecore.intake import Admission
from casecore.record import REVIEWS, RULES, Checklist, Line, checklist, fold
from casecore.staff import WorkerAssigned
from casecore.standards import Exemption, Rules, model_rulebook_text, read_rulebook
from casecore.terms import Due, DueState, Entry, Finding, Period

MODEL = Rules([read_rulebook(model_rulebook_text(), RULES)])
ADMITTED = Admission(admitted_on=date(2026, 3, 2), client="P-1", program="ICM")


def judged(day: date, *entries: Entry) -> Checklist:
    lines = [
        Line(f"e{place}", "C-1", place, datetime(2026, 3, 4, 9, tzinfo=UTC), "w-1", entry)
        for place, entry in enumerate((ADMITTED, *entries), start=1)
    ]
    return checklist(fold("C-1", lines), MODEL, as_of=day, reviews=REVIEWS)


def visit(day: date, written_on: date | None = None) -> Contact:
    return Contact(held_on=day, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40, written_on=written_on)


class TestDaysOnWhichACaseIsLookedAtAgain:
    """Each of these days is named beforehand by every checklist before it."""

    @pytest.mark.parametrize(
        ("entry", "turn"),
        [
            (visit(date(2026, 3, 4), written_on=date(2026, 3, 12)), date(2026, 3, 12)),  # a note still to come
            (visit(date(2026, 3, 11)), date(2026, 3, 11)),  # a fact dated later, written at a desk that is ahead
            (WorkerAssigned(assigned_on=date(2026, 3, 9), worker="w-2"), date(2026, 3, 9)),
            (
                Exemption(
                    granted_on=date(2026, 3, 3), exemption_id="x", standard="contacts/notes", reason="r",
                    authority="director", since=date(2026, 3, 10), until=date(2026, 3, 13),
                ),
                date(2026, 3, 13),
            ),
        ],
        ids=["note", "later-fact", "worker", "exemption"],
    )  # fmt: skip
    def test_it_is_named(self, entry: Entry, turn: date) -> None:
        day = date(2026, 3, 4)
        seen = []
        while day < turn:
            next_look = judged(day, entry).look_again_on
            assert next_look is not None
            assert day < next_look <= turn
            seen.append(next_look)
            day = next_look
        assert seen[-1] == turn

    def test_the_first_of_a_month_is_one(self) -> None:
        day = date(2026, 3, 31)
        assert judged(day).look_again_on == date(2026, 4, 1)


class TestARowOfTheIndex:
    """A row tells the truth from the day it was judged until the day to look again, under its own rules."""

    def row(self) -> OpenItems:
        lines = [Line("e1", "C-1", 1, datetime(2026, 3, 4, 9, tzinfo=UTC), "w-1", ADMITTED)]
        return open_items(fold("C-1", lines), judged(date(2026, 3, 4)), rules="model")

    def test_its_days_are_half_open(self) -> None:
        row = self.row()
        kept = index_row(row)
        assert row.look_again_on is not None
        days = [row.valid_from - timedelta(days=1), row.valid_from, row.look_again_on - timedelta(days=1)]
        assert [kept.holds_on(str(day), "model") for day in (*days, row.look_again_on)] == [False, True, True, False]

    def test_other_rules_ask_for_another_judgement(self) -> None:
        assert not index_row(self.row()).holds_on("2026-03-04", "other")

    def test_it_carries_the_case_and_what_is_on_the_list_only(self) -> None:
        row = self.row()
        assert (row.case, row.number, row.program) == ("C-1", 1, "ICM")
        assert {due.case for due in row.dues} == {"C-1"}
        assert {due.state for due in row.dues} <= ON_THE_LIST


def due(last: int, code: str = "visit-owed", case: str = "C-1") -> Due:
    return Due(
        code=code, what="one visit", since=date(2026, 3, 1), window=Period(date(2026, 3, 1), date(2026, 3, last + 1)),
        as_of=date(2026, 3, 15), case=case,
    )  # fmt: skip


class TestAWorklist:
    """A worklist is read from the top: the longest overdue first."""

    def test_dues_in_the_order_in_which_they_run_out(self) -> None:
        owed = [due(20), due(10, case="C-2"), due(10), due(10, code="note-owed")]
        listed = Worklist(date(2026, 3, 15), lambda: owed)
        assert [(one.by.day, one.case, one.code) for one in listed] == [
            (10, "C-1", "note-owed"), (10, "C-1", "visit-owed"), (10, "C-2", "visit-owed"), (20, "C-1", "visit-owed"),
        ]  # fmt: skip
        assert [one.by.day for one in listed.overdue] == [10, 10, 10]
        assert all(one.state is DueState.OVERDUE for one in listed.overdue)
        assert (len(listed), listed[0].by.day, [one.by.day for one in listed[-1:]]) == (4, 10, [20])

    def test_findings_the_latest_first(self) -> None:
        found = [Finding(code="note-late", on=date(2026, 3, day), what="late") for day in (4, 9, 6)]
        assert [one.on.day for one in Worklist(date(2026, 3, 15), list, lambda: found).findings] == [9, 6, 4]
        assert Worklist(date(2026, 3, 15), list).findings == ()
