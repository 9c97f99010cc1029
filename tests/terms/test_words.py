from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given

from casecore.terms import Entry, Finding, NotReadable, Source, Words
from casecore.testing.strategies import terms as strategies


@attrs.frozen(kw_only=True)
class BellRung(Entry, kind="bell-rung", dated="rung_on"):
    """Somebody rang."""

    rung_on: date
    note: Words | None = None


@attrs.frozen(kw_only=True)
class BellRungTwice(Entry, kind="bell-rung-twice", version=2, dated="rung_on"):
    """Somebody rang twice."""

    rung_on: date


class TestEntry:
    """An entry class names its kind, its version, and the day the fact happened on."""

    def test_the_words_of_the_class_are_kept(self) -> None:
        assert (BellRung.kind, BellRung.version, BellRung.dated) == ("bell-rung", 1, "rung_on")
        assert (BellRungTwice.kind, BellRungTwice.version) == ("bell-rung-twice", 2)
        assert (Entry.kind, Entry.version, Entry.dated) == ("", 1, "")

    def test_it_happened_on_the_day_its_class_says(self) -> None:
        assert BellRung(rung_on=date(2026, 3, 4)).happened_on == date(2026, 3, 4)

    def test_it_is_checked_like_any_value(self) -> None:
        with pytest.raises(NotReadable) as caught:
            BellRung(rung_on="today", note="")  # type: ignore[arg-type]  # on purpose
        assert [problem.path for problem in caught.value.problems] == ["rung_on", "note"]

    def test_it_keeps_no_room_for_anything_else(self) -> None:
        assert not hasattr(BellRung(rung_on=date(2026, 3, 4)), "__dict__")


class TestSource:
    """A source says where to look, and whether it is only an example."""

    def test_an_invented_source_says_so_wherever_it_is_printed(self) -> None:
        assert str(Source(cite="14 NYCRR 506.4(a)(1)")) == "14 NYCRR 506.4(a)(1)"
        assert str(Source(cite="Model Manual 3.1", invented=True)) == "Model Manual 3.1 (invented example)"

    @given(strategies.sources(invented=True))
    def test_an_example_is_never_printed_as_law(self, source: Source) -> None:
        assert str(source).endswith("(invented example)")

    def test_it_cannot_be_without_a_citation(self) -> None:
        with pytest.raises(NotReadable, match="cite: must not be empty"):
            Source(cite="")


class TestFinding:
    """A finding is a dated departure, under a code that never changes."""

    @given(strategies.findings(code="plan-unsigned"))
    def test_it_has_its_code_its_day_and_its_words(self, finding: Finding) -> None:
        assert finding.code == "plan-unsigned"
        assert finding.what.strip()
        assert isinstance(finding.on, date)

    @pytest.mark.parametrize("field", ["code", "what"])
    def test_it_cannot_be_without_them(self, field: str) -> None:
        with pytest.raises(NotReadable, match=f"{field}: must not be empty"):
            Finding(**{"code": "a", "on": date(2026, 3, 4), "what": "b", field: " "})  # type: ignore[arg-type]  # by name
