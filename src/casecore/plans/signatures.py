"""Who must sign a plan, and from which day it is in force."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from casecore.standards import Rule
from casecore.terms import Problem

from .plan import PlanSigned, Signer

OneOf = tuple[Signer, ...]
"""Roles of which one must sign."""


class InForceFrom(enum.Enum):
    """Which signature puts a plan in force."""

    LAST_SIGNATURE = "last-signature"
    CLIENT_SIGNATURE = "client-signature"


@attrs.frozen(kw_only=True)
class PlanSignatures(Rule, asks="plan-signatures"):
    """
    Who must sign a plan.

    Attributes:
        required: The signatures asked for; each is a list of roles of which any one will do:
            ``[["client", "guardian"], ["case-manager"], ["supervisor"]]``.
        approver: The role whose signature approves the plan, where there is one.
        may_author_approve: Whether who wrote the plan may sign it as the approver.
        refusal_stands_for: The roles whose refusal, documented with its reason, stands for their signature.
        in_force_from: With the last signature required, the plan is in force once all of them are there. With the
            client's it is in force from theirs (or from that of whoever may sign instead), and the others stay owed.
    """

    required: tuple[OneOf, ...]
    in_force_from: InForceFrom
    may_author_approve: bool
    approver: Signer | None = None
    refusal_stands_for: frozenset[Signer] = frozenset()

    def contradictions(self) -> Iterator[Problem]:
        if not self.required:
            yield Problem("required", "must ask for at least one signature")
        named = [role for one_of in self.required for role in one_of]
        for place, one_of in enumerate(self.required):
            if not one_of:
                yield Problem(f"required[{place}]", "must name at least one role")
        if len(set(named)) < len(named):
            yield Problem("required", "must not name a role twice")
        if self.in_force_from is InForceFrom.CLIENT_SIGNATURE and Signer.CLIENT not in named:
            yield Problem("in_force_from", "must not be the client's signature where the client need not sign")
        if self.approver is not None and self.approver not in named:
            yield Problem("approver", "must be one of the roles required")

    def counts(self, signature: PlanSigned, *, author: str) -> bool:
        """Whether *signature* counts: no refusal that does not stand for one, no approval by the author."""
        if signature.refused_because is not None and signature.role not in self.refusal_stands_for:
            return False
        return self.may_author_approve or signature.role is not self.approver or signature.signer != author

    def signed_days(self, signatures: Sequence[PlanSigned], *, author: str) -> tuple[date | None, ...]:
        """For each signature required, the first day on which one counts; nothing where none does."""
        first: dict[Signer, date] = {}
        for signature in signatures:
            if self.counts(signature, author=author):
                day = first.get(signature.role)
                if day is None or signature.signed_on < day:
                    first[signature.role] = signature.signed_on
        return tuple(min((first[role] for role in one_of if role in first), default=None) for one_of in self.required)

    def missing(self, signatures: Sequence[PlanSigned], *, author: str) -> tuple[OneOf, ...]:
        """The signatures required that are not there."""
        days = self.signed_days(signatures, author=author)
        return tuple(one_of for one_of, day in zip(self.required, days, strict=True) if day is None)

    def signed_on(self, signatures: Sequence[PlanSigned], *, author: str) -> date | None:
        """The day on which a plan so signed came in force; nothing while it has not."""
        days = self.signed_days(signatures, author=author)
        if self.in_force_from is InForceFrom.CLIENT_SIGNATURE:
            return next(day for one_of, day in zip(self.required, days, strict=True) if Signer.CLIENT in one_of)
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None


def in_words(one_of: OneOf) -> str:
    """The roles of one required signature, for a sentence: ``client or guardian``."""
    return " or ".join(role.value for role in one_of)
