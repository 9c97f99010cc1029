"""Stores that break one promise each: S24 to S27, on chain and anchor; and two that only a long walk finds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from casecore.hooks import (
    NO_LINES,
    ChainAnchor,
    Damage,
    Damaged,
    StoredEntry,
    check_chain,
    line_digest,
    link,
    link_lines,
)
from casecore.testing import MemoryStore

from .writing import Expected, Lines, Rows


class _ChainsInItsOwnWay(MemoryStore):
    """Hashes each line anew when it is asked; its chain is whole in itself."""

    def digest(self, line: StoredEntry) -> bytes:
        return line_digest(line)

    def chain(self, case: str) -> Sequence[bytes]:
        heads = [bytes(32)]
        for line in self.load(case):
            heads.append(link(heads[-1], self.digest(line)))
        return heads[1:]


class LeavesTheBodyOut(_ChainsInItsOwnWay):
    """S24"""

    def digest(self, line: StoredEntry) -> bytes:
        return line_digest(line._replace(body=b""))


class LeavesTheWriterOut(_ChainsInItsOwnWay):
    """S24"""

    def digest(self, line: StoredEntry) -> bytes:
        return line_digest(line._replace(by=""))


class LeavesTheFormOut(_ChainsInItsOwnWay):
    """S24"""

    def digest(self, line: StoredEntry) -> bytes:
        return line_digest(line._replace(form=1))


class RunsFieldsTogether(_ChainsInItsOwnWay):
    """S24"""

    def digest(self, line: StoredEntry) -> bytes:
        return hashlib.sha256(b"".join(str(part).encode() for part in line)).digest()


class LinksToNothing(MemoryStore):
    """S24"""

    def chain(self, case: str) -> Sequence[bytes]:
        return [link(bytes(32), line_digest(line)) for line in self.load(case)]


class LinksAcrossCases(MemoryStore):
    """S24"""

    def chain(self, case: str) -> Sequence[bytes]:
        hashes = link_lines((line._replace(case="") for line in self._fed), {})
        return [head for head, line in zip(hashes, self._fed, strict=True) if line.case == case]


class ForgetsALineWrittenWithItsRow(MemoryStore):
    """S24"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        first = super().append(entries, index, expected=expected)
        if len(entries) == len(index) == 1:
            self._hashes[entries[0].case][-1] = bytes(32)
        return first


class GivesHashesAsText(MemoryStore):
    """S24"""

    def chain(self, case: str) -> Any:
        return [head.hex() for head in super().chain(case)]


class GivesOnlyTheLastHash(MemoryStore):
    """S24"""

    def chain(self, case: str) -> Sequence[bytes]:
        return super().chain(case)[-1:]


