"""
The desk: where a host opens its agency, writes entries, reads records and gets worklists.

The only room with effects. Clock and ids are handed in or come from the machine; any number of desks can be open in one
process, nothing is shared between them. A desk belongs to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from casecore.assessments import Instrument
from casecore.caseloads import STILL_TO_DO, Worklist
from casecore.contacts import Contact
from casecore.hooks import Plugins, Resource, ResourceSearch, Store, load_plugins
from casecore.interchange import EntryBytes, Kinds
from casecore.record import CaseRecord, Checklist
from casecore.standards import Rulebook, Rules
from casecore.terms import DueState, Entry, NotKnown, Verdict, WorkingDays

from .access import Access
from .adopting import Adopted, OldEntry
from .brought import brought_by, with_built_in
from .clock import Clock, NewId, end_of, random_id, system_clock, told_by, zone_called
from .incoming import checked_day, checked_entry, checked_ref, checked_states, checked_store
from .judge import Judge
from .rulebooks import rulebooks_named
from .taking_in import TakenIn, take_in
from .worklists import worklist_from
from .writing import Writing


class Agency:
    """
    An agency's desk over one store. Open it with `Agency.open`; use it in a ``with`` block or `close` it.

    Attributes:
        zone: The time zone in which its days begin and end.
        plugins: The plugins it asks and tells.
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
        plugins: Plugins | None = None,
    ) -> None:
        self.zone = zone_called(zone)
        self._clock = clock
        self.plugins = plugins or load_plugins(())
        brought = brought_by(self.plugins, kinds, working_days)
        self._instruments = brought.instruments
        days, added = brought.working_days, brought.added_kinds
        self._judge = Judge(rulebooks, days, self.zone, reviews=brought.reviews, added_kinds=added)
        self._access = Access(self.plugins)
        self._writing = Writing(store, self._judge, self._access, self.plugins, EntryBytes(brought.kinds), new_id)

    @classmethod
    def open(
        cls,
        url: str | Store,
        *,
        plugins: Sequence[str | object] | Plugins = ("sql",),
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
            plugins: Names of installed plugins, or plugin objects, in the order asked; or what `load_plugins` gave.
            rulebooks: Names of those that plugins bring, ``model-agency``, TOML paths, or rulebooks; the later wins.
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
        loaded = plugins if isinstance(plugins, Plugins) else load_plugins(plugins)
        books = rulebooks_named(rulebooks, loaded.rulebooks(), loaded.kinds().rules)
        zone_called(zone)  # refused before a store is opened, rather than after
        store = loaded.store(url) if isinstance(url, str) else checked_store(url)
        try:
            return cls(
                store, books, zone=zone, working_days=working_days, clock=clock, new_id=new_id, kinds=kinds,
                plugins=loaded,
            )  # fmt: skip
        except BaseException:
            if store is not url:
                store.close()  # nobody else could: the caller never sees it
            raise

    def over(self, store: Store) -> Self:
        """This desk over another store, closed by itself. Costs nothing: what was read of the rulebooks is shared."""
        other = copy(self)
        other._writing = self._writing.over(checked_store(store))
        return other

    def close(self) -> None:
        """Let go of the store."""
        self._writing.store.close()

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

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """The assessment instruments it knows, by ``id@version``: the library's and its plugins'."""
        return with_built_in(self._instruments)

    def resources(self, *, need: str = "", service: str = "", place: str = "") -> tuple[Resource, ...]:
        """What its plugins' directories have."""
        return self.plugins.resources(ResourceSearch(need, service, place))

    def cases(self) -> Iterator[str]:
        """Every case id."""
        return self._writing.store.cases()

    def read(
        self, case: str, *, as_of: date | None = None, known_on: date | None = None, by: str | None = None
    ) -> CaseRecord:
        """
        The record of a case.

        Args:
            as_of: Leave aside what happened after this day.
            known_on: Leave aside what was written down after this day, corrections among it.
            by: Who asks; must be said where a plugin brings an access policy.

        Raises:
            NotKnown: Nothing was ever written in such a case.
            NotPossible: Who asks may not see it.
            NotReadable: A stored line is damaged, or of a form newer than this library knows.
        """
        checked_day("as_of", as_of)
        checked_day("known_on", known_on)
        record = self._writing.record(case)
        if not record.lines:
            raise NotKnown("no such case")
        self._access.to_read(record, by)
        if known_on is not None:
            record = record.known_at(end_of(known_on, self.zone))
        return record if as_of is None else record.as_of(as_of)

    def may_write(self, case: str, entry: Entry, *, by: str | None = None) -> Verdict:
        """Whether *entry* may be written in this case now, and by *by*; every reason against it at once."""
        record = self._writing.record(case)
        allowed = self._access.to_write(record, checked_entry(entry), by)
        return self._judge.may_write(record, entry, self.today) if allowed.is_yes else allowed

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
            NotPossible: It may not be written now, or not by *by*; carries the verdict.
            NotReadable: An id, the entry or what the clock says cannot be read, or the id was used for something else.
            RecordMoved: Somebody wrote in this case in between; read, decide and write again.
            StoreUnavailable: The store did not answer; write again with the same *entry_id*.
        """
        ids = {} if entry_id is None else {case: entry_id}
        return self._writing.write({checked_ref("case", case): entry}, by=by, ids=ids, now=told_by(self._clock))[case]

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
        copies, ids = self._writing.copies(cases, contact, shared)
        return self._writing.write(copies, by=by, ids=ids, now=told_by(self._clock))

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
        return self._writing.adopt(cases, now=told_by(self._clock), batch=batch)

    def take_in(self, *, by: str) -> TakenIn:
        """
        Write, in the name *by*, what its plugins' connectors tell: each fact once; told differently, as a correction.

        Raises:
            PluginFault: A connector failed; nothing was taken.
            RecordMoved, StoreUnavailable: As for `write`; take in again, what is there is not written twice.
        """
        return take_in(self.plugins.arrivals(), self._writing, by=by, now=told_by(self._clock))

    def rules(self, record: CaseRecord, on: date) -> Rules:
        """The rules a case is held to on a day: those of its program, in the versions it is pinned to."""
        return self._judge.rules(record, on)

    def checklist(
        self, case: str, *, as_of: date | None = None, known_on: date | None = None, by: str | None = None
    ) -> Checklist:
        """All that a case owes and all that fell short, met and missed dues included; *by* as for `read`."""
        checked_day("as_of", as_of)
        return self._judge.checklist(self.read(case, known_on=known_on, by=by), as_of or self.today)

    def worklist(
        self,
        *,
        worker: str | None = None,
        case: str | None = None,
        as_of: date | None = None,
        states: frozenset[DueState] = STILL_TO_DO,
        by: str | None = None,
    ) -> Worklist:
        """
        What is to be done: by one worker, on one case, or by the whole agency.

        Args:
            worker: Only cases for which this worker is accountable on that day.
            as_of: The day asked about; today where nothing is said.
            states: Which dues to list; ``ON_THE_LIST`` shows those still to come as well.
            by: Who asks, as for `read`; cases that they may not see are not on the list.

        Returns:
            Dues in the order in which they run out, and the findings beside them.

        Raises:
            NotKnown: There is no such case. A worker without cases is no error.
            NotReadable: A day, an id or a state is none.
            NotPossible: Who asks may not see the one case asked for, or is not named where they must be.
        """
        checked_day("as_of", as_of)
        today = self.today
        return worklist_from(
            self._writing.store,
            self._judge,
            self._writing.record,
            worker=worker if worker is None else checked_ref("worker", worker),
            case=case if case is None else checked_ref("case", case),
            as_of=as_of or today,
            today=today,
            states=checked_states(states),
            access=self._access,
            by=by,
        )
