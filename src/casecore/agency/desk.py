"""
The desk: where a host opens its agency, writes entries, reads records and gets worklists.

The only room with effects. Clock and ids are handed in or come from the machine; any number of desks can be open in one
process, nothing is shared between them. A desk belongs to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from casecore.caseloads import STILL_TO_DO, Worklist
from casecore.contacts import Contact
from casecore.hooks import Store, load_plugins
from casecore.interchange import EntryBytes, Kinds
from casecore.record import CaseRecord, Checklist, Line, fold
from casecore.standards import Rulebook, Rules
from casecore.terms import DueState, Entry, NotKnown, NotPossible, NotReadable, Problem, Verdict, WorkingDays

from .adopting import Adopted, OldEntry, adopt_cases
from .clock import Clock, NewId, end_of, random_id, system_clock, told_by, zone_called
from .incoming import checked_day, checked_entry, checked_ref, checked_states, checked_store, same_content
from .judge import Judge
from .lines import index_row, lines_from, stored
from .rulebooks import rulebooks_named
from .worklists import worklist_from


class Agency:
    """
    An agency's desk over one store. Open it with `Agency.open`; use it in a ``with`` block or `close` it.

    Attributes:
        zone: The time zone in which its days begin and end.
    """

    def __init__(
        self,
        store: Store,
        rulebooks: Sequence[Rulebook] = (),
        *,
        zone: str = "UTC",
        working_days: WorkingDays | None = None,
        clock: Clock = system_clock,
        new_id: NewId = random_id,
        kinds: Kinds | None = None,
    ) -> None:
        self.zone = zone_called(zone)
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._bytes = EntryBytes(kinds)
        self._judge = Judge(rulebooks, working_days or WorkingDays(), self.zone)

    @classmethod
    def open(
        cls,
        url: str | Store,
        *,
        plugins: Sequence[str | object] = ("sql",),
        rulebooks: Sequence[str | Path | Rulebook] = (),
        zone: str = "UTC",
        working_days: WorkingDays | None = None,
        clock: Clock = system_clock,
        new_id: NewId = random_id,
        kinds: Kinds | None = None,
    ) -> Self:
        """
        Open an agency's desk.

        Args:
            url: Where its records are, as one of the plugins understands it: ``sqlite:///agency.db``; or a store.
            plugins: Names of installed plugins, or plugin objects, in the order in which they are asked.
            rulebooks: Names of rulebooks that the plugins bring, ``model-agency``, paths of TOML files, or rulebooks;
                among rulebooks of one layer the later wins.
            zone: The time zone in which the agency's days begin and end.
            working_days: Its open days; Monday to Friday where nothing is said.
            clock: Gives the present instant.
            new_id: Gives ids for entries that come without one.
            kinds: The kinds of entries it knows, where the host adds its own.

        Raises:
            NotKnown: No such plugin or rulebook, or no plugin knows the URL.
            NotReadable: A rulebook cannot be read, or differs from another of its name and version.
            PluginFault: A plugin failed.
            StoreUnavailable: The store did not open.
        """
        loaded = load_plugins(plugins)
        books = rulebooks_named(rulebooks, loaded.rulebooks())
        zone_called(zone)  # refused before a store is opened, rather than after
        store = loaded.store(url) if isinstance(url, str) else checked_store(url)
        try:
            return cls(store, books, zone=zone, working_days=working_days, clock=clock, new_id=new_id, kinds=kinds)
        except BaseException:
            if store is not url:
                store.close()  # nobody else could: the caller never sees it
            raise

    def over(self, store: Store) -> Self:
        """This desk over another store, closed by itself. Costs nothing: what was read of the rulebooks is shared."""
        other = object.__new__(type(self))
        other.__dict__.update(vars(self), _store=checked_store(store))
        return other

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def today(self) -> date:
        """The agency's day at this moment."""
        return told_by(self._clock).astimezone(self.zone).date()

    @property
    def rules_key(self) -> str:
        """Changes with any word of any rulebook and with the open days; rows of the due index are marked with it."""
        return self._judge.key

    def cases(self) -> Iterator[str]:
        """Every case id."""
        return self._store.cases()

    def read(self, case: str, *, as_of: date | None = None, known_on: date | None = None) -> CaseRecord:
        """
        The record of a case.

        Args:
            as_of: Leave aside what happened after this day.
            known_on: Leave aside what was written down after this day, corrections among it.

        Raises:
            NotKnown: Nothing was ever written in such a case.
            NotReadable: A stored line is damaged, or of a form newer than this library knows.
        """
        checked_day("as_of", as_of)
        checked_day("known_on", known_on)
        record = self._record(case)
        if not record.lines:
            raise NotKnown("no such case")
        if known_on is not None:
            record = record.known_at(end_of(known_on, self.zone))
        return record if as_of is None else record.as_of(as_of)

    def may_write(self, case: str, entry: Entry) -> Verdict:
        """Whether *entry* may be written in this case now; every reason against it at once."""
        return self._judge.may_write(self._record(case), checked_entry(entry), self.today)

    def write(self, case: str, entry: Entry, *, by: str, entry_id: str | None = None) -> CaseRecord:
        """
        Write an entry in a case.

        Args:
            case: The case id; a new one begins a case.
            by: Who writes it.
            entry_id: The host's own id for it. With one, writing again after a failure is safe: the entry is there
                once, and the record is returned as it is.

        Returns:
            The record with the entry in it.

        Raises:
            NotPossible: It may not be written now; carries the verdict.
            NotReadable: An id, the entry or what the clock says cannot be read, or the id was used for something else.
            RecordMoved: Somebody wrote in this case in between; read, decide and write again.
            StoreUnavailable: The store did not answer; write again with the same *entry_id*.
        """
        ids = {} if entry_id is None else {case: entry_id}
        return self._write({checked_ref("case", case): entry}, by=by, ids=ids)[case]

    def write_together(
        self, cases: Iterable[str], contact: Contact, *, by: str, shared: str | None = None
    ) -> dict[str, CaseRecord]:
        """
        Write one contact in the records of all the clients it concerned: in all of them, or in none.

        Each record gets its own copy under the same *shared* id, and holds nothing of the others. With a *shared* id
        (or one that *contact* has already) writing again after a failure is safe.

        Returns:
            The records, by case id.

        Raises:
            As `write` does; for one case is for all.
        """
        named = [] if isinstance(cases, str) else list(dict.fromkeys(checked_ref("cases", case) for case in cases))
        if not named:
            raise NotReadable([Problem("cases", "must name the cases, at least one")], what="contact")
        if not isinstance(contact, Contact):
            raise NotReadable([Problem("contact", "must be a contact")], what="contact")
        together = checked_ref("shared", contact.shared or (self._new_id() if shared is None else shared))
        copy = attrs.evolve(contact, shared=together)
        return self._write(dict.fromkeys(named, copy), by=by, ids={case: f"{together}/{case}" for case in named})

    def adopt(self, cases: Iterable[tuple[str, Sequence[OldEntry]]], *, batch: int = 1000) -> Iterator[Adopted]:
        """
        Take over cases that an existing system kept.

        Args:
            cases: For each case id, its entries in the order in which they were written down.
            batch: About how many entries are stored at once.

        Yields:
            For each case, once its entries are stored: how many were taken over, and which were not and why. An entry
            that may not be written is left out; the others of its case are kept.
        """
        now = told_by(self._clock)
        today = now.astimezone(self.zone).date()
        return adopt_cases(
            cases, store=self._store, judge=self._judge, entry_bytes=self._bytes, now=now, today=today, batch=batch
        )

    def rules(self, record: CaseRecord, on: date) -> Rules:
        """The rules a case is held to on a day: those of its program, in the versions it is pinned to."""
        return self._judge.rules(record, on)

    def checklist(self, case: str, *, as_of: date | None = None, known_on: date | None = None) -> Checklist:
        """All that a case owes and all that fell short, met and missed dues included."""
        checked_day("as_of", as_of)
        return self._judge.checklist(self.read(case, known_on=known_on), as_of or self.today)

    def worklist(
        self,
        *,
        worker: str | None = None,
        case: str | None = None,
        as_of: date | None = None,
        states: frozenset[DueState] = STILL_TO_DO,
    ) -> Worklist:
        """
        What is to be done: by one worker, on one case, or by the whole agency.

        Args:
            worker: Only cases for which this worker is accountable on that day.
            as_of: The day asked about; today where nothing is said.
            states: Which dues to list; ``ON_THE_LIST`` shows those still to come as well.

        Returns:
            Dues in the order in which they run out, and the findings beside them.

        Raises:
            NotKnown: There is no such case. A worker without cases is no error.
            NotReadable: A day, an id or a state is none.
        """
        checked_day("as_of", as_of)
        today = self.today
        return worklist_from(
            self._store,
            self._judge,
            self._record,
            worker=worker if worker is None else checked_ref("worker", worker),
            case=case if case is None else checked_ref("case", case),
            as_of=as_of or today,
            today=today,
            states=checked_states(states),
        )

    def _record(self, case: str) -> CaseRecord:
        return fold(case, lines_from(self._store.load(checked_ref("case", case)), self._bytes))

    def _write(self, entries: dict[str, Entry], *, by: str, ids: dict[str, str]) -> dict[str, CaseRecord]:
        checked_ref("by", by)
        now = told_by(self._clock)
        today = now.astimezone(self.zone).date()
        records: dict[str, CaseRecord] = {}
        added: list[Line] = []
        for case, entry in entries.items():
            entry_id = checked_ref("entry_id", ids[case] if case in ids else self._new_id())
            checked_entry(entry)
            record = self._record(case)
            written = next((line for line in record.lines if line.entry_id == entry_id), None)
            if written is not None:
                same_content(written, entry, by, self._bytes)
                records[case] = record
                continue
            verdict = self._judge.may_write(record, entry, today)
            if not verdict.is_yes:
                raise NotPossible(verdict)
            # A clock that was set back does not reorder the record.
            recorded_at = max(now, record.lines[-1].recorded_at) if record.lines else now
            added.append(Line(entry_id, case, record.number + 1, recorded_at, by, entry))
            records[case] = fold(case, (*record.lines, added[-1]))
        if added:
            self._store.append(
                [stored(line, self._bytes) for line in added],
                [index_row(self._judge.open_items(records[line.case], today)) for line in added],
                expected={line.case: line.number - 1 for line in added},
            )
        return records