class FindsNothing(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        return ()


class ComplainsOfASoundStore(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        return super().verify(anchor) or (Damage("", 0, Damaged.ALTERED),)


class HashesAnewBeforeItLooks(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        self._hashes = {case: link_lines(lines, {}) for case, lines in self._cases.items()}
        return super().verify(anchor)


class LooksOnlyAtBodies(MemoryStore):
    """S25"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        first = super().append(entries, index, expected=expected)
        self.bodies = getattr(self, "bodies", frozenset()) | {line.body for line in entries}
        return first

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        same = {(line.case, line.number) for line in self._fed if line.body in self.bodies}
        return tuple(each for each in super().verify(anchor) if each[:2] not in same)


class NamesTheLineAfter(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        return tuple(each._replace(number=each.number + 1) if each.case else each for each in super().verify(anchor))


class PassesOverGaps(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        return tuple(each for each in super().verify(anchor) if each.what is not Damaged.MISSING)


class StopsAtTheFirstCase(MemoryStore):
    """S25"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        first = next(self.cases(), "")
        return check_chain((each for each in self._linked() if each[1].case == first), anchor)


class AnchorsOnlyTheLastHashes(MemoryStore):
    """S26"""

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        heads = b"".join(self.chain(case)[-1] for case in self.cases())
        return ChainAnchor(len(self._fed), len(self._fed), hashlib.sha256(heads).digest()) if heads else NO_LINES


class AnchorsByCase(MemoryStore):
    """S26"""

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        heads = [head for case in self.cases() for head in self.chain(case)]
        return NO_LINES.and_on(enumerate(heads, 1))


class AnchorsPositionsNot(MemoryStore):
    """S26"""

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        return NO_LINES.and_on((0, head) for _, _, head in self._linked())._replace(position=len(self._fed))


class CarriesOnFromTheBeginning(MemoryStore):
    """S26"""

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        return (after or NO_LINES).and_on((position, head) for position, _, head in self._linked())


class ForgetsTheOlderAnchor(MemoryStore):
    """S26"""

    def anchor(self, after: ChainAnchor | None = None) -> ChainAnchor:
        start = after.position if after else 0
        return NO_LINES.and_on((position, head) for position, _, head in self._linked() if position > start)


class IgnoresTheAnchor(MemoryStore):
    """S27"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        return super().verify()


class IgnoresDeletions(MemoryStore):
    """S27"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        gone = anchor is not None and anchor.lines > len(self._fed)
        return super().verify(None if gone else anchor)


class ComparesOnlyTheNumberOfLines(MemoryStore):
    """S27"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        there = sum(position <= anchor.position for position, _ in self.feed(0, 10_000)) if anchor else 0
        wrong = anchor is not None and there != anchor.lines
        return (*super().verify(), *([Damage("", 0, Damaged.NOT_AS_ANCHORED)] if wrong else []))


class ComparesOnlyTheHash(MemoryStore):
    """S27"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        if anchor is None:
            return super().verify()
        hashes = [NO_LINES.hash]
        so_far = NO_LINES
        for position, _, head in self._linked():
            so_far = so_far.and_on([(position, head)])
            hashes.append(so_far.hash)
        wrong = [] if anchor.hash in hashes else [Damage("", 0, Damaged.NOT_AS_ANCHORED)]
        return (*super().verify(), *wrong)


class TakesWhatWasWrittenSinceForDamage(MemoryStore):
    """S27"""

    def verify(self, anchor: ChainAnchor | None = None) -> tuple[Damage, ...]:
        wrong = anchor is not None and anchor != self.anchor()
        return (*super().verify(), *([Damage("", 0, Damaged.NOT_AS_ANCHORED)] if wrong else []))


class KeepsAReindexedRowForGood(MemoryStore):
    """machine"""

    def reindex(self, rows: Rows) -> None:
        super().reindex(rows)
        self.kept = {
            **getattr(self, "kept", {}),
            **{row.case: self._rows[row.case] for row in rows if row.case in self._rows},
        }

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        rows = [getattr(self, "kept", {}).get(row.case, row) for row in super().index(cases=cases)]
        return [row for row in rows if worker is None or row.worker == worker]


class KeepsACaseUnderTheWorkerItWasWrittenWith(MemoryStore):
    """machine"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        known = entries and entries[0].entry_id in self._by_id
        first = super().append(entries, index, expected=expected)
        if not known:
            self.workers = {**getattr(self, "workers", {}), **{row.case: row.worker for row in index}}
        return first

    def index(self, *, worker: str | None = None, cases: Iterable[str] | None = None) -> Rows:
        workers = getattr(self, "workers", {})
        rows = super().index(cases=cases)
        return [row for row in rows if worker is None or workers.get(row.case, row.worker) == worker]


class FindsTheRetryInsteadOfTheLine(MemoryStore):
    """S5"""

    def append(self, entries: Lines, index: Rows = (), *, expected: Expected) -> tuple[StoredEntry, ...]:
        first = super().append(entries, index, expected=expected)
        self.seen = {**getattr(self, "seen", {}), **{line.entry_id: line for line in entries}}
        return first

    def find(self, entry_id: str) -> StoredEntry | None:
        return getattr(self, "seen", {}).get(entry_id) or super().find(entry_id)
