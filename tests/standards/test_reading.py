from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff import CaseloadLimit
from casecore.standards import Layer, Rulebook, read_rulebook, rulebook_toml
from casecore.terms import NotReadable, Source, Span
from casecore.testing.strategies.standards import rulebooks
from tests.standards.asked import HEADING, RULES, TEXT, Per, Tier, VisitMinimum


def problems_of(text: object) -> dict[str, str]:
    with pytest.raises(NotReadable) as refused:
        read_rulebook(text, RULES)  # type: ignore[arg-type]  # wrong types are tried too
    assert refused.value.what == "rulebook"
    return {problem.path: problem.message for problem in refused.value.problems}


def with_edition(*lines: str, asks: str = "visit-minimum") -> str:
    standard = f'{HEADING}\n[[standard]]\nname = "contacts/visits"\nasks = "{asks}"\n[[standard.edition]]\n'
    return standard + "\n".join(lines)


SINCE, SOURCE, VALUE = "since = 2024-02-01", 'source = { cite = "Manual 4" }', "value = { at_least = 4 }"

MANY_EDITIONS = "standard = [{edition = [" + "{}," * 1_001 + "]}]" + HEADING


class TestARulebookIsReadFromItsText:
    """What the text says is what the rulebook holds."""

    BOOK = read_rulebook(TEXT, RULES)

    def test_its_heading(self) -> None:
        assert (self.BOOK.key, self.BOOK.layer, self.BOOK.programs) == ("model-icm@2025.1", Layer.PROGRAM, ("ICM",))
        assert self.BOOK.invented

    def test_its_standards_in_their_order(self) -> None:
        assert [standard.name for standard in self.BOOK.standards] == ["contacts/face-to-face", "caseload/size"]

    def test_each_edition(self) -> None:
        first, second, third = self.BOOK.standards[0].editions
        assert (first.since, first.until) == (date(2024, 2, 1), None)
        assert first.value == VisitMinimum(at_least=4, per=Per.MONTH, notes_within=Span(business_days=2))
        assert first.source == Source(
            cite="Manual 4.1", url="https://example.org/4", read_on=date(2024, 12, 1), invented=True
        )
        assert (second.until, second.note) == (date(2027, 1, 1), "raised after the review")
        assert second.value == VisitMinimum(
            at_least=5, tiers=(Tier(name="full", at_least=5), Tier(name="partial", at_least=2))
        )
        assert third.is_repeal

    def test_a_plain_rule(self) -> None:
        assert self.BOOK.standards[1].on(date(2024, 2, 1)).value == CaseloadLimit(at_most=12)

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without", "with"])
    def test_from_bytes_with_or_without_a_byte_order_mark(self, mark: bytes) -> None:
        assert read_rulebook(mark + TEXT.encode(), RULES) == self.BOOK

    def test_from_text_with_a_byte_order_mark(self) -> None:
        assert read_rulebook("\ufeff" + TEXT, RULES) == self.BOOK

    def test_from_a_file_with_the_line_ends_of_another_system(self, tmp_path: Path) -> None:
        file = tmp_path / "model.toml"
        file.write_bytes(TEXT.replace("\n", "\r\n").encode())
        assert read_rulebook(file, RULES) == self.BOOK

    def test_without_standards_it_is_empty(self) -> None:
        assert read_rulebook(HEADING, RULES).standards == ()

    def test_days_may_stand_as_text(self) -> None:
        assert read_rulebook(with_edition('since = "2024-02-01"', SOURCE, VALUE), RULES).standards[0].editions

    @settings(max_examples=60)
    @given(rulebooks(repeals=False))
    def test_what_was_written_is_read_back(self, book: Rulebook) -> None:
        assert read_rulebook(rulebook_toml(book), RULES) == book


