from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff import StaffFile, Statement, may_hold, qualify_all
from casecore.staff.posts import read_post
from casecore.terms import Answer, NotReadable, StandardNotInForce
from casecore.testing.strategies.staff_files import staff_files
from tests.staff.posts.asked import post

ON = date(2026, 3, 1)
POST = read_post(
    post(
        '{ any_of = [{ degree = { level = "bachelor" } }, '
        '{ experience = { at_least = { months = 6 }, work = { kinds = ["mental-health"] } } }] }'
    )
)


class TestQualifyAll:
    """Many files are judged in one call, one after the other, each as it would be alone."""

    @given(files=st.lists(staff_files(), max_size=4))
    @settings(max_examples=40)
    def test_each_answer_is_that_of_a_single_judgement(self, files: list[StaffFile]) -> None:
        assert list(qualify_all(POST, files, on=ON)) == [may_hold(POST, file, on=ON) for file in files]

    def test_a_file_is_taken_when_its_answer_is_asked_for(self) -> None:
        taken: list[str] = []

        def files() -> Iterator[StaffFile]:
            for worker in ("w-1", "w-2", "w-3"):
                taken.append(worker)
                yield StaffFile(worker=worker)

        answers = qualify_all(POST, files(), on=ON)
        assert taken == []
        assert next(answers).answer is Answer.NOT_KNOWN
        assert taken == ["w-1"]

    def test_without_ways(self) -> None:
        nobody = StaffFile(worker="w", degrees=(), credits=(), experience=())
        (answer,) = qualify_all(POST, [nobody], on=ON, most_ways=0)
        assert (answer.answer, answer.ways) == (Answer.NO, ())
        (answer,) = qualify_all(POST, [nobody], on=ON, most_ways=1)
        assert len(answer.ways) == 1

    def test_one_that_no_edition_governs_does_not_end_it(self) -> None:
        text = post('{ stated = { name = "fit" } }').replace("[post]", '[post]\ngoverned_by = "application"')
        fit = (Statement(name="fit", is_so=True),)
        days = (date(1999, 1, 1), date(2025, 1, 1))
        files = [StaffFile(worker="w", applied_on=day, statements=fit) for day in days]
        answers = qualify_all(read_post(text), files, on=ON)
        with pytest.raises(StandardNotInForce):
            next(answers)
        assert next(answers).is_yes

    def test_a_post_that_is_not_there_is_told_at_the_call(self) -> None:
        with pytest.raises(NotReadable):
            qualify_all(read_post(post('{ post = "other" }')), [], on=ON)
