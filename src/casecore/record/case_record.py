"""
The case record: everything entered about one episode, folded from its lines.

Two clocks are kept apart. When a fact *happened* is its own day; when it was *written down* is its line's instant. A
record read *as of* a day holds what had happened by then, with all that is known of it now; a record *known on* a day
is built from the lines written down by then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter
from typing import TypeVar, overload

import attrs

from casecore.assessments import Assessment
from casecore.clients import ClientDescribed
from casecore.contacts import Contact
from casecore.discharges import Discharged
from casecore.intake import Admission
from casecore.staff import Assignment, WorkerAssigned, WorkerRelieved
from casecore.standards import Exemption, ExemptionEnded, exemptions_of
from casecore.terms import Entry

from .line import Line, Opaque
from .standing import standing_lines

EntryT = TypeVar("EntryT", bound=Entry)
OtherT = TypeVar("OtherT", bound=Entry)


@attrs.frozen(eq=False)
class CaseRecord:
    """
    One episode's record. Never edited: writing gives a new one.

    Attributes:
        case: The case id.
        lines: Everything ever written, amendments and struck-out entries included, by number.
        standing: The facts that count: late entries unwrapped, corrections in place, struck-out ones gone; by day,
            and on one day in the order in which they were written.
    """

    case: str
    lines: tuple[Line, ...]
    standing: tuple[Line, ...]
    _by_class: dict[object, tuple[Entry, ...]]

    @property
    def number(self) -> int:
        """The number of the last line; 0 for a case nobody has written in."""
        return self.lines[-1].number if self.lines else 0

    @overload
    def of(self, one: type[EntryT], /) -> tuple[EntryT, ...]: ...
    @overload
    def of(self, one: type[EntryT], other: type[OtherT], /) -> tuple[EntryT | OtherT, ...]: ...
    @overload
    def of(self, *classes: type[EntryT]) -> tuple[EntryT, ...]: ...
    def of(self, *classes: type[Entry]) -> tuple[Entry, ...]:
        """The standing facts of these classes, by day."""
        found = self._by_class.get(classes[0] if len(classes) == 1 else classes)
        if found is None:
            if len(classes) == 1:
                return ()
            # reviews ask for the same classes again and again; what they come to is kept beside the record's facts
            found = self._by_class[classes] = tuple(line.entry for line in self.standing if type(line.entry) in classes)
        return found

    def lines_of(self, *classes: type[Entry]) -> tuple[Line, ...]:
        """The standing lines whose facts are of these classes, by day."""
        return tuple(line for line in self.standing if type(line.entry) in classes)

    def as_written(self, *classes: type[Entry]) -> tuple[Entry, ...]:
        """The standing facts of these classes in the order in which they were written down."""
        return tuple(line.entry for line in sorted(self.lines_of(*classes), key=attrgetter("number")))

    def as_of(self, day: date) -> CaseRecord:
        """The record of what had happened by the end of *day*, with what is known now."""
        if not self.standing or self.standing[-1].entry.happened_on <= day:
            return self
        seen = tuple(line for line in self.standing if line.entry.happened_on <= day)
        return CaseRecord(self.case, self.lines, seen, _filed(seen))

    def known_at(self, instant: datetime) -> CaseRecord:
        """The record as it stood at *instant*: from the lines written down by then."""
        return fold(self.case, (line for line in self.lines if line.recorded_at <= instant))

    @property
    def admission(self) -> Admission | None:
        """The admission that began the episode, where there was one."""
        return _last(self.of(Admission))

    @property
    def discharge(self) -> Discharged | None:
        """The discharge that stands; one that was undone does not."""
        return _last(self.of(Discharged))

    @property
    def client(self) -> ClientDescribed | None:
        """The latest description of the client."""
        return _last(self.of(ClientDescribed))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts and attempts."""
        return self.of(Contact)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """All completed assessments."""
        return self.of(Assessment)

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        """The standards lifted for this case, as they came to stand."""
        return exemptions_of(self.of(Exemption, ExemptionEnded))

    @property
    def worker(self) -> str | None:
        """The worker accountable for the case: the last primary assigned and not relieved."""
        accountable: str | None = None
        for entry in self.of(WorkerAssigned, WorkerRelieved):
            if isinstance(entry, WorkerRelieved):
                accountable = None if entry.worker == accountable else accountable
            elif entry.capacity is Assignment.PRIMARY:
                accountable = entry.worker
        return accountable

    @property
    def opaque(self) -> tuple[Line, ...]:
        """Lines of kinds that nothing here knows; kept, and left out of every judgement."""
        return tuple(line for line in self.lines if isinstance(line.entry, Opaque))


def fold(case: str, lines: Iterable[Line]) -> CaseRecord:
    """
    The record that *lines* come to.

    Args:
        case: The case id.
        lines: The case's lines by number; a prefix gives the record as it was then.
    """
    written = tuple(lines)
    standing = standing_lines(written)
    return CaseRecord(case, written, standing, _filed(standing))


def _filed(lines: Iterable[Line]) -> dict[object, tuple[Entry, ...]]:
    draft: defaultdict[object, list[Entry]] = defaultdict(list)
    for line in lines:
        entry = line.entry
        draft[type(entry)].append(entry)
    return {cls: tuple(entries) for cls, entries in draft.items()}


def _last(entries: tuple[EntryT, ...]) -> EntryT | None:
    return entries[-1] if entries else None
