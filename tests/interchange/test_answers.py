from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.interchange import ANSWER_COLUMNS, Applicants, harmless, qualify_applicants, write_answers
from casecore.staff import StaffFile, may_hold
from casecore.staff.posts import Post, read_post
from casecore.terms import NotKnown, NotReadable, StandardNotInForce
from tests.staff.posts.asked import post

ON = date(2026, 3, 1)
POST = read_post(
    post(
        """{ any_of = [
          { name = "A", all_of = [
            { degree = { level = "bachelor" } },
            { experience = { at_least = { years = 3 }, work = { kinds = ["mental-health"] } } } ] },
          { name = "B", all_of = [{ degree = { level = "master" } }, { stated = { name = "license applied for" } }] },
        ] }"""
    )
)
HEADING = (
    "worker,degrees,degree_1_level,degree_1_awarded_on,"
    "experience,spell_3_began_on,spell_3_ended_on,spell_3_kinds,spell_3_share"
)
ROWS = (
    "yes,,bachelor,2015-01-01,,2020-01-01,2022-12-31,mental-health,1",
    "no,none,,,none,,,,",
    "not-known,,bachelor,2015-01-01,,2020-01-01,2022-12-31,mental-health,",
    "unreadable,,bachelor,2015-01-01,,2020-01-01,2019-12-31,mental-health,1",
)


def answers(*rows: str, to: Post = POST, heading: str = HEADING, separator: str = ",") -> list[dict[str, str]]:
    text = io.StringIO(newline="")
    applicants = Applicants([f"{heading}\n", *(f"{row}\n" for row in rows)])
    write_answers(qualify_applicants(to, applicants, on=ON), text, separator=separator)
    return list(csv.DictReader(io.StringIO(text.getvalue(), newline=""), delimiter=separator))


class TestAnswers:
    """Every row of applicants has one row of answers, in the same order."""

    def test_each_answer(self) -> None:
        said = answers(*ROWS)
        assert [(each["row"], each["worker"], each["answer"]) for each in said] == [
            (str(row), answer, answer) for row, answer in enumerate(("yes", "no", "not-known", "unreadable"), start=2)
        ]
        assert all(tuple(each) == ANSWER_COLUMNS for each in said)
        yes, no, not_known, unreadable = said
        assert yes["routes"] == "A"
        assert no["way_1"]
        assert no["way_1_takes"]
        assert no["because"]
        assert not_known["missing"] == "spell_3_share"
        assert unreadable["problems"] == "row 5, spell_3_ended_on: must not be before began_on"
        assert not any((unreadable["routes"], unreadable["because"], unreadable["way_1"]))

    def test_they_are_those_of_single_judgements(self) -> None:
        files = [each.file for each in Applicants([f"{HEADING}\n", *(f"{row}\n" for row in ROWS[:3])])]
        for said, file in zip(answers(*ROWS[:3]), files, strict=True):
            assert file is not None
            found = may_hold(POST, file, on=ON)
            assert said["answer"] == found.answer.value
            assert said["way_1"] == (str(found.ways[0]) if found.ways else "")

    def test_a_statement_that_is_missing_is_told_as_its_column(self) -> None:
        (said,) = answers("w,master,2015-01-01,none", heading="worker,degree_1_level,degree_1_awarded_on,experience")
        assert said["missing"] == "stated_license applied for"

    def test_conditions(self) -> None:
        asked = read_post(
            post(
                '{ credential = { names = ["LMSW"] },'
                ' may_follow = { within = { months = 6 }, footing = "provisional" } }'
            )
        )
        (said,) = answers("w-1,2026-01-01,none", to=asked, heading="worker,appointed_on,credentials")
        assert said["answer"] == "yes"
        assert "(provisional, by 2026-07-01)" in said["conditions"]

    def test_an_applicant_whom_no_edition_governs_stops_no_other(self) -> None:
        text = post('{ stated = { name = "fit" } }').replace("[post]", '[post]\ngoverned_by = "application"')
        rows = ("w-1,1999-01-01,yes", "w-2,2025-01-01,yes", "w-3,,yes")
        said = answers(*rows, to=read_post(text), heading="worker,applied_on,stated_fit")
        assert [each["answer"] for each in said] == ["unreadable", "yes", "not-known"]
        assert said[0]["problems"].startswith("row 2: the post")
        assert "1999" not in said[0]["problems"]
        assert said[2]["missing"] == "applied_on"

    def test_a_wrong_question_is_told_at_once(self) -> None:
        with pytest.raises(StandardNotInForce):
            qualify_applicants(POST, [], on=date(1999, 1, 1))
        with pytest.raises(NotKnown):
            qualify_applicants(POST, [], on=ON, step="interview")
        with pytest.raises(NotReadable):
            qualify_applicants(read_post(post('{ post = "other" }')), [], on=ON)

    def test_a_step_that_another_edition_has(self) -> None:
        text = post('{ stated = { name = "fit" } }', 'steps = ["interview"]')
        text += "\n[[edition]]\nsince = 2025-01-01\n" + 'source = { cite = "2" }\n[edition.value]\n'
        asked = read_post(text + 'needs = { stated = { name = "fit" } }\n')
        (row,) = qualify_applicants(asked, Applicants(["worker\n", "w-1\n"]), on=ON, step="interview")
        assert row.answer == "unreadable"
        assert "no such step" in row.problems[0].message

    def test_memory_is_flat(self) -> None:
        def sheet(many: int) -> Iterator[str]:
            yield f"{HEADING}\n"
            for number in range(many):
                yield f"w-{number},none,,,none,,,,\n" if number % 50 == 0 else f"w-{number},,,,,,,,\n"

        def peak(many: int) -> int:
            tracemalloc.start()
            try:
                write_answers(qualify_applicants(POST, Applicants(sheet(many)), on=ON), Nowhere())
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        peak(20)
        few, many = peak(200), peak(2_000)
        assert many < few + 250_000  # what is kept of 1,800 rows would be some megabytes


