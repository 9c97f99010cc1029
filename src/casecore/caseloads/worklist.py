"""All that is due and all that fell short, for one case, one worker or the whole agency, on one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import overload

from casecore.terms import Due, DueState, Finding

ON_THE_LIST = frozenset({DueState.UPCOMING, DueState.DUE, DueState.OVERDUE})
"""The states a worklist can show; what is settled or lifted is in the case's checklist."""

STILL_TO_DO = frozenset({DueState.DUE, DueState.OVERDUE})
"""The states in which somebody has something to do now."""


class Worklist(Sequence[Due]):
    """
    A day's worklist: its dues in the order in which they run out, the longest overdue first.

    What it says was settled when it was asked for; its dues and its findings are each put in order when somebody first
    looks at them.

    Attributes:
        as_of: The day it is for.
    """

    def __init__(
        self, as_of: date, dues: Callable[[], Iterable[Due]], findings: Callable[[], Iterable[Finding]] = tuple
    ) -> None:
        self.as_of = as_of
        self._unordered_dues = dues
        self._unordered_findings = findings

    @overload
    def __getitem__(self, place: int) -> Due: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Due]: ...
    def __getitem__(self, place: int | slice) -> Due | Sequence[Due]:
        return self._dues[place]

    def __len__(self) -> int:
        return len(self._dues)

    def __iter__(self) -> Iterator[Due]:
        return iter(self._dues)

    @property
    def overdue(self) -> tuple[Due, ...]:
        """What should have been done by now."""
        return tuple(due for due in self._dues if due.state is DueState.OVERDUE)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What fell short, the latest first."""
        found = self._unordered_findings()
        return tuple(sorted(found, key=lambda finding: (finding.on, finding.case, finding.code), reverse=True))

    @cached_property
    def _dues(self) -> list[Due]:
        return sorted(self._unordered_dues(), key=_urgency)


def _urgency(due: Due) -> tuple[date, str, str, str, str]:
    return due.window.end, due.case, due.code, due.about, due.standard
