from __future__ import annotations

import csv
import enum
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.interchange import ANSWER_COLUMNS, Applicant, Applicants, applicant_columns, lines_of
from casecore.interchange.applicant_columns import MOST_PARTS, ONE_OF, column_called, columns_of, letters
from casecore.interchange.sheet import LONGEST_ROW, MOST_COLUMNS, MOST_LINES
from casecore.staff import Credits, CreditUnit, Degree, Level, Spell, StaffFile, Statement
from casecore.staff.posts import read_post
from casecore.terms import NotReadable, Value
from casecore.testing.strategies.staff_files import staff_files
from tests.staff.posts.asked import post


def read_sheet(*lines: str) -> list[Applicant]:
    return list(Applicants([f"{line}\n" for line in lines]))


def one(heading: str, row: str) -> Applicant:
    (applicant,) = read_sheet(heading, row)
    return applicant


def file_of(heading: str, row: str) -> StaffFile:
    applicant = one(heading, row)
    assert applicant.problems == ()
    assert applicant.file is not None
    return applicant.file


def problems_of(heading: str, row: str) -> dict[str, str]:
    applicant = one(heading, row)
    assert applicant.file is None
    return dict(applicant.problems)


def heading_problems(*lines: str) -> dict[str, str]:
    with pytest.raises(NotReadable) as caught:
        Applicants(lines)
    return dict(caught.value.problems)


def filled_in(value: Value, before: str = "") -> Iterator[tuple[str, str]]:
    """A value as an office would fill it in: each column with its cell."""
    fields: Any = attrs.fields(type(value))  # type: ignore[arg-type]  # every value is an attrs class
    for field in fields:
        part, column = getattr(value, field.name), before + field.name
        if part is None:
            continue
        if isinstance(part, tuple) and not part:
            if field.default != ():
                yield column, "none"
        elif isinstance(part, tuple) and isinstance(part[0], str):
            yield column, "; ".join(part)
        elif isinstance(part, tuple):
            for number, each in enumerate(part, start=1):
                yield from filled_in(each, f"{before}{ONE_OF[field.name]}_{number}_")
        else:
            yield column, cell(part)


def cell(part: Any) -> str:
    if isinstance(part, bool):
        return "yes" if part else "no"
    if isinstance(part, enum.Enum):
        return str(part.value)
    return str(part)