class TestEverythingUnreadableIsToldAtOnce:
    """One error, every problem, each with its path in the file; never what stands there."""

    def test_problems_of_all_parts_together(self) -> None:
        text = """
            [rulebook]
            name = ""
            version = "1"
            layer = "county"
            [[standard]]
            name = "Jane Roe"
            asks = "jane-roe"
            [[standard]]
            name = "contacts/visits"
            asks = "visit-minimum"
            [[standard.edition]]
            since = "Jane Roe"
            source = { cite = "x", url = 5 }
            value = { at_least = 0, per = "Jane Roe", weeks = 4 }
            [[standard.edition]]
            since = 2024-01-01
            value = { tiers = [{ name = "full", at_least = "Jane Roe" }] }
            [extra]
            """
        problems = problems_of(text)
        assert problems == {
            "extra": "is not a field here; known are rulebook, standard",
            "rulebook.name": "must not be empty",
            "rulebook.layer": "must be one of base, jurisdiction, program, agency",
            "rulebook.title": "is missing",
            "standard[0].edition": "is missing",
            "standard[1].edition[0].since": "must be a day, as in 2026-03-31",
            "standard[1].edition[0].source.url": "must be text",
            "standard[1].edition[0].value.at_least": "must be at least 1",
            "standard[1].edition[0].value.per": "must be one of calendar-month, quarter",
            "standard[1].edition[0].value.weeks": "is not a field here; known are "
            "at_least, kinds, notes_within, per, share, tiers",
            "standard[1].edition[1].source": "is missing",
            "standard[1].edition[1].value.at_least": "is missing",
            "standard[1].edition[1].value.tiers[0].at_least": "must be a whole number",
        }
        assert "Jane" not in str(problems)

    @pytest.mark.parametrize(
        ("lines", "path", "message"),
        [
            ((SINCE, SOURCE), "value", "is missing; a repeal is written repealed = true"),
            ((SINCE, SOURCE, "repealed = false"), "value", "is missing; a repeal is written repealed = true"),
            ((SINCE, SOURCE, VALUE, "repealed = true"), "value", "must not stand beside repealed = true"),
            ((SINCE, SOURCE, "repealed = 1"), "repealed", "must be true or false"),
            ((SINCE, SOURCE, "value = 4"), "value", "must be a table"),
            ((SINCE, SOURCE, "value = { at_least = 0 }"), "value.at_least", "must be at least 1"),
            ((SINCE, SOURCE, "value = { at_least = true }"), "value.at_least", "must be a whole number"),
            ((SINCE, SOURCE, "value = { at_least = 4.0 }"), "value.at_least", "must be a whole number"),
            ((SINCE, SOURCE, "value = { at_least = 4, share = nan }"), "value.share", "must be a finite number"),
            ((SINCE, "source = 5", VALUE), "source", "must be a Source"),
            ((SINCE, 'source = { cite = "a\\u0000b" }', VALUE), "source.cite", "must not hold a NUL character"),
            (("since = 2024-02-01T00:00:00", SOURCE, VALUE), "since", "must be a day, as in 2026-03-31"),
            ((SINCE, "until = 2024-02-01", SOURCE, VALUE), "until", "must be after since"),
            ((SINCE, SOURCE, VALUE, "unti = 2025-01-01"), "unti", "is not a field here"),
        ],
    )
    def test_one_wrong_edition(self, lines: tuple[str, ...], path: str, message: str) -> None:
        problems = problems_of(with_edition(*lines))
        assert message in problems[f"standard[0].edition[0].{path}"]

    def test_a_value_nested_too_deep(self) -> None:
        deep = "{ at_least = " + "[" * 70 + "]" * 70 + " }"
        problems = problems_of(with_edition(SINCE, SOURCE, f"value = {deep}"))
        assert "must not be nested deeper than 60" in problems.values()

    def test_an_unknown_word_after_asks(self) -> None:
        message = "must be one of caseload-limit, visit-minimum"
        assert problems_of(with_edition(SINCE, SOURCE, VALUE, asks="visits")) == {"standard[0].asks": message}

    def test_editions_that_contradict_each_other(self) -> None:
        twice = with_edition(SINCE, "until = 2025-01-01", SOURCE, VALUE, "[[standard.edition]]", SINCE, SOURCE, VALUE)
        assert problems_of(twice) == {"standard[0].edition[1].since": "must be after the edition before it"}

    def test_a_name_that_stands_twice_beside_another_problem(self) -> None:
        second = with_edition(SINCE, SOURCE, VALUE).removeprefix(HEADING)
        third = with_edition(SINCE, SOURCE, "value = { at_least = 0 }").removeprefix(HEADING)
        assert problems_of(HEADING + second + "\n" + third) == {
            "standard[1].edition[0].value.at_least": "must be at least 1",
            "standard[1].name": "must not stand twice in one rulebook",
        }

    def test_a_standard_without_editions(self) -> None:
        text = f'{HEADING}\n[[standard]]\nname = "a/b"\nasks = "visit-minimum"\nedition = []'
        assert problems_of(text) == {"standard[0].edition": "must hold at least one edition"}

    @pytest.mark.parametrize(
        ("text", "path", "message"),
        [
            ("", "rulebook", "is missing"),
            ("rulebook = 5", "rulebook", "must be a table"),
            (f"{HEADING}\n[standard]\nname = 'x'", "standard", "must be a list of tables, each under its own [[...]]"),
            (f"standard = [5]\n{HEADING}", "standard[0]", "must be a table"),
            (with_edition(SINCE, SOURCE, VALUE) + "\n[[standard]]\nedition = 5", "standard[1].name", "is missing"),
            (
                "standard = [{edition = [" + "{}," * 1_001 + "]}]" + HEADING,
                "standard[0].edition",
                "must not have more than 1000 parts",
            ),
            ("standard = [" + "{}," * 10_001 + "]" + HEADING, "standard", "must not have more than 10000 parts"),
        ],
        ids=["empty", "no table", "no list", "a number", "no edition", "too many editions", "too many standards"],
    )
    def test_another_shape(self, text: str, path: str, message: str) -> None:
        assert problems_of(text)[path] == message


