from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.contacts import Contact
from casecore.interchange import read_json
from casecore.interchange.plain_json import LARGEST
from casecore.terms import NotReadable, read

SECRET = "Jane Roe, 14 Elm Street"

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def refused(data: bytes | str) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        read_json(data, what="import")
    error = caught.value
    assert SECRET not in f"{error} {error!r} {error.problems!r}"
    assert error.__cause__ is None
    assert error.__context__ is None
    assert len(error.problems) == 1
    assert str(error).startswith("import cannot be read")
    return error


class TestJson:
    """JSON from a stranger is read in bounds, or refused with one typed error that quotes nothing."""

    @given(PLAIN)
    def test_it_reads_what_the_standard_library_reads(self, data: object) -> None:
        written = json.dumps(data)
        assert read_json(written) == read_json(written.encode()) == json.loads(written)

    @given(st.binary(max_size=60) | st.text(max_size=60))
    def test_anything_is_read_or_refused(self, data: bytes | str) -> None:
        with suppress(NotReadable):
            read_json(data)

    def test_size_is_bounded_before_anything_is_read(self) -> None:
        error = refused(b"[" + b" " * 100_000_000 + b"]")
        assert str(LARGEST) in str(error)
        assert read_json(b"[" + b" " * 1000 + b"]") == []

    @pytest.mark.parametrize("opened", ["[", '{"a":', '[{"a":'])
    def test_depth_is_bounded(self, opened: str) -> None:
        assert "nested" in str(refused(opened * 10_000 + f'"{SECRET}"'))
        closed = {"[": "]", '{"a":': "}", '[{"a":': "}]"}[opened]
        assert "nested" in str(refused(opened * 10_000 + "1" + closed * 10_000))

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5_000])
    def test_what_is_no_finite_number_is_refused(self, number: str) -> None:
        refused(f'{{"note": "{SECRET}", "minutes": {number}}}')

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b'"' + SECRET.encode(),
            b'{"' + SECRET.encode() + b'": 1,}',
            SECRET.encode() + b'"\xff"',
            b'"\xff' + SECRET.encode() + b'"',
            b'"\xed\xa0\x80' + SECRET.encode() + b'"',
            b'"\\ud800' + SECRET.encode() + b'"',
            '"\ud800' + SECRET + '"',
            b'\xef\xbb\xbf"' + SECRET.encode() + b'"',
            SECRET.encode("utf-16"),
            b"\0\0\0",
        ],
    )
    def test_what_is_not_json_in_utf_8_is_refused(self, data: bytes | str) -> None:
        refused(data)

    def test_the_place_is_told(self) -> None:
        assert "not at byte 3" in str(refused(b"[1,]"))

    def test_of_a_key_that_stands_twice_the_later_counts(self) -> None:
        assert read_json('{"minutes": 15, "minutes": 40}') == {"minutes": 40}

    def test_a_nul_written_as_an_escape_is_refused_by_the_field(self) -> None:
        data = read_json(
            '{"held_on": "2026-03-04", "mode": "mail", "outcome": "held", "note": "%s\\u0000"}' % SECRET  # noqa: UP031
        )
        with pytest.raises(NotReadable) as caught:
            read(data, Contact)
        assert [problem.path for problem in caught.value.problems] == ["note"]
        assert SECRET not in str(caught.value)