class TestRows:
    """One row is one applicant: every fact of a staff file has a column whose name follows from its field."""

    @given(file=staff_files(), separator=st.sampled_from(",;\t"), data=st.data())
    @settings(max_examples=60)
    def test_any_staff_file_can_be_filled_in(self, file: StaffFile, separator: str, data: st.DataObject) -> None:
        cells = data.draw(st.permutations(list(filled_in(file))))
        text = io.StringIO(newline="")
        sheet = csv.writer(text, delimiter=separator)
        sheet.writerows(zip(*cells, strict=True))
        (applicant,) = Applicants(io.StringIO(text.getvalue(), newline=""))
        assert applicant.problems == ()
        assert applicant.file == file

    def test_an_empty_cell_is_not_known_and_none_is_an_empty_list(self) -> None:
        heading = "worker,degrees,credits,degree_1_level,spell_1_began_on,spell_1_kinds,spell_1_settings"
        file = file_of(heading, "w-1,,none,,2020-01-01,none,")
        assert (file.degrees, file.credits) == (None, ())
        assert file.experience == (Spell(began_on=date(2020, 1, 1), kinds=()),)

    def test_parts_may_be_left_out_between_others(self) -> None:
        heading = "worker,degree_1_level,degree_2_level,degree_3_level,degree_3_credits"
        assert file_of(heading, "w-1,,,master,none").degrees == (Degree(level=Level.MASTER, credits=()),)
        problems = problems_of(heading, "w-1,bachelor,,diploma,")
        assert list(problems) == ["row 2, degree_3_level"]

    def test_what_is_stated(self) -> None:
        file = file_of("worker,stated_examination-passed,stated_typing speed,stated_x,stated_y", "w-1,Yes,45.5,no,")
        assert file.statements == (
            Statement(name="examination-passed", is_so=True),
            Statement(name="typing speed", number=45.5),
            Statement(name="x", is_so=False),
        )
        assert problems_of("worker,stated_x", "w-1,perhaps") == {"row 2, stated_x": "must be yes, no or a number"}

    def test_what_spreadsheets_make_of_numbers_and_ticks(self) -> None:
        heading = "worker,spell_1_began_on,spell_1_share,spell_1_is_paid,credits_1_amount,credits_1_unit"
        file = file_of(heading.replace(",", ";"), "w-1;2020-01-01;80%;TRUE;16,5;Semester")
        assert file.experience == (Spell(began_on=date(2020, 1, 1), share=0.8, is_paid=True),)
        assert file.credits == (Credits(amount=16.5, unit=CreditUnit.SEMESTER),)

    @pytest.mark.parametrize("amount", ["1,000", "1 000", "nan", "inf", "1e3", "0x10", "١٢", "--1", "12 h", "1.2.3"])
    def test_a_number_that_may_mean_another_is_refused(self, amount: str) -> None:
        row = f'w-1,"{amount}",semester'
        assert problems_of("worker,credits_1_amount,credits_1_unit", row) == {
            "row 2, credits_1_amount": "must be a number, as in 1200 or 37.5"
        }

    @pytest.mark.parametrize("day", ["3/4/2026", "20260304", "2026-W10-3", "2026-02-30", "04.03.2026", "2026-3-4"])
    def test_a_day_that_may_mean_another_is_refused(self, day: str) -> None:
        assert problems_of("worker,born_on", f"w-1,{day}") == {"row 2, born_on": "must be a day, as in 2026-03-31"}

    def test_rows_are_counted_as_a_spreadsheet_does(self) -> None:
        applicants = read_sheet("worker,note_1", "w-1,", "", ',"', ",", 'w-2,"two\nlines"', "w-3")
        assert [(each.row, each.worker) for each in applicants if each.file] == [(2, "w-1"), (6, "w-2"), (7, "w-3")]

    def test_notes_are_not_read(self) -> None:
        assert file_of("note,worker,note_name", "whatever,w-1,Jane") == StaffFile(worker="w-1")

    def test_columns_are_named_by_letters_where_they_cannot_be_named_otherwise(self) -> None:
        assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]

    def test_a_path_of_a_staff_file_is_told_as_a_column(self) -> None:
        numbers = {"degrees": [1, 3], "degrees[1].credits": [2]}
        assert column_called("degrees[1].credits[0].amount", numbers) == "degree_3_credits_2_amount"
        assert column_called("degrees[1].credits") == "degree_2_credits"
        assert column_called("experience[0].papers: letter") == "spell_1_papers: letter"
        assert column_called("experience[0].kinds[2]") == "spell_1_kinds"
        assert column_called("born_on") == "born_on"

    def test_every_column_there_may_be_is_understood(self) -> None:
        columns = list(columns_of(StaffFile, ""))
        assert {"degree_1_credits_1_amount", "spell_1_served_1_share", "credential_1_suspended_1_start"} <= set(columns)
        assert Applicants([",".join(columns)]).separator == ","


