"""Writing entries: each is judged, all are stored together, and then those who listen are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from casecore.contacts import Contact
from casecore.hooks import Capability, Plugins, Store
from casecore.interchange import EntryBytes
from casecore.record import CaseRecord, Line, fold
from casecore.terms import Entry, NotPossible, NotReadable, Problem

from .access import Access
from .adopting import Adopted, OldEntry, adopt_cases
from .clock import NewId
from .incoming import checked_entry, checked_ref, same_content
from .judge import Judge
from .lines import index_row, lines_from, stored


@attrs.frozen
class Writing:
    """What a desk needs to write: where lines are kept, who judges them, who may write them, and who hears of them."""

    store: Store
    judge: Judge
    access: Access
    plugins: Plugins
    entry_bytes: EntryBytes
    new_id: NewId

    def over(self, store: Store) -> Writing:
        """The same over another store."""
        return attrs.evolve(self, store=store)

    def record(self, case: str) -> CaseRecord:
        """The record of a case as the store has it; without lines where there is no such case."""
        return fold(case, lines_from(self.store.load(checked_ref("case", case)), self.entry_bytes))

    def write(
        self, entries: Mapping[str, Entry], *, by: str, ids: Mapping[str, str], now: datetime
    ) -> dict[str, CaseRecord]:
        """See `Agency.write`: one entry a case, by case id, all or none."""
        checked_ref("by", by)
        today = now.astimezone(self.judge.zone).date()
        records: dict[str, CaseRecord] = {}
        added: list[Line] = []
        for case, entry in entries.items():
            entry_id = checked_ref("entry_id", ids[case] if case in ids else self.new_id())
            checked_entry(entry)
            record = self.record(case)
            if self.access.is_asked and not (verdict := self.access.to_write(record, entry, by)).is_yes:
                raise NotPossible(verdict)  # before anything is told, also of what is there already
            written = next((line for line in record.lines if line.entry_id == entry_id), None)
            if written is not None:
                same_content(written, entry, by, self.entry_bytes)
                records[case] = record
                continue
            verdict = self.judge.may_write(record, entry, today)
            if not verdict.is_yes:
                raise NotPossible(verdict)
            # A clock that was set back does not reorder the record.
            recorded_at = max(now, record.lines[-1].recorded_at) if record.lines else now
            added.append(Line(entry_id, case, record.number + 1, recorded_at, by, entry))
            records[case] = fold(case, (*record.lines, added[-1]))
        if added:
            self.store.append(
                [stored(line, self.entry_bytes) for line in added],
                [index_row(self.judge.open_items(records[line.case], today)) for line in added],
                expected={line.case: line.number - 1 for line in added},
            )
            # what is written in a host's transaction may still vanish: nobody is told of it
            if self.plugins.has_listeners and Capability.BORROW not in self.store.capabilities:
                self.plugins.written(tuple(added))
        return records

    def adopt(self, cases: Iterable[tuple[str, Sequence[OldEntry]]], *, now: datetime, batch: int) -> Iterator[Adopted]:
        """See `Agency.adopt`."""
        return adopt_cases(
            cases,
            store=self.store,
            judge=self.judge,
            entry_bytes=self.entry_bytes,
            now=now,
            today=now.astimezone(self.judge.zone).date(),
            batch=batch,
        )

    def copies(
        self, cases: Iterable[str], contact: Contact, shared: str | None
    ) -> tuple[dict[str, Entry], dict[str, str]]:
        """
        One contact's copy for each case, and the id of each.

        Raises:
            NotReadable: No case is named, an id is none, or *contact* is none.
        """
        named = [] if isinstance(cases, str) else list(dict.fromkeys(checked_ref("cases", case) for case in cases))
        if not named:
            raise NotReadable([Problem("cases", "must name the cases, at least one")], what="contact")
        if not isinstance(contact, Contact):
            raise NotReadable([Problem("contact", "must be a contact")], what="contact")
        together = checked_ref("shared", contact.shared or (self.new_id() if shared is None else shared))
        copy = attrs.evolve(contact, shared=together)
        return dict.fromkeys(named, copy), {case: f"{together}/{case}" for case in named}
