"""Short ways to ask one thing of one file, for the unit tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from casecore.staff import Credential, Credits, CreditUnit, Degree, Level, Qualification, Spell, StaffFile, may_hold
from casecore.staff.posts import Counting, Need, Qualifications
from casecore.terms import Answer, read
from tests.staff.qualifying.asking import post_of

ON = date(2026, 3, 1)
YES, NO, NOT_KNOWN, NEEDS_JUDGEMENT = Answer.YES, Answer.NO, Answer.NOT_KNOWN, Answer.NEEDS_JUDGEMENT


def day(text: str) -> date:
    return date.fromisoformat(text)


def hold(
    need: dict[str, Any], *, on: date = ON, step: str | None = None, asked: dict[str, Any] | None = None, **file: Any
) -> Qualification:
    """May somebody with this file hold a post with this one need?"""
    fields = dict(asked or {})
    if "counting" in fields:
        fields["counting"] = read(fields["counting"], Counting)
    post = post_of(Qualifications(needs=read(need, Need), **fields))
    return may_hold(post, StaffFile(worker="w-1", **file), on=on, step=step)


def answer(need: dict[str, Any], **file: Any) -> Answer:
    return hold(need, **file).answer


def work(began: str, ended: str | None = None, **fields: Any) -> Spell:
    """Work from day to day, full time unless told otherwise."""
    if not {"share", "hours_per_week", "hours", "unknown"} & set(fields):
        fields["share"] = 1.0
    fields.pop("unknown", None)
    return Spell(began_on=day(began), ended_on=None if ended is None else day(ended), **fields)


def bachelor(awarded: str | None = "2015-05-15", **fields: Any) -> Degree:
    return Degree(
        **{"level": Level.BACHELOR, "awarded_on": None if awarded is None else day(awarded), "credits": ()} | fields
    )


def semester(amount: float, subject: str | None = None, **fields: Any) -> Credits:
    return Credits(**{"amount": amount, "subject": subject, "unit": CreditUnit.SEMESTER} | fields)


def license_(issued: str | None, expires: str | None = None, name: str = "LMSW", **fields: Any) -> Credential:
    return Credential(
        name=name,
        issued_on=None if issued is None else day(issued),
        expires_on=None if expires is None else day(expires),
        **fields,
    )


def months(number: float, **fields: Any) -> dict[str, Any]:
    """A need for so many months of work."""
    return {"experience": {"at_least": {"months": number}} | fields}