class TestBadRows:
    """A row that cannot be read is told with row and column, never with what stands there, and stops no other."""

    def test_everything_that_is_wrong_with_a_row_is_told_at_once(self) -> None:
        heading = "worker,degree_1_level,degree_2_awarded_on,spell_1_share,spell_1_hours_per_week,spell_2_began_on"
        assert problems_of(heading, ",PhD,2020-01-01,400%,-5,2020-01-01") == {
            "row 2, worker": "must not be empty",
            "row 2, degree_1_level": "must be one of high-school, associate, bachelor, master, doctorate",
            "row 2, degree_2_level": "must not be empty",
            "row 2, spell_1_began_on": "must not be empty",
        }
        assert problems_of(heading + ",spell_1_began_on", "w-1,,,400%,-5,2020-01-01,2020-01-01") == {
            "row 2, spell_1_share": "must be at most 1",
            "row 2, spell_1_hours_per_week": "must be at least 0",
        }

    def test_what_contradicts_itself(self) -> None:
        heading = "worker,born_on,spell_2_began_on,spell_2_ended_on,degree_1_level,degree_2_level,degree_4_level"
        assert problems_of(heading, "w-1,,2020-01-02,2020-01-01,,,") == {
            "row 2, spell_2_ended_on": "must not be before began_on"
        }
        assert problems_of(heading, "w-1,2021-01-01,2020-01-02,,master,bachelor,master") == {
            "row 2, degree_4": "must not overlap a degree of the same kind before it",
            "row 2, spell_2_began_on": "must not be before born_on",
        }
        assert problems_of("worker,degrees,degree_1_level", "w-1,none,master") == {
            "row 2, degrees": "must not be none beside what is filled in"
        }
        assert problems_of("worker,degrees", "w-1,two") == {"row 2, degrees": "must be none or empty"}
        assert problems_of("worker,spell_1_began_on,spell_1_share,spell_1_hours_per_week", "w-1,2020-01-01,1,40") == {
            "row 2, spell_1": "must give at most one of share, hours_per_week, hours"
        }

    def test_a_quotation_mark_that_is_not_closed_costs_one_row(self) -> None:
        rows = ['"w-1,', *(f"w-{number}," for number in range(2, 3 * MOST_LINES))]
        applicants = read_sheet("worker,born_on", *rows)
        assert applicants[0].problems == (("row 2", "has a quotation mark that is not closed"),)
        assert [each.worker for each in applicants[1:]] == [f"w-{number}" for number in range(2, 3 * MOST_LINES)]

    def test_two_such_marks_may_enclose_a_row_but_nothing_is_lost_in_silence(self) -> None:
        applicants = read_sheet("worker,born_on", 'w-1,5" ', "w-2,", 'w-3,6" ', "w-4,")
        assert [each.worker for each in applicants if each.file] == ["w-4"]
        assert applicants[0].problems == (("row 2", "must be CSV: quotation marks around a whole cell, and closed"),)

    def test_more_cells_than_the_heading(self) -> None:
        assert problems_of("worker", "w-1,Jane") == {"row 2": "must not have more cells than the heading"}
        assert file_of("worker", "w-1,,,") == StaffFile(worker="w-1")

    def test_a_cell_below_an_empty_heading(self) -> None:
        assert problems_of("worker,", "w-1,Jane") == {"row 2": "must not have a cell below an empty heading"}

    @pytest.mark.parametrize(
        ("bad", "message"),
        [
            ("\0", "must not hold a NUL character"),
            ("\udcff", "must be UTF-8: save the sheet as CSV UTF-8"),
            ("half \ud83d", "must be UTF-8: save the sheet as CSV UTF-8"),
            ("é\0", "must not hold a NUL character"),
            ("x" * LONGEST_ROW, f"must not be longer than {LONGEST_ROW} characters"),
            ("x" * 140_000, "must be CSV: quotation marks around a whole cell, and closed"),
        ],
    )
    def test_text_that_no_cell_may_hold(self, bad: str, message: str) -> None:
        applicants = read_sheet("worker", f"w-1{bad}", "w-2")
        assert applicants[0].problems == (("row 2", message),)
        assert applicants[1].worker == "w-2"

    def test_an_endless_line_is_cut(self) -> None:
        text = io.StringIO("worker\n" + "x" * (3 * LONGEST_ROW) + "\nw-2\n")
        lines = list(lines_of(text))
        assert max(map(len, lines)) == LONGEST_ROW + 2
        first, second = Applicants(lines)
        assert first.problems == (("row 2", f"must not be longer than {LONGEST_ROW} characters"),)
        assert (second.row, second.worker) == (3, "w-2")

    @given(text=st.text(st.sampled_from("w-1,\";\n\r\t'=\0\udcffé"), max_size=60))
    @settings(max_examples=100)
    def test_whatever_stands_there_each_row_is_read_or_told(self, text: str) -> None:
        for applicant in Applicants(io.StringIO(f"worker,born_on\n{text}", newline="")):
            assert (applicant.file is None) == bool(applicant.problems)


