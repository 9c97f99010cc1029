from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.hooks import (
    CHAIN_START,
    NO_LINES,
    Capability,
    ChainAnchor,
    StoredEntry,
    check_chain,
    check_feed,
    line_digest,
    link,
    link_lines,
    not_offered,
)
from casecore.terms import NotReadable
from casecore.testing.proofs_by_hand import anchor_over, chain_by_hand
from casecore.testing.strategies.hooks import stored_entries

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "at", "w-7", b"{}")
HEADS = st.lists(st.tuples(st.integers(1, 2**62), st.binary(min_size=32, max_size=32)), unique_by=lambda each: each[0])


class TestTheHashOfALine:
    """It is over the hash of the line before it and over everything that is stored of the line."""

    @given(st.lists(stored_entries(cases=st.just("C-1")), max_size=5))
    def test_it_is_what_it_is_by_hand(self, lines: list[StoredEntry]) -> None:
        assert link_lines(lines, {}) == chain_by_hand(lines)

    @given(stored_entries(), stored_entries())
    def test_different_lines_differ(self, one: StoredEntry, other: StoredEntry) -> None:
        assert (line_digest(one) == line_digest(other)) == (one == other)

    @given(st.lists(stored_entries(cases=st.sampled_from(("C-1", "C-2"))), max_size=8), st.integers(0, 8))
    def test_heads_go_along(self, lines: list[StoredEntry], place: int) -> None:
        heads: dict[str, bytes] = {}
        in_two = link_lines(lines[:place], heads) + link_lines(lines[place:], heads)
        assert in_two == link_lines(lines, {})

    def test_the_first_line_goes_on_from_nothing(self) -> None:
        assert link_lines([LINE], {}) == [link(CHAIN_START, line_digest(LINE))]

    def test_what_cannot_be_kept_has_none(self) -> None:
        with pytest.raises(OverflowError):
            line_digest(LINE._replace(form=2**63))
        with pytest.raises(UnicodeEncodeError):
            line_digest(LINE._replace(by="\ud800"))


class TestTheAnchor:
    """One line of text over all lines, which goes on as the store does."""

    @given(HEADS, st.integers(0, 10))
    def test_it_goes_on(self, heads: list[tuple[int, bytes]], place: int) -> None:
        assert NO_LINES.and_on(heads[:place]).and_on(heads[place:]) == anchor_over(heads)

    @given(HEADS)
    def test_it_is_read_as_it_was_written(self, heads: list[tuple[int, bytes]]) -> None:
        anchor = NO_LINES.and_on(heads)
        assert ChainAnchor.read(f" {anchor}\n") == anchor

    @pytest.mark.parametrize("text", ["", "1:2:3", "2:1:1:" + "00" * 32, "1:1:1:" + "00" * 31, "1:-1:1:" + "00" * 32])
    def test_what_is_no_anchor_is_told(self, text: str) -> None:
        with pytest.raises(NotReadable, match="1:position:lines:hash"):
            ChainAnchor.read(text)

    def test_an_anchor_over_nothing_holds_for_whatever_comes(self) -> None:
        lines = [(1, LINE, link(CHAIN_START, line_digest(LINE)))]
        assert check_chain([], NO_LINES) == check_chain(lines, NO_LINES) == check_chain(lines) == ()


class TestAQuestionToTheFeed:
    """It begins at 0 or at a position that was told, and asks for one line at least."""

    @pytest.mark.parametrize(("after", "limit"), [(0, 1), (7, 1000), (2**63 - 1, 2**63 - 1)])
    def test_what_can_be_answered(self, after: int, limit: int) -> None:
        check_feed(after, limit)

    @pytest.mark.parametrize("after", [-1, 2**63, True, "1", 1.0])
    def test_a_position_that_was_never_told(self, after: int) -> None:
        with pytest.raises(NotReadable, match="after: must be a position"):
            check_feed(after, 1)

    @pytest.mark.parametrize("limit", [0, -1, 2**63, False, None])
    def test_a_page_without_a_line(self, limit: int) -> None:
        with pytest.raises(NotReadable, match="limit: must be a whole number from 1"):
            check_feed(0, limit)


class TestARefusal:
    """It names the store and what it does not offer, and says what one would do that does."""

    @pytest.mark.parametrize("capability", list(Capability))
    def test_by_name(self, capability: Capability) -> None:
        refused = not_offered(object(), capability)
        assert str(refused).startswith(
            f"object does not offer '{capability.value}'; one whose capabilities list it would "
        )
        assert not refused.retry