class TestWhatIsNoTomlIsToldByItsPlace:
    """By line and column; its own words are not repeated."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ('name = "Roe', "is not TOML: the end of the file lacks a closing quotation mark"),
            ("\nname = Roe", "is not TOML: line 2, column 8 holds what TOML does not know"),
            ("Roe = 1\nRoe = 2\n", "is not TOML: line 2, column 8 says the same thing twice"),
            ("[Roe]\n[Roe]\n", "is not TOML: line 2, column 5 says the same thing twice"),
            ("a = { Roe = 1, Roe = 2 }", "is not TOML: line 1, column 22 says the same thing twice"),
            ("Roe\n", "is not TOML: line 1, column 4 lacks a = after a name"),
            ("a = 1 Roe", "is not TOML: line 1, column 7 has something more after the end of a value"),
            ("[Roe\n", "is not TOML: line 1, column 5 lacks a closing bracket"),
            ("a = [1\n", "is not TOML: the end of the file lacks a closing bracket"),
            ("a = 2024-02-30\n", "is not TOML: line 1, column 5 holds a day or instant that does not exist"),
            ("a = 'R\0oe'\n", "is not TOML: line 1, column 7 holds a character that is not allowed there"),
            ("# R\0oe\n", "is not TOML: line 1, column 4 holds a character that is not allowed there"),
            ('a = "\\Roe"\n', "is not TOML: line 1, column 6 has a lone backslash in a text"),
            ("a = " + "9" * 5000, "is not TOML: holds what TOML does not know"),
        ],
    )
    def test_broken(self, text: str, told: str) -> None:
        (problem,) = problems_of(text).values()
        assert problem.startswith(told[: told.index("column")] if "column" in told else told)
        assert problem.endswith(told.split(" ", 8)[-1].split(" ", 1)[-1])
        assert "Roe" not in problem

    def test_other_encodings(self) -> None:
        assert problems_of(b'name = "Ro\xe9"') == {"": "must be UTF-8; byte 10 is not"}

    def test_a_lone_surrogate(self) -> None:
        assert problems_of(TEXT.replace("Manual 3", "Manual \ud800")) == {
            "standard[1].edition[0].source.cite": "must not hold half of a character (a lone surrogate)"
        }

    @pytest.mark.parametrize("given", [None, 5, ["[rulebook]"]])
    def test_another_type(self, given: object) -> None:
        assert problems_of(given) == {"": "must be text, bytes or a path"}

    def test_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none.toml", tmp_path, tmp_path / "a\0b"):
            assert problems_of(path) == {"": "must be a file that can be opened"}


class TestTheTextHasBounds:
    """Large and deep texts are refused quickly, whatever they hold."""

    def test_size(self, tmp_path: Path) -> None:
        file = tmp_path / "large.toml"
        file.write_bytes(b"#" * 5_000_001)
        for text in ("#" * 5_000_001, b"\xff" * 5_000_001, file):
            assert problems_of(text) == {"": "must not be larger than 5000000 bytes"}

    def test_a_large_comment_is_still_read(self) -> None:
        assert read_rulebook(TEXT + "#" * (4_999_999 - len(TEXT)), RULES)

    @pytest.mark.parametrize(
        "text",
        ["a = " + "[" * 10_000, "a = " + "{a=" * 10_000, ".".join("a" * 200_000) + " = 1", '"a".' * 200_000 + "a = 1"],
        ids=["lists", "tables", "names", "quoted names"],
    )
    def test_depth(self, text: str) -> None:
        began = time.perf_counter()
        assert problems_of(text) == {"": "must not be nested so deep"}
        assert time.perf_counter() - began < 5  # dotted names take tomllib minutes

    @given(st.text(max_size=40) | st.binary(max_size=40))
    def test_any_text_is_refused_with_the_one_error(self, text: str | bytes) -> None:
        assert problems_of(text)


class TestARulebookIsWritten:
    """What TOML has no word for is refused, with its path."""

    def test_it_reads_as_a_person_would_write_it(self) -> None:
        text = rulebook_toml(read_rulebook(TEXT, RULES))
        assert text.splitlines()[:14] == [
            "[rulebook]",
            'name = "model-icm"',
            'version = "2025.1"',
            'title = "Model program"',
            'layer = "program"',
            'programs = ["ICM"]',
            "invented = true",
            "",
            "[[standard]]",
            'name = "contacts/face-to-face"',
            'asks = "visit-minimum"',
            "",
            "[[standard.edition]]",
            "since = 2024-02-01",
        ]

    def test_with_repeals_and_every_field_it_is_read_back(self) -> None:
        book = read_rulebook(TEXT, RULES)
        assert read_rulebook(rulebook_toml(book), RULES) == book

    def test_a_standard_of_repeals_alone_has_no_word(self) -> None:
        text = TEXT.replace('asks = "caseload-limit"', 'asks = "caseload-limit"').replace(
            "value = { at_most = 12 }", "repealed = true"
        )
        with pytest.raises(NotReadable, match=r"standards\[1\]: must ask for rules of exactly one class"):
            rulebook_toml(read_rulebook(text, RULES))
