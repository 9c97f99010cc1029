"""Stores that break one promise each, as real ones have: S13 to S20, on reading, opening and closing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from casecore.hooks import Capability, StoredEntry
from casecore.terms import NotKnown
from casecore.testing import MemoryStore

from .writing import Expected, Lines, Rows


class RaisesForUnknownCases(MemoryStore):
    """S13"""

    def load(self, case: str) -> Lines:
        if case not in self._cases:
            raise NotKnown(case)
        return super().load(case)


class TellsCasesAsTheyCame(MemoryStore):
    """S14"""

    def cases(self) -> Iterator[str]:
        return iter(list(self._cases))


class TellsACaseForEveryLine(MemoryStore):
    """S14"""

    def cases(self) -> Iterator[str]:
        return iter([case for case in sorted(self._cases) for _ in self._cases[case]])


class KeepsTheRowOfTheOldWorker(MemoryStore):
    """S15"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        self.old = {(row.case, row.worker): row for row in self._rows.values()} | getattr(self, "old", {})
        return super().append(entries, index, expected=expected)

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        rows = super().index(worker=worker, cases=cases)
        return rows or [row for (_, owner), row in getattr(self, "old", {}).items() if owner == worker]


class DropsTheRowOnAnAppendWithoutOne(MemoryStore):
    """S15"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = {line.entry_id for line in entries} & self._by_id.keys()
        first = super().append(entries, index, expected=expected)
        if not index and not before:
            for case in expected:
                self._rows.pop(case, None)
        return first


class TakesNoWorkerForAnyWorker(MemoryStore):
    """S16"""

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        return super().index(worker=worker or None, cases=cases)


class TellsRowsInTheOrderAskedFor(MemoryStore):
    """S16"""

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        if cases is None:
            return super().index(worker=worker)
        return [row for case in cases for row in super(TellsRowsInTheOrderAskedFor, self).index(cases=[case])]


class ReindexesBlindly(MemoryStore):
    """S17"""

    def reindex(self, rows: Rows) -> None:
        self._rows.update((row.case, row) for row in rows)


class ReindexesOnlyWhatIsThere(MemoryStore):
    """S17"""

    def reindex(self, rows: Rows) -> None:
        super().reindex([row for row in rows if row.case in self._rows])


class ComplainsOfASecondClose(MemoryStore):
    """S18"""

    def close(self) -> None:
        self._must_be_open()
        super().close()


class AnswersAfterClosing(MemoryStore):
    """S18"""

    def close(self) -> None:
        pass


class SharedRecords(MemoryStore):
    """A whole store whose records outlive it, as on a disk: what the next two are broken copies of."""

    capabilities = MemoryStore.capabilities | {Capability.DURABLE}

    def __init__(self, disk: dict[str, Any]) -> None:
        super().__init__()
        self.disk = disk
        for name in ("_cases", "_by_id", "_rows", "_hashes"):
            setattr(self, name, disk.setdefault(name, {}))
        self._fed = disk.setdefault("_fed", [])


class ForgetsTheLastCall(SharedRecords):
    """S19"""

    def close(self) -> None:
        for lines in self._cases.values():
            self._by_id.pop(lines.pop().entry_id)
        super().close()


class ReadsOnceAtOpening(SharedRecords):
    """S20"""

    def __init__(self, disk: dict[str, Any]) -> None:
        super().__init__(disk)
        self._cases = {case: list(lines) for case, lines in self._cases.items()}
        self._by_id, self._rows = dict(self._by_id), dict(self._rows)

    def close(self) -> None:
        self.disk.update({"_cases": self._cases, "_by_id": self._by_id, "_rows": self._rows})
        super().close()
