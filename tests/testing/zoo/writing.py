"""Stores that break one promise each, as real ones have: S1 to S12, on writing. The clause stands in the docstring."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from casecore.hooks import IndexRow, StoredEntry, check_append
from casecore.terms import RecordMoved
from casecore.testing import MemoryStore

Lines = Sequence[StoredEntry]
Rows = Sequence[IndexRow]
Expected = Mapping[str, int]


class LacksAMethod:
    """S1"""

    def __init__(self) -> None:
        self._store = MemoryStore()
        for name in ("append", "load", "find", "cases", "index", "close"):
            setattr(self, name, getattr(self._store, name))


class SortsByEntryId(MemoryStore):
    """S2"""

    def load(self, case: str) -> Lines:
        return sorted(super().load(case))


class CutsAtTheFirstNul(MemoryStore):
    """S2"""

    def load(self, case: str) -> Lines:
        return [line._replace(body=line.body.partition(b"\0")[0]) for line in super().load(case)]


class AnswersWithNothing(MemoryStore):
    """S2"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        super().append(entries, index, expected=expected)
        return ()


class WritesCaseByCase(MemoryStore):
    """S3"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        check_append(entries, index, expected)
        for case, number in expected.items():
            super().append(
                [line for line in entries if line.case == case],
                [row for row in index if row.case == case],
                expected={case: number},
            )
        return tuple(entries)


class IndexesBeforeItWrites(MemoryStore):
    """S3"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        check_append(entries, index, expected)
        if not any(line.entry_id in self._by_id for line in entries):
            self._rows.update((row.case, row) for row in index)
        return super().append(entries, index, expected=expected)


class StaysLockedAfterARefusal(MemoryStore):
    """S3"""

    locked = False

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        if self.locked:
            raise RuntimeError("cannot start a transaction within a transaction")
        try:
            return super().append(entries, index, expected=expected)
        except RecordMoved:
            self.locked = True
            raise


class LastWriterWins(MemoryStore):
    """S4"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        check_append(entries, index, expected)
        for case, number in expected.items():
            for line in self._cases.get(case, [])[number:]:
                del self._by_id[line.entry_id]
            del self._cases.setdefault(case, [])[number:]
        return super().append(entries, index, expected={case: len(self._cases[case]) for case in expected})


class LeavesGaps(MemoryStore):
    """S4"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        ahead = any(len(self._cases.get(case, ())) < number for case, number in expected.items())
        if not ahead or any(line.entry_id in self._by_id for line in entries):
            return super().append(entries, index, expected=expected)
        check_append(entries, index, expected)
        for line in entries:
            self._cases.setdefault(line.case, []).append(line)
        return tuple(entries)


class TakesARetryForAConflict(MemoryStore):
    """S5"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        check_append(entries, index, expected)
        if any(len(self._cases.get(case, ())) != number for case, number in expected.items()):
            raise RecordMoved("somebody wrote to it first")
        return super().append(entries, index, expected=expected)


class IndexesARetry(MemoryStore):
    """S5"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        first = super().append(entries, index, expected=expected)
        self._rows.update((row.case, row) for row in index)
        return first


class AnswersARetryWithItself(MemoryStore):
    """S5"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        super().append(entries, index, expected=expected)
        return tuple(entries)


class TakesAnyKnownIdForARetry(MemoryStore):
    """S6"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        if entries and all(line.entry_id in self._by_id for line in entries):
            return tuple(self._by_id[line.entry_id] for line in entries)
        return super().append(entries, index, expected=expected)


class TakesIdsToBelongToACase(MemoryStore):
    """S6"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        own = [line._replace(entry_id=f"{line.case}/{line.entry_id}") for line in entries]
        try:
            return tuple(map(self._bare, super().append(own, index, expected=expected)))
        finally:
            pass

    def load(self, case: str) -> Lines:
        return list(map(self._bare, super().load(case)))

    def find(self, entry_id: str) -> StoredEntry | None:
        return next((line for case in self._cases for line in self.load(case) if line.entry_id == entry_id), None)

    @staticmethod
    def _bare(line: StoredEntry) -> StoredEntry:
        return line._replace(entry_id=line.entry_id.removeprefix(f"{line.case}/"))


class WritesTheRestOfACall(MemoryStore):
    """S7"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        known = [line for line in entries if line.entry_id in self._by_id]
        rest = [line for line in entries if line.entry_id not in self._by_id]
        if not known or not rest:
            return super().append(entries, index, expected=expected)
        after = {line.case: len(self._cases.get(line.case, ())) for line in rest}
        super().append(rest, (), expected=after)
        return tuple(entries)


class NumbersTheLinesItself(MemoryStore):
    """S8"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        last = dict(expected)
        lines = []
        for line in entries:
            last[line.case] = last.get(line.case, 0) + 1
            lines.append(line._replace(number=last[line.case]))
        return super().append(lines, index, expected=expected)


class TakesAnyIndexRow(MemoryStore):
    """S8"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = {line.entry_id for line in entries} & self._by_id.keys()
        first = super().append(entries, (), expected=expected)
        if not before:
            self._rows.update((row.case, row) for row in index)
        return first


class RefusesAnEmptyCall(MemoryStore):
    """S8"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        if not entries:
            raise ValueError("nothing to write")
        return super().append(entries, index, expected=expected)


class EncodesInTheMiddleOfWriting(MemoryStore):
    """S9"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        for line in entries:
            line.entry_id.encode()
        return super().append(entries, index, expected=expected)


class _TakesIdsForOneAnother(MemoryStore):
    @staticmethod
    def same(text: str) -> str:
        raise NotImplementedError

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        return super().append(
            [line._replace(entry_id=self.same(line.entry_id), case=self.same(line.case)) for line in entries],
            [row._replace(case=self.same(row.case)) for row in index],
            expected={self.same(case): number for case, number in expected.items()},
        )

    def load(self, case: str) -> Lines:
        return super().load(self.same(case))


class IgnoresCapitals(_TakesIdsForOneAnother):
    """S10"""

    @staticmethod
    def same(text: str) -> str:
        return text.upper()  # the ids of the other clauses are in capitals


class CutsSpaces(_TakesIdsForOneAnother):
    """S10"""

    @staticmethod
    def same(text: str) -> str:
        return text.strip()


class NormalizesUnicode(_TakesIdsForOneAnother):
    """S10"""

    @staticmethod
    def same(text: str) -> str:
        return unicodedata.normalize("NFC", text)


class SearchesByPrefix(MemoryStore):
    """S10"""

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        rows = super().index(cases=cases)
        return (
            [row for row in rows if not worker or row.worker.startswith(worker)]
            if worker != ""
            else [row for row in rows if not row.worker]
        )


class HandsOutItsOwnLists(MemoryStore):
    """S11"""

    def load(self, case: str) -> Lines:
        return self._cases.get(case, [])


class CutsLongBodies(MemoryStore):
    """S12"""

    def load(self, case: str) -> Lines:
        return [line._replace(body=line.body[:65_535]) for line in super().load(case)]


class TakesNoMoreThanAHundred(MemoryStore):
    """S12"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        if len(entries) > 100:
            raise ValueError("too many variables")
        return super().append(entries, index, expected=expected)
