"""
What waits for somebody's approval, and who may give it.

>>> from datetime import date
>>> from casecore.staff import Approval, Supervision
>>> from casecore.standards import Standard
>>> from casecore.terms import Source, Span
>>> rule = ApprovalTerms(given_by=ApprovalGivenBy.SUPERVISOR, may_self_approve=False, may_deputy_approve=True,
...                      answer_within=Span(days=5))
>>> standard = Standard.fixed("staff/approvals", rule, since=date(2024, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.7", invented=True))
>>> asked = Approval(approval_id="a-1", kind="leave", asked_by="w-7", asked_on=date(2026, 3, 2))
>>> chart = [Supervision(worker="w-7", supervisor="w-2", since=date(2025, 1, 1))]
>>> may_approve(asked, "w-2", standard, chart, on=date(2026, 3, 3)).answer.value
'yes'
>>> may_approve(asked, "w-7", standard, chart, on=date(2026, 3, 3)).would_satisfy
('have w-2 answer',)
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from casecore.standards import Edition, Rule, Standard
from casecore.terms import (
    ONE_DAY,
    Due,
    Label,
    Period,
    Problem,
    Ref,
    Span,
    StandardNotInForce,
    Value,
    Verdict,
    Words,
    WorkingDays,
    all_of,
    no,
    not_known,
    yes,
)

from .supervision import Covering, Supervision, acting_for, away_on, climb, supervisors_on


class ApprovalGivenBy(enum.Enum):
    """Who gives an approval that names nobody."""

    SUPERVISOR = "supervisor"
    """The line supervisor of who asks, on the day of the answer."""
    ANYONE_ABOVE = "anyone-above"
    """That one, or anybody above."""


@attrs.frozen(kw_only=True)
class Approval(Value):
    """
    Something that a worker asked leave for, and the answer once there is one.

    Attributes:
        kind: What sort of thing, in the agency's own words: ``post-ruling``, ``leave``, ``expense``.
        about: The id of the thing it concerns, where there is one.
        approver: Whom it was put to; nothing where it goes to whoever the standard says.
        is_approved: The answer; nothing while it waits.
    """

    approval_id: Ref
    kind: Label
    asked_by: Ref
    asked_on: date
    about: Ref | None = None
    approver: Ref | None = None
    answered_on: date | None = None
    answered_by: Ref | None = None
    is_approved: bool | None = None
    because: Words | None = None

    def contradictions(self) -> Iterator[Problem]:
        answer = (self.answered_on, self.answered_by, self.is_approved)
        if None in answer and any(part is not None for part in (*answer, self.because)):
            yield Problem("", "must give all of answered_on, answered_by, is_approved, or none and no because")
        if self.answered_on is not None and self.answered_on < self.asked_on:
            yield Problem("answered_on", "must not be before asked_on")

    def waits_on(self, day: date) -> bool:
        """Whether it was asked by the end of *day* and not answered."""
        return self.asked_on <= day and (self.answered_on is None or self.answered_on > day)


@attrs.frozen(kw_only=True)
class ApprovalTerms(Rule, asks="approval"):
    """
    Who may approve what workers ask leave for, and by when it is to be answered.

    Attributes:
        kinds: What it holds for; nothing named means everything.
        given_by: Who approves what was put to nobody by name.
        may_self_approve: Whether who asked may answer.
        may_deputy_approve: Whether who covers for an absent approver may answer in their place.
        answer_within: The time from asking to the answer, where there is one.
    """

    given_by: ApprovalGivenBy
    may_self_approve: bool
    may_deputy_approve: bool
    kinds: tuple[Label, ...] = ()
    answer_within: Span | None = None

    def is_about(self, kind: str) -> bool:
        """Whether it holds for things of this kind."""
        return not self.kinds or kind in self.kinds


def may_approve(
    approval: Approval,
    worker: str,
    standard: Standard[ApprovalTerms],
    supervisions: Iterable[Supervision] = (),
    coverings: Iterable[Covering] = (),
    *,
    on: date,
) -> Verdict:
    """
    Whether a worker may answer on that day what somebody asked leave for.

    Where it is put to nobody by name and no supervisor of who asked is known, the answer is *not known*.

    Args:
        standard: Read on the day it was asked.
        supervisions, coverings: Line supervisors and absences; those of other days are passed over.

    Raises:
        StandardNotInForce: *standard* has no edition covering that day, or is not about this kind.
        SupervisionCircle: The chain above who asked comes back to itself.
    """
    edition = standard.on(approval.asked_on)
    rule = edition.rule
    if not rule.is_about(approval.kind):
        raise StandardNotInForce(f"{standard.name} is not about approvals of this kind")
    approvers = approvers_of(approval, rule, supervisors_on(supervisions, on=on), away_on(coverings, on=on), on)
    somebody = " or ".join(one for one in approvers if rule.may_self_approve or one != approval.asked_by)
    way = f"have {somebody} answer" if somebody else "name an approver"
    parts = [
        _waits(approval, on),
        _is_another(approval, worker, edition, way),
        _is_an_approver(approval, worker, rule, approvers, way),
    ]
    return all_of(f"May {worker} approve this?", parts, source=edition.source)


def approvers_of(
    approval: Approval, rule: ApprovalTerms, chart: Mapping[str, str], away: Mapping[str, str | None], on: date
) -> tuple[str, ...]:
    """
    Who may answer by their place, nearest first: whom it was put to, supervisors, deputies, and who asked if they may.

    Args:
        chart, away: The line supervisors and the absences of the day, as `supervisors_on` and `away_on` give them.
    """
    if approval.approver is not None:
        named = [approval.approver]
        deputy = _deputy(approval.approver, away)
    else:
        chain = climb(approval.asked_by, chart, on)
        named = list(chain if rule.given_by is ApprovalGivenBy.ANYONE_ABOVE else chain[:1])
        deputy = acting_for(approval.asked_by, chart, away, on)
    if rule.may_deputy_approve and deputy is not None:
        named.append(deputy)
    if rule.may_self_approve:
        named.append(approval.asked_by)
    return tuple(dict.fromkeys(named))


def approval_dues(
    approvals: Iterable[Approval],
    standard: Standard[ApprovalTerms],
    *,
    as_of: date,
    working_days: WorkingDays | None = None,
) -> tuple[Due, ...]:
    """
    The answers owed to what workers asked leave for, met ones too.

    Args:
        approvals: What was asked after *as_of* is passed over, and so is an answer given later.
        standard: Read on the day each was asked; where it is not in force then, is about other kinds, or states no
            time, nothing is owed.
        working_days: Needed where the time is in business days.

    Returns:
        ``approval-owed`` dues, by the day on which they run out.
    """
    dues = []
    for approval in approvals:
        edition = standard.in_force(approval.asked_on) if approval.asked_on <= as_of else None
        if edition is None or edition.rule.answer_within is None or not edition.rule.is_about(approval.kind):
            continue
        last = edition.rule.answer_within.after(approval.asked_on, working_days)
        answered_on = approval.answered_on
        dues.append(
            Due(
                code="approval-owed",
                what=f"an answer to a request ({approval.kind}) within {edition.rule.answer_within}",
                window=Period(approval.asked_on, last + ONE_DAY),
                since=approval.asked_on,
                as_of=as_of,
                standard=standard.name,
                source=edition.source,
                would_satisfy="an answer to it",
                met_on=answered_on if answered_on is not None and answered_on <= as_of else None,
                about=approval.approval_id,
                worker=approval.approver or "",
            )
        )
    return tuple(sorted(dues, key=lambda due: (due.window.end, due.about)))


def _deputy(approver: str, away: Mapping[str, str | None]) -> str | None:
    """Who acts for somebody who is away, one step after the other; nobody where that goes round."""
    seen: set[str] = set()
    acting: str | None = approver
    while acting is not None and acting in away:
        if acting in seen:
            return None
        seen.add(acting)
        acting = away[acting]
    return acting


def _waits(approval: Approval, on: date) -> Verdict:
    question = "Does it wait for an answer?"
    if approval.asked_on > on:
        return no(question, "it was asked later", would_satisfy=[f"answer on {approval.asked_on} or later"])
    if not approval.waits_on(on):
        return no(question, f"it was answered on {approval.answered_on}")
    return yes(question, f"it was asked on {approval.asked_on}")


def _is_another(approval: Approval, worker: str, edition: Edition[ApprovalTerms], way: str) -> Verdict:
    question = "Is it somebody other than who asked?"
    if worker != approval.asked_by:
        return yes(question)
    if edition.rule.may_self_approve:
        return yes(question, "not asked: who asked may answer", source=edition.source)
    return no(question, "nobody may approve what they asked for", would_satisfy=[way], source=edition.source)


def _is_an_approver(
    approval: Approval, worker: str, rule: ApprovalTerms, approvers: tuple[str, ...], way: str
) -> Verdict:
    question = f"Is {worker} one of those who approve this?"
    if worker in approvers:
        return yes(question)
    if approval.approver is None and set(approvers) <= {approval.asked_by}:
        return not_known(question, f"supervisor of {approval.asked_by}")
    return no(question, f"it waits for {' or '.join(approvers)}", would_satisfy=[way])
