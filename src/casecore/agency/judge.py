"""Judging cases by the agency's own rulebooks and calendar. Pure: the desk hands it records and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, tzinfo

from casecore.caseloads import OpenItems, open_items
from casecore.plans import PlanSignatures
from casecore.record import (
    REVIEWS,
    CaseRecord,
    Checklist,
    LateEntryLimits,
    Review,
    checklist,
    fact_of,
    may_write,
)
from casecore.standards import Bookshelf, Rulebook, RulebookPinned, Rules, pinned_versions
from casecore.terms import Entry, NotKnown, Verdict, WorkingDays, no

from .rulebooks import fingerprint


class Judge:
    """
    Holds what every judgement of one agency needs besides the record.

    Attributes:
        key: Which rulebook texts, open days, zone, added reviews and kinds these are, and which version of this library
            judges by them; the due index keeps it, so that a change is noticed.
        reviews: What is looked at: all that the library brings, then those that plugins add.
    """

    def __init__(
        self,
        rulebooks: Sequence[Rulebook],
        working_days: WorkingDays,
        zone: tzinfo = UTC,
        *,
        reviews: Mapping[str, Review] = {},
        added_kinds: Sequence[str] = (),
    ) -> None:
        self.reviews = (*REVIEWS, *reviews.values())
        self.working_days = working_days
        self.zone = zone
        self.key = fingerprint(rulebooks, working_days, zone, (*reviews, *added_kinds))
        self._shelf = Bookshelf(rulebooks)

    def rules(self, record: CaseRecord, day: date) -> Rules:
        """The rules a case is held to on *day*: those of its program, in the versions it is pinned to."""
        record = record.as_of(day)
        admission = record.admission
        program = admission.program if admission else None
        pins = pinned_versions(record.of(RulebookPinned), day)
        return self._shelf.rules(program=program, pins=pins)

    def checklist(self, record: CaseRecord, day: date) -> Checklist:
        """All dues and findings of a case on *day*."""
        return checklist(
            record,
            self.rules(record, day),
            as_of=day,
            reviews=self.reviews,
            working_days=self.working_days,
            zone=self.zone,
        )

    def open_items(self, record: CaseRecord, day: date) -> OpenItems:
        """The case's row of the due index, as judged on *day*."""
        return open_items(record, self.checklist(record, day), rules=self.key)

    def may_write(self, record: CaseRecord, entry: Entry, today: date, *, adopting: bool = False) -> Verdict:
        """Whether *entry* may be written now; limits on late entries do not hold for what is adopted."""
        fact = fact_of(entry)
        if isinstance(fact, RulebookPinned) and (missing := self._missing_version(fact)):
            return missing
        rules = self.rules(record, today)
        limits = next(iter(rules.asking(LateEntryLimits)), None)
        return may_write(
            record,
            entry,
            today=today,
            limits=None if adopting or limits is None else limits.in_force(today),
            signatures=next(iter(rules.asking(PlanSignatures)), None),
            working_days=self.working_days,
        )

    def _missing_version(self, pin: RulebookPinned) -> Verdict | None:
        """A no to a pin that nothing could be judged by: one such case would stop every list it belongs to."""
        try:
            self._shelf.rulebook(pin.rulebook, pin.pinned_to)
        except NotKnown as unknown:
            question = "Is the version of the rulebook that the case is pinned to loaded?"
            return no(question, str(unknown), would_satisfy=["opening the agency with that version", "another version"])
        return None