class Nowhere(io.StringIO):
    """Takes text and keeps none."""

    def write(self, text: str) -> int:
        return len(text)


class TestHarmless:
    """No spreadsheet computes what an applicant wrote."""

    @pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\tx"])
    def test_what_may_begin_a_formula_begins_with_an_apostrophe(self, cell: str) -> None:
        assert harmless(cell).startswith("'")
        assert harmless(cell).replace("'", "") == cell

    def test_also_where_a_spreadsheet_may_split_a_cell(self) -> None:
        assert harmless("a;=1") == "a;'=1"
        assert harmless('a", @x') == "a\", '@x"

    @pytest.mark.parametrize("cell", ["", "w-7", "2026-03-01", "36 more months of full-time work (x)", "a = b", "é"])
    def test_the_rest_is_left_as_it_is(self, cell: str) -> None:
        assert harmless(cell) == cell

    @given(cell=st.text(st.sampled_from("=+-@\t\r\n;,\" 'ab"), max_size=12), opened_with=st.sampled_from(",;\t"))
    @settings(max_examples=100)
    def test_whichever_separator_it_is_opened_with(self, cell: str, opened_with: str) -> None:
        said = answers(f'"{cell.replace(chr(34), chr(34) * 2)}",none', heading="worker,degrees")
        if not said or not cell.strip():
            return
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow([harmless(cell)])
        for row in csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=opened_with):
            assert not [part for part in row if part.lstrip()[:1] in ("=", "+", "-", "@") and part.strip()]

    def test_an_id_that_looks_like_a_formula(self) -> None:
        (said,) = answers("=HYPERLINK(1),none", heading="worker,degrees")
        assert said["worker"] == "'=HYPERLINK(1)"
        assert StaffFile(worker="=HYPERLINK(1)").worker != said["worker"]
