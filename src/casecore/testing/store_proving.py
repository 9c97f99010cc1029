"""What a store promises of all its lines together: clauses S22 to S28, on feed, chain, anchor and capabilities."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import closing

import pytest

from casecore.hooks import NO_LINES, Capability, ChainAnchor, Damage, Damaged, Store, StoredEntry
from casecore.terms import NotOffered, NotReadable, RecordMoved

from .late_feed import whole_feed
from .proofs_by_hand import anchor_by_hand, anchor_over, chain_by_hand
from .store_writing import CASE, OTHER, WritingContract, line, row

Fed = list[tuple[int, StoredEntry]]


class ProvingContract(WritingContract):
    """A store tells all its lines in order, and can show that they are what was written."""

    patience = 5.0
    """Seconds to wait for the feed, which may be late while others write on the same server."""

    def tamper(self, store: Store, line: StoredEntry, instead: StoredEntry | None) -> None:
        """Put *instead* where *line* is kept, or take it away, behind the store's back; its hash stays as it is."""
        raise NotImplementedError("the store claims 'chain': override `tamper`, so that it can be seen to find it")

    def told(self, store: Store, count: int) -> Fed:
        """The feed from the beginning, once it tells *count* lines."""
        return whole_feed(store, count, self.patience)

    def written(self, store: Store) -> list[StoredEntry]:
        """Two cases, written in every way there is: the lines in the order in which they were."""
        lines = [line("a1", 1), line("b1", 1, OTHER), line("a2", 2), line("a3", 3), line("b2", 2, OTHER)]
        store.append(lines[:1], [row(1)], expected={CASE: 0})
        store.append(lines[1:4], [row(3)], expected={OTHER: 0, CASE: 1})
        store.append(lines[4:], expected={OTHER: 1})
        more = [line("a4", 4, body=b"\0\xff" * 700), line("a5", 5), line("z1", 1, "A-9"), line("a6", 6)]
        store.append(more[:1], [row(4)], expected={CASE: 3})
        store.append(more[1:2], [row(5)], expected={CASE: 4})
        store.append(more[2:3], [row(1, "A-9")], expected={"A-9": 0})
        store.append(more[3:], [row(6, worker="w-8")], expected={CASE: 5})
        return lines + more

    def test_the_feed_tells_all_lines_in_the_order_of_the_calls(self, store: Store) -> None:
        """S22. Every line once; what was acknowledged before stands before; lines of a call as they were handed in."""
        needs(store, Capability.FEED)
        assert list(store.feed()) == []
        lines = self.written(store)
        assert store.append(lines[1:4], expected={OTHER: 0, CASE: 1}) == tuple(lines[1:4])
        with pytest.raises(RecordMoved):
            store.append([line("new", 1, "N-1"), line("x", 2)], expected={"N-1": 0, CASE: 1})
        with pytest.raises(NotReadable):
            store.append([line("y", 7), line("y", 8)], expected={CASE: 6})
        fed = self.told(store, len(lines))
        assert [each for _, each in fed] == lines
        assert all(type(each) is StoredEntry and type(position) is int for position, each in fed)

    def test_positions_grow_and_stay(self, store: Store) -> None:
        """S23. Positions are whole numbers from 1 that grow; a line keeps its own; what comes later lies behind."""
        needs(store, Capability.FEED)
        lines = self.written(store)
        before = self.told(store, len(lines))
        positions = [position for position, _ in before]
        assert positions[0] >= 1
        assert all(one < next_one for one, next_one in itertools.pairwise(positions))
        store.append([line("0", 1, "0-first")], [row(1, "0-first")], expected={"0-first": 0})
        after = self.told(store, len(lines) + 1)
        assert after[:-1] == before
        assert after[-1][1].entry_id == "0"
        if Capability.DURABLE in store.capabilities:
            store.close()
            with closing(self.open_again()) as again:
                assert self.told(again, len(after)) == after

    def test_the_feed_is_read_on_from_any_position(self, store: Store) -> None:
        """S23. From any position that was told, in pages of at most *limit*, the pages fit together."""
        needs(store, Capability.FEED)
        whole = self.told(store, len(self.written(store)))
        for limit in (1, 2, 4, 100):
            pages: Fed = []
            while page := list(store.feed(pages[-1][0] if pages else 0, limit)):
                assert len(page) <= limit
                pages += page
                assert pages == whole[: len(pages)]
            assert pages == whole
        for place, (position, _) in enumerate(whole):
            assert list(store.feed(position)) == whole[place + 1 :]
        for after, limit in ((-1, 1), (0, 0), (0, -1)):
            with pytest.raises(NotReadable):
                store.feed(after, limit)

    def test_more_lines_than_anybody_reads_at_once(self, store: Store) -> None:
        """S22. Thousands of lines are told, linked and proved like nine."""
        needs(store, Capability.FEED)
        lines = [line(f"e{number}", number) for number in range(1, 2501)]
        store.append(lines, [row(2500)], expected={CASE: 0})
        fed = self.told(store, len(lines))
        assert [each for _, each in fed] == lines
        assert list(store.feed(fed[1499][0])) == fed[1500:2500]
        if Capability.ANCHOR in store.capabilities:
            assert store.anchor() == anchor_by_hand(fed)
            assert store.verify(store.anchor()) == ()

    def test_every_line_has_its_hash(self, store: Store) -> None:
        """S24. `chain` gives the hashes of a case's lines, made as the page says, however the lines were written."""
        needs(store, Capability.CHAIN)
        assert list(store.chain(CASE)) == []
        lines = self.written(store)
        store.append(lines[:1], [row(1)], expected={CASE: 0})
        for case in (CASE, OTHER, "A-9"):
            assert list(store.chain(case)) == chain_by_hand(each for each in lines if each.case == case)

    def test_everything_stored_of_a_line_is_in_its_hash(self, store: Store) -> None:
        """S24. Lines that differ in one field only, or in where one field ends and the next begins, differ in hash."""
        needs(store, Capability.CHAIN)
        hashes = set()
        lines = [
            StoredEntry("e", "A", 1, "kind", 1, "at", "by", b"body"),
            StoredEntry("f", "B", 1, "kind", 2, "at", "by", b"body"),
            StoredEntry("g", "C", 1, "kin", 1, "at", "by", b"dbody"),
            StoredEntry("h", "D", 1, "kind", 1, "a", "tby", b"body"),
            StoredEntry("i", "E", 1, "kind", -1, "at", "b", b"ybody"),
        ]
        for each in lines:
            store.append([each], expected={each.case: 0})
            hashes.add(store.chain(each.case)[0])
            assert list(store.chain(each.case)) == chain_by_hand([each])
        assert len(hashes) == len(lines)

    def test_what_was_altered_is_found(self, store: Store) -> None:
        """S25. `verify` finds nothing where nothing was done, and names the line of which anything was changed."""
        needs(store, Capability.CHAIN)
        assert store.verify() == ()
        lines = self.written(store)
        self.settled(store, len(lines))
        assert store.verify() == ()
        victim = lines[3]
        for changed in (
            {"body": b"{ }"},
            {"body": b""},
            {"kind": "admission"},
            {"form": 2},
            {"recorded_at": "2026-03-04T14:00:00.000001+00:00"},
            {"by": "w-8"},
            {"entry_id": "a3 "},
        ):
            self.tamper(store, victim, victim._replace(**changed))
            assert store.verify() == (Damage(CASE, 3, Damaged.ALTERED),), changed
            self.tamper(store, victim._replace(**changed), victim)
        assert store.verify() == ()

    def test_what_was_taken_out_is_found(self, store: Store) -> None:
        """S25. `verify` names the number at which a line of a case is missing."""
        needs(store, Capability.CHAIN)
        lines = self.written(store)
        self.settled(store, len(lines))
        self.tamper(store, lines[3], None)
        assert Damage(CASE, 3, Damaged.MISSING) in store.verify()

    def test_the_anchor_is_over_all_lines(self, store: Store) -> None:
        """S26. `anchor` is made as the page says; carried on from an older one it is the same."""
        needs(store, Capability.ANCHOR)
        assert store.anchor() == NO_LINES
        store.append([line("0", 1, "0-first")], expected={"0-first": 0})
        self.told(store, 1)
        old = store.anchor()
        fed = self.told(store, 1 + len(self.written(store)))
        assert old == anchor_by_hand(fed[:1])
        assert store.anchor() == store.anchor(old) == store.anchor(NO_LINES) == anchor_by_hand(fed)
        assert store.anchor(store.anchor()) == store.anchor()

    def test_what_was_written_since_does_not_matter_to_an_anchor(self, store: Store) -> None:
        """S27. `verify` with an anchor finds nothing as long as the lines it speaks of are there, whatever follows."""
        needs(store, Capability.ANCHOR)
        anchors = [store.anchor()]
        count = len(self.written(store))
        self.told(store, count)
        anchors.append(store.anchor())
        store.append([line("a7", 7), line("0", 1, "0-first")], [row(7)], expected={CASE: 6, "0-first": 0})
        self.told(store, count + 2)
        anchors.append(store.anchor())
        for anchor in anchors:
            assert store.verify(anchor) == ()

    def test_an_anchor_finds_what_the_chain_cannot(self, store: Store) -> None:
        """S27. An anchor over a line more, a line less, other lines or another order than there is, is told from it."""
        needs(store, Capability.ANCHOR)
        fed = self.told(store, len(self.written(store)))
        chains = {case: iter(store.chain(case)) for case in store.cases()}
        heads = [(position, next(chains[each.case])) for position, each in fed]
        last, lines, digest = store.anchor()
        one, two = heads[4], heads[5]
        for what, anchor in {
            "the last line is gone": anchor_over([*heads, (last + 1, bytes(32))]),
            "a line is gone": anchor_over([*heads[:5], (two[0], bytes(32)), *heads[5:]]),
            "a line is too many": anchor_over([*heads[:4], *heads[5:]]),
            "all lines are too many": NO_LINES._replace(position=last),
            "a line is another": anchor_over([*heads[:4], (one[0], bytes(32)), *heads[5:]]),
            "two lines are swapped": anchor_over([*heads[:4], (one[0], two[1]), (two[0], one[1]), *heads[6:]]),
            "a position is another": anchor_over([*heads[:-1], (last + 1, heads[-1][1])]),
            "the number of lines is another": ChainAnchor(last, lines + 1, digest),
        }.items():
            assert Damage("", 0, Damaged.NOT_AS_ANCHORED) in store.verify(anchor), what

    def test_a_case_cut_short_is_found_with_the_anchor(self, store: Store) -> None:
        """S27. The last line of a case, taken away with nothing left that speaks of it."""
        needs(store, Capability.ANCHOR)
        lines = self.written(store)
        self.told(store, len(lines))
        anchor = store.anchor()
        self.tamper(store, lines[4], None)
        assert Damage("", 0, Damaged.NOT_AS_ANCHORED) in store.verify(anchor)

    def test_it_says_what_it_offers_and_refuses_the_rest(self, store: Store) -> None:
        """S28. Capabilities are a frozen set; what is not in it is refused with `NotOffered`, which names it."""
        offered = store.capabilities
        assert isinstance(offered, frozenset)
        assert offered <= set(Capability)
        if Capability.ANCHOR in offered:
            assert {Capability.FEED, Capability.CHAIN} <= offered, "an anchor needs feed and chain"
        store.append([line("a1", 1)], [row(1)], expected={CASE: 0})
        asked: list[tuple[Capability, Callable[[], object]]] = [
            (Capability.FEED, store.feed),
            (Capability.CHAIN, lambda: store.chain(CASE)),
            (Capability.CHAIN, store.verify),
            (Capability.ANCHOR, store.anchor),
            (Capability.ANCHOR, lambda: store.verify(NO_LINES)),
        ]
        for capability, ask in asked:
            if capability in offered:
                ask()
            else:
                with pytest.raises(NotOffered, match=f"'{capability}'"):
                    ask()
        assert store.capabilities == offered

    def settled(self, store: Store, count: int) -> None:
        """Wait until `verify` sees all lines; it sees what the feed tells."""
        if Capability.FEED in store.capabilities:
            self.told(store, count)


def needs(store: Store, capability: Capability) -> None:
    """Skip a clause about something that the store does not claim to offer."""
    if capability not in store.capabilities:
        pytest.skip(f"{type(store).__name__} does not list '{capability}' among its capabilities")