class TestHeading:
    """The heading says what each column is; what it does not say is not guessed."""

    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_the_separator_is_told_by_the_heading_alone(self, separator: str, mark: str) -> None:
        lines = [f'{mark}"worker"{separator}born_on\n', f'"w;,\t1"{separator}2000-01-01\n']
        applicants = Applicants(lines)
        assert (applicants.separator, applicants.has_mark) == (separator, bool(mark))
        assert [each.file for each in applicants] == [StaffFile(worker="w;,\t1", born_on=date(2000, 1, 1))]

    def test_no_word_of_a_row_that_is_no_heading_is_repeated(self) -> None:
        assert heading_problems("Jane Doe,2000-01-01") == {"row 1": "must be a heading with a column worker"}
        told = heading_problems("worker,Jane,jane_doe,degree_1_jane,degree_101_level,degree_0_level,degree_1_jane")
        assert list(told) == [f"row 1, column {letter}" for letter in "BCDEFG"]
        assert "jane" not in str(told).lower()
        assert told["row 1, column D"].endswith("this is no fact of a degree")

    def test_a_column_stands_once(self) -> None:
        assert heading_problems("worker,born_on,born_on") == {"row 1, column C": "must not have the name of column B"}

    @pytest.mark.parametrize("text", ["", "\n", "\0", "w\0o\0r\0k\0e\0r", "\udcff\udcfew", '"worker', "x" * 2_000_000])
    def test_what_is_no_heading(self, text: str) -> None:
        assert list(heading_problems(text)) == ["row 1"]

    def test_too_many_columns(self) -> None:
        assert heading_problems("worker" + ",note" * MOST_COLUMNS) == {
            "row 1": f"must not have more than {MOST_COLUMNS} columns"
        }


class TestTemplate:
    """The columns of an empty spreadsheet follow from what the post asks."""

    def test_only_what_is_asked(self) -> None:
        asked = read_post(
            post('{ all_of = [{ aged = { at_least = 18 } }, { stated = { name = "examination-passed" } }] }')
        )
        assert applicant_columns(asked) == ("worker", "born_on", "stated_examination-passed")

    def test_every_kind_of_need(self) -> None:
        credits = '{ at_least = 3, unit = "semester" }'
        needs = (
            f'{{ degree = {{ level = "master", titles = ["MSW"], including = ["placement"], credits = {credits} }} }}',
            '{ experience = { at_least = { years = 1 }, work = { kinds = ["x"], group = "g", served_at_least = 0.5,'
            ' after = { credential = { names = ["LMSW"] } } } } }',
            '{ learning = { hours = 3, subjects = ["ethics"] } }',
            '{ credential = { names = ["LCSW"], issuers = ["NY"], held = "throughout" } }',
            '{ scored = { name = "typing", at_least = 40 } }',
            '{ judged = { clause = "related-field" } }',
            '{ measured_at = "application", credits = { at_least = 3, unit = "semester", is_graduate = true } }',
        )
        asked = read_post(post(f"{{ all_of = [{', '.join(needs)}] }}", "counting = { full_time_hours = 35 }"))
        columns = applicant_columns(asked)
        assert len(set(columns)) == len(columns)
        assert set(columns) >= {
            "applied_on", "appointed_on", "stated_on", "degrees", "degree_1_title", "degree_2_including",
            "degree_1_credits", "degree_1_credits_2_unit", "credits_2_is_graduate", "spell_4_hours_per_week",
            "spell_1_kinds", "spell_1_served_1_share", "credential_1_issuer", "learning_2_subject", "stated_typing",
            "ruling_1_clause",
        }  # fmt: skip
        assert not {"born_on", "spell_1_title", "degree_1_field", "credits_1_papers"} & set(columns)
        assert Applicants([",".join(columns)]).separator == ","

    def test_the_posts_it_refers_to(self) -> None:
        other = read_post(post('{ stated = { name = "fit" } }', name="other"))
        asked = read_post(post('{ post = "other" }'))
        assert applicant_columns(asked, [other]) == ("worker", "stated_fit")
        with pytest.raises(NotReadable):
            applicant_columns(asked)


class TestPage:
    """The reference lists every column, and the bounds as they are."""

    PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "applicants-csv.md").read_text("utf-8")

    def test_every_column_is_on_it(self) -> None:
        columns = {re.sub(r"_1_", "_N_", name) for name in columns_of(StaffFile, "")}
        assert not {name for name in columns if f"`{name}`" not in self.PAGE}

    def test_the_bounds(self) -> None:
        assert f"{MOST_COLUMNS:,} columns, {LONGEST_ROW:,} characters and {MOST_LINES} lines a row" in self.PAGE
        assert f"from 1 to {MOST_PARTS}" in self.PAGE

    def test_every_column_of_the_answers_is_on_it(self) -> None:
        named = {name for name in ANSWER_COLUMNS if not name.startswith("way_")}
        assert not {name for name in named if f"`{name}`" not in self.PAGE}
