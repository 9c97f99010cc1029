"""What a host's type checker must refuse: each marked line, for the reason named beside it, and nothing else."""

from __future__ import annotations

from datetime import date

from casecore.contacts import Contact, Mode, Outcome
from casecore.goals import GoalSet
from casecore.staff import CaseloadLimit
from casecore.standards import Standard
from casecore.terms import Due, Span, read

DAY = date(2026, 3, 4)


def refused(standard: Standard[CaseloadLimit], due: Due) -> None:
    Contact(held_on="2026-03-04", mode=Mode.VIDEO, outcome=Outcome.HELD)  # refused: arg-type
    Contact(held_on=DAY, mode="video", outcome=Outcome.HELD)  # refused: arg-type
    Contact(held_on=DAY, mode=Mode.VIDEO)  # refused: call-arg
    Contact(held_on=DAY, mode=Mode.VIDEO, outcome=Outcome.HELD, minute=40)  # refused: call-arg
    GoalSet(set_on=DAY, goal_id="g", words="w", in_clients_words=True, needs=["n"])  # refused: arg-type
    Span(3)  # refused: call-arg
    due.met_on = DAY  # refused: misc
    print(standard.on(DAY).rule.least)  # refused: attr-defined
    standard.on("2026-03-04")  # refused: arg-type
    text: str = read({}, Span)  # refused: assignment
    print(text)
