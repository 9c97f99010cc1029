from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.interchange import due_bytes, dues_from, finding_bytes, findings_from
from casecore.terms import Due, Finding, NotReadable
from casecore.testing.strategies.terms import dues, findings

SECRET = "Jane Roe"


class TestTheDueIndexInBytes:
    """What the due index keeps comes back as it was, asked about on another day."""

    @given(st.lists(dues(), max_size=4), st.dates())
    def test_dues_come_back_as_asked_about_on_the_day(self, owed: list[Due], day: date) -> None:
        assert dues_from(due_bytes(owed), day) == [due.seen_on(day) for due in owed]

    @given(st.lists(findings(), max_size=4))
    def test_findings_come_back(self, found: list[Finding]) -> None:
        assert list(findings_from(finding_bytes(found))) == found

    @pytest.mark.parametrize(
        "body", [b"", b"[[1]]", b"{}", b"[" * 100_000, b'["' + SECRET.encode(), b'[["\xff' + SECRET.encode() + b'"]]']
    )
    def test_damage_is_told_and_not_quoted(self, body: bytes) -> None:
        for read in (lambda: dues_from(body, date(2026, 3, 4)), lambda: findings_from(body)):
            with pytest.raises(NotReadable) as caught:
                read()
            assert SECRET not in f"{caught.value!r} {caught.value}"
            assert caught.value.__context__ is None
