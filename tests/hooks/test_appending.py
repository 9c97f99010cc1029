from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.hooks import IndexRow, StoredEntry, appending, check_append, check_index, same_content, settle_append
from casecore.terms import NotReadable
from casecore.testing.strategies.hooks import index_rows, stored_entries

LINE = StoredEntry("e1", "C-1", 1, "contact", 1, "2026-03-04T14:00:00.000000+00:00", "w-7", b"{}")
ROW = IndexRow("C-1", 1, "w-7", "icm", "house@1", "2026-03-04", "", b"[]", b"[]")

FEW = st.sampled_from(("C-1", "C-2", "C-3"))
NUMBERS = st.integers(-1, 4)


class TestAnAppendThatContradictsItself:
    """An append is refused with everything that is wrong with it."""

    @given(
        st.lists(stored_entries(entry_ids=st.sampled_from("abcd"), cases=FEW, numbers=NUMBERS), max_size=4),
        st.lists(index_rows(cases=FEW, numbers=NUMBERS), max_size=3),
        st.dictionaries(FEW, NUMBERS),
    )
    def test_the_quick_judgement_is_the_thorough_one(
        self, lines: list[StoredEntry], rows: list[IndexRow], expected: dict[str, int]
    ) -> None:
        thorough = not list(appending._problems(lines, rows, expected))
        assert appending._plainly_right(lines, rows, expected) == thorough

    @given(
        stored_entries(cases=FEW, numbers=NUMBERS),
        index_rows(cases=FEW, numbers=NUMBERS),
        st.dictionaries(FEW, NUMBERS, min_size=1, max_size=1),
    )
    def test_so_is_the_quickest_for_one_line_with_its_row(
        self, line: StoredEntry, row: IndexRow, expected: dict[str, int]
    ) -> None:
        thorough = not list(appending._problems([line], [row], expected))
        assert appending._plainly_next(line, row, expected) == thorough
        row = row._replace(case=line.case, number=line.number)
        expected = {line.case: line.number - 1}
        assert appending._plainly_next(line, row, expected) == (line.number > 0)

    @pytest.mark.parametrize("field", StoredEntry._fields)
    @pytest.mark.parametrize("value", [None, 1.5, True, "1", 1, b"1", bytearray(b"1")])
    def test_fields_have_exactly_the_types_they_should(self, field: str, value: Any) -> None:
        line = LINE._replace(**{field: value})
        if type(value) is type(getattr(LINE, field)):
            return
        with pytest.raises(NotReadable, match=field):
            check_append([line], expected={"C-1": 0}, index=())
        with pytest.raises(NotReadable, match=rf"entries\[1\]\.{field}"):
            check_append([LINE, line], expected={"C-1": 0}, index=())
        with pytest.raises(NotReadable, match=field):
            check_append([line], [ROW], {"C-1": 0})

    @pytest.mark.parametrize("field", IndexRow._fields)
    def test_so_do_the_fields_of_an_index_row(self, field: str) -> None:
        nothing: Any = {field: None}
        row = ROW._replace(**nothing)
        with pytest.raises(NotReadable, match=field):
            check_append([LINE], [row], {"C-1": 0})
        with pytest.raises(NotReadable, match=field):
            check_index([row])

    def test_everything_wrong_is_said_at_once(self) -> None:
        with pytest.raises(NotReadable) as refused:
            check_append(
                [LINE, LINE._replace(case="C-2", number=7)], [ROW._replace(number=5), ROW], {"C-1": 0, "C-3": 0}
            )
        assert [str(problem) for problem in refused.value.problems] == [
            "entries[1].entry_id: must not stand twice in one call",
            "expected: must name the case of entries[1]",
            "expected: must not name a case to which nothing is written",
            "index[1].case: must not stand twice in one call",
        ]

    def test_a_line_with_too_few_fields_is_told_as_such(self) -> None:
        short: Any = ("e1", "C-1", 1)
        with pytest.raises(NotReadable, match="must have 8 fields"):
            check_append([short], (), {"C-1": 0})
        with pytest.raises(NotReadable, match="must have 8 fields"):
            check_append([short], [ROW], {"C-1": 0})

    def test_expected_must_be_whole_numbers(self) -> None:
        number: Any
        for number in (-1, "0", 0.0, True, None):
            with pytest.raises(NotReadable, match="expected"):
                check_append([LINE], (), {"C-1": number})
            with pytest.raises(NotReadable, match="expected"):
                check_append([LINE], [ROW], {"C-1": number})

    def test_what_is_wrong_is_never_quoted(self) -> None:
        secret: Any = "Jane Roe"
        with pytest.raises(NotReadable) as refused:
            check_append([LINE._replace(body=secret, number=3)], (), {"C-1": 0})
        assert "Jane" not in str(refused.value)


class TestRetryOrConflict:
    """The same content under the same ids is a retry; anything else under a known id is refused."""

    def test_nothing_known_is_no_retry(self) -> None:
        assert settle_append([LINE], {}) is None

    def test_all_known_is_a_retry_whatever_its_number_and_instant(self) -> None:
        later = LINE._replace(number=9, recorded_at="2027-01-01T00:00:00.000000+00:00")
        assert settle_append([later], {"e1": LINE}) == (LINE,)

    @pytest.mark.parametrize("other", [{"case": "C-2"}, {"kind": "note"}, {"form": 2}, {"by": "w-8"}, {"body": b""}])
    def test_other_content_is_not(self, other: dict[str, Any]) -> None:
        assert not same_content(LINE, LINE._replace(**other))
        with pytest.raises(NotReadable, match="other content"):
            settle_append([LINE._replace(**other)], {"e1": LINE})

    def test_a_call_half_of_which_is_known_is_not_the_same_call(self) -> None:
        with pytest.raises(NotReadable, match=r"entries\[1\]: is new"):
            settle_append([LINE, LINE._replace(entry_id="e2", number=2)], {"e1": LINE})
