"""Stores that break one promise each: S22, S23 and S28, on the feed and on capabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casecore.hooks import Capability, ChainAnchor, Damage, StoredEntry, not_offered
from casecore.terms import RecordMoved
from casecore.testing import MemoryStore

from .writing import Expected, Lines, Rows

Fed = Sequence[tuple[int, StoredEntry]]
NOTHING: frozenset[Capability] = frozenset()


class TellsByCase(MemoryStore):
    """S22"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        super().feed(after, limit)
        lines = [line for case in self.cases() for line in self.load(case)]
        return list(enumerate(lines[after : after + limit], after + 1))


class TellsByEntryId(MemoryStore):
    """S22"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        super().feed(after, limit)
        return list(enumerate(sorted(self._fed)[after : after + limit], after + 1))


class TellsACallCaseByCase(MemoryStore):
    """S22"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = len(self._fed)
        first = super().append(entries, index, expected=expected)
        self._fed[before:] = sorted(self._fed[before:], key=lambda line: line.case)
        return first


class TellsARetryAgain(MemoryStore):
    """S22"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = len(self._fed)
        first = super().append(entries, index, expected=expected)
        if len(self._fed) == before:
            self._fed.extend(first)
        return first


class TellsWhatItThenRefuses(MemoryStore):
    """S22"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        try:
            return super().append(entries, index, expected=expected)
        except RecordMoved:
            self._fed.extend(line for line in entries if line.entry_id not in self._by_id)
            raise


class TellsOnlyLinesWithARow(MemoryStore):
    """S22"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = len(self._fed)
        first = super().append(entries, index, expected=expected)
        if not index:
            del self._fed[before:]
        return first


class TellsOnlyTheLastLineOfACall(MemoryStore):
    """S22"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        before = len(self._fed)
        first = super().append(entries, index, expected=expected)
        self._fed[before:] = self._fed[before:][-1:]
        return first


class TellsNoMoreThanAThousand(MemoryStore):
    """S22"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return [each for each in super().feed(after, limit) if each[0] <= 1000]


class TellsTheLastOneOnceMore(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return super().feed(max(0, after - 1), limit)


class SkipsOneBetweenPages(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return super().feed(after + 1 if after else 0, limit)


class CountsPositionsInThePage(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return [(place, line) for place, (_, line) in enumerate(super().feed(after, limit), 1)]


class CountsPositionsFromZero(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return [(position - 1, line) for position, line in super().feed(after, limit)]


class GivesACaseOnePosition(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        super().feed(after, limit)
        return [(self._fed.index(self._cases[line.case][0]) + 1, line) for _, line in super().feed(after, limit)]


class CountsPositionsAnewForEveryNewCase(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        more = len(self._cases) * 100
        return [(more + position, line) for position, line in super().feed(max(0, after - more), limit)]


class TellsOneTooMany(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        super().feed(after, limit)
        return super().feed(after, limit + 1)


class TellsOneTooFew(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return super().feed(after, limit)[: limit - 1]


class TellsTheEndForANegativePosition(MemoryStore):
    """S23"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return list(enumerate(self._fed, 1))[after:][:limit]


class OffersNothing(MemoryStore):
    """A whole store that keeps lines and refuses, by name, all that it does not list."""

    capabilities = NOTHING

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        raise not_offered(self, Capability.FEED)

    def chain(self, case: str) -> Sequence[bytes]:
        raise not_offered(self, Capability.CHAIN)

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        raise not_offered(self, Capability.ANCHOR)

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        raise not_offered(self, Capability.ANCHOR if anchor else Capability.CHAIN)


class OffersTheChainAlone(MemoryStore):
    """A whole store with a chain and neither feed nor anchor."""

    capabilities = frozenset({Capability.CHAIN})

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        raise not_offered(self, Capability.FEED)

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        raise not_offered(self, Capability.ANCHOR)

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        if anchor is not None:
            raise not_offered(self, Capability.ANCHOR)
        return super().verify()


class ClaimsWhatItLacks(OffersNothing):
    """S28"""

    capabilities = MemoryStore.capabilities


class ClaimsAnAnchorWithoutAFeed(OffersNothing):
    """S28"""

    capabilities = frozenset({Capability.CHAIN, Capability.ANCHOR})


class ListsCapabilitiesInAList(MemoryStore):
    """S28"""

    capabilities: Any = [*MemoryStore.capabilities]  # noqa: RUF012 - that is what is wrong with it


class ListsWhatNobodyKnows(MemoryStore):
    """S28"""

    capabilities: Any = MemoryStore.capabilities | {"time-travel"}


class RefusesWithoutAName(OffersNothing):
    """S28"""

    def chain(self, case: str) -> Sequence[bytes]:
        raise NotImplementedError("chain")


class TellsAnEmptyFeedInsteadOfRefusing(OffersNothing):
    """S28"""

    def feed(self, after: int = 0, limit: int = 1000) -> Fed:
        return []


class LearnsWhatItOffersOnTheWay(MemoryStore):
    """S28"""

    learned = 0

    @property
    def capabilities(self) -> frozenset[Capability]:  # type: ignore[override]
        self.learned += 1
        return NOTHING if self.learned == 1 else MemoryStore.capabilities
