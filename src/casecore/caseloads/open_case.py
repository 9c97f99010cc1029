"""A case as one of a worker's caseload, and what such cases weigh together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import attrs

from casecore.record import CaseRecord
from casecore.staff import CaseWeights
from casecore.terms import Label, Problem, Ref, Value, exact, in_figures


@attrs.frozen(kw_only=True)
class OpenCase(Value):
    """
    A case for which a worker is accountable.

    Attributes:
        level: Nothing where it is not known.
        since: First day with this worker; nothing where the case is open on every day asked about.
        until: First day no longer; nothing while it is open.
    """

    case: Ref
    worker: Ref
    program: Label
    level: Label | None = None
    since: date | None = None
    until: date | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.since is not None and self.until is not None and self.until <= self.since:
            yield Problem("until", "must be after since")

    def is_open_on(self, day: date) -> bool:
        """Whether the worker carries it on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


class Weighed(NamedTuple):
    """
    What some cases weigh together.

    Attributes:
        at_most: Nothing where no bound is known.
        unknown: The ids of the cases whose weight is not known.
        in_words: The sum: ``12 cases at weight 1 and 3 at 2 make 18``.
    """

    at_least: Fraction
    at_most: Fraction | None
    unknown: tuple[str, ...]
    in_words: str


def open_case_of(record: CaseRecord, *, on: date) -> OpenCase | None:
    """
    The case of a record as one of a caseload on that day; nothing where nobody is accountable for it.

    It is open from the day of admission to that of the discharge, which is its last.
    """
    seen = record.as_of(on)
    admission, discharge, worker = seen.admission, seen.discharge, seen.worker
    if admission is None or worker is None or (discharge is not None and discharge.discharged_on < on):
        return None
    return OpenCase(case=record.case, worker=worker, program=admission.program, level=admission.level)


def weigh_cases(cases: Iterable[OpenCase], rule: CaseWeights | None) -> Weighed:
    """Add up what *cases* weigh; each weighs 1 without a rule. What is not known counts as the least it may be."""
    sums: Counter[tuple[float, bool]] = Counter()
    at_most: Fraction | None = Fraction()
    unknown = []
    for case in cases:
        least, most = (1.0, 1.0) if rule is None else rule.of(program=case.program, level=case.level)
        sums[least, least == most] += 1
        if least != most:
            unknown.append(case.case)
        at_most = None if at_most is None or most is None else at_most + exact(most)
    at_least = sum((exact(weight) * count for (weight, _), count in sums.items()), Fraction())
    return Weighed(at_least, at_most, tuple(sorted(unknown)), _sentence(sums, at_least))


def _sentence(sums: Counter[tuple[float, bool]], total: Fraction) -> str:
    parts: list[str] = []
    for (weight, is_known), count in sorted(sums.items(), key=lambda item: (not item[0][1], item[0][0])):
        first = f"{count} {'case' if count == 1 else 'cases'} at weight" if not parts else f"{count} at"
        parts.append(f"{first} {'' if is_known else 'not known, at least '}{in_figures(exact(weight))}")
    if not parts:
        return "no cases"
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{joined} make{'s' if sum(sums.values()) == 1 else ''} {in_figures(total)}"
