"""What a host's type checker knows of the public face. Checked by mypy, strictly; never run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_type

from casecore.contacts import Contact, Mode, Outcome
from casecore.staff import CaseloadLimit
from casecore.standards import Edition, Exemption, Rule, Rules, Standard, lift
from casecore.terms import Due, DueState, Period, Source, Span, Verdict, WorkingDays, all_of, read

DAY = date(2026, 3, 4)


def a_standard_knows_its_rule(standard: Standard[CaseloadLimit], rules: Rules) -> None:
    assert_type(standard.on(DAY), Edition[CaseloadLimit])
    assert_type(standard.on(DAY).rule, CaseloadLimit)
    assert_type(standard.on(DAY).value, CaseloadLimit | None)
    assert_type(standard.on(DAY).rule.at_most, int)
    assert_type(standard.in_force(DAY), Edition[CaseloadLimit] | None)
    assert_type(rules.asking(CaseloadLimit), tuple[Standard[CaseloadLimit], ...])
    assert_type(rules.standards, Mapping[str, Standard[Any]])
    limit = CaseloadLimit(at_most=12)
    assert_type(Standard.fixed("caseload/size", limit, since=DAY, source=Source(cite="a")), Standard[CaseloadLimit])


def a_standard_of_something_special_is_one_of_something_general(standard: Standard[CaseloadLimit]) -> Standard[Rule]:
    return standard


def days_are_days(span: Span, calendar: WorkingDays, due: Due) -> None:
    assert_type(span.after(DAY), date)
    assert_type(span.after(DAY, calendar), date)
    assert_type(span.look_back(DAY), Period)
    assert_type(due.by, date)
    assert_type(due.state, DueState)
    assert_type(due.seen_on(DAY), Due)


def what_is_read_is_what_was_asked_for(data: object) -> None:
    assert_type(read(data, Span), Span)
    assert_type(read(data, Contact), Contact)


def entries_know_their_fields() -> None:
    contact = Contact(held_on=DAY, mode=Mode.FACE_TO_FACE, outcome=Outcome.HELD, minutes=40)
    assert_type(contact.minutes, int | None)
    assert_type(contact.happened_on, date)
    assert_type(contact.was_held, bool)


def judgements_are_values(verdicts: list[Verdict], dues: list[Due], exemptions: list[Exemption]) -> None:
    assert_type(all_of("all?", verdicts), Verdict)
    assert_type(lift(dues, exemptions), tuple[Due, ...])
