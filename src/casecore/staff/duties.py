"""
May a worker do something that asks for a credential?

>>> from datetime import date
>>> from casecore.staff import Credential, CredentialAsked, StaffFile
>>> from casecore.standards import Standard
>>> from casecore.terms import Source
>>> rule = DutyCredentials(duties=("sign-plans",), counts_unverified=False,
...                        any_of=(CredentialAsked(names=("LMSW",)), CredentialAsked(names=("RN",))))
>>> standard = Standard.fixed("staff/signers", rule, since=date(2024, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.5", invented=True))
>>> file = StaffFile(worker="w-7", credentials=(Credential(name="RN", issued_on=date(2020, 5, 1),
...                                                        expires_on=date(2026, 5, 1)),))
>>> print(*may_do("sign-plans", file, [standard], on=date(2026, 5, 1)).lines(), sep="\\n")
no  May sign-plans be done on 2026-05-01?: 0 of 2 hold, 1 needed [Model Agency Manual 3.5 (invented example)]
    would satisfy: LMSW, valid on 2026-05-01
    would satisfy: RN, valid on 2026-05-01
  no  Is LMSW held on 2026-05-01?: none is on file
      would satisfy: LMSW, valid on 2026-05-01
  no  Is RN held on 2026-05-01?: RN expired on 2026-05-01
      would satisfy: RN, valid on 2026-05-01
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.standards import Rule, Standard
from casecore.terms import Answer, Label, Problem, StandardNotInForce, Verdict, all_of, any_of

from .holding import CredentialAsked, holding, holds_credential
from .staff_file import StaffFile


@attrs.frozen(kw_only=True)
class DutyCredentials(Rule, asks="duty-credentials"):
    """
    Which credentials a worker must hold on each day on which they do something.

    Attributes:
        duties: What they do, in the agency's own words: ``sign-plans``, ``supervise``, ``clinical-assessment``.
        all_of: What must be held, all of it.
        any_of: What must be held besides, any one of it.
        counts_unverified: Whether a credential that was only said is enough.
    """

    duties: tuple[Label, ...]
    counts_unverified: bool
    all_of: tuple[CredentialAsked, ...] = ()
    any_of: tuple[CredentialAsked, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not self.duties:
            yield Problem("duties", "must name at least one duty")
        if not (self.all_of or self.any_of):
            yield Problem("", "must say all_of or any_of")

    def answer(self, file: StaffFile, on: date) -> Answer:
        """The answer without its reasons, for those who ask about many days."""
        answers = [holding(file, asked, on=on, counts_unverified=self.counts_unverified) for asked in self.all_of]
        some = [holding(file, asked, on=on, counts_unverified=self.counts_unverified) for asked in self.any_of]
        if some:
            one = next((answer for answer in (Answer.YES, Answer.NOT_KNOWN) if answer in some), Answer.NO)
            answers.append(one)
        return next((answer for answer in (Answer.NO, Answer.NOT_KNOWN) if answer in answers), Answer.YES)


def may_do(duty: str, file: StaffFile, rules: Iterable[Standard[DutyCredentials]], *, on: date) -> Verdict:
    """
    Whether a worker holds, on that day, every credential that the standards in force ask for a duty.

    Args:
        rules: All standards that name credentials for duties; those that do not name this one are passed over.

    Raises:
        StandardNotInForce: None of them names this duty on that day. A misspelled duty is no permission.
    """
    parts = []
    for standard in rules:
        edition = standard.in_force(on)
        if edition is None or duty not in edition.rule.duties:
            continue
        rule, source = edition.rule, edition.source
        held = [
            [holds_credential(file, each, on=on, counts_unverified=rule.counts_unverified) for each in asked]
            for asked in (rule.all_of, rule.any_of)
        ]
        question = f"May {duty} be done on {on}?"
        some = [any_of("Is any one of these held?", held[1])] if held[0] and held[1] else []
        if held[0]:
            parts.append(all_of(question, [*held[0], *some], source=source))
        else:
            parts.append(any_of(question, held[1], source=source))
    if not parts:
        raise StandardNotInForce(f"no standard names credentials for this duty on {on}")
    return parts[0] if len(parts) == 1 else all_of(f"May {duty} be done on {on}?", parts)
