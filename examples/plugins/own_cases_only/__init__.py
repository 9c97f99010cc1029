"""An access policy as a plugin: a worker sees the cases they are accountable for, a supervisor sees all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casecore.hooks import CaseAsked, hookimpl
from casecore.intake import Admission
from casecore.terms import Entry, Verdict, no, yes

QUESTION = "Is it a case of their own?"
ASK_A_SUPERVISOR = ("being made accountable for the case", "a supervisor")


class OwnCasesOnly:
    """
    Hand it over as ``plugins=["sql", OwnCasesOnly(supervisors={"s-1"}, intake={"i-1"})]``.

    Args:
        supervisors: See and write everywhere.
        intake: May admit a client to a case that nobody is accountable for yet.
    """

    __name__ = "own-cases-only"
    casecore_api = (1, 1)

    def __init__(self, *, supervisors: Collection[str], intake: Collection[str] = ()) -> None:
        self.supervisors, self.intake = frozenset(supervisors), frozenset(intake)

    @hookimpl
    def casecore_contribute_may_read(self, by: str, cases: Sequence[CaseAsked]) -> Sequence[Verdict]:
        """One verdict a case."""
        return [self._own(by, case) for case in cases]

    @hookimpl
    def casecore_contribute_may_write(self, by: str, case: CaseAsked, entry: Entry) -> Verdict:
        """As for reading; and intake may begin a case."""
        if isinstance(entry, Admission) and not case.worker and by in self.intake:
            return yes("Does intake begin the case?")
        return self._own(by, case)

    def _own(self, by: str, case: CaseAsked) -> Verdict:
        if by in self.supervisors:
            return yes("Is it a supervisor who asks?")
        if by == case.worker:
            return yes(QUESTION)
        return no(QUESTION, "somebody else is accountable, or nobody", would_satisfy=ASK_A_SUPERVISOR)
