from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from casecore.staff import Examiner
from casecore.terms import Answer
from tests.staff.qualifying.asking import cases, post_of, posts_in
from tests.staff.qualifying.completions import choices, completed
from tests.staff.qualifying.oracle import Case, plain_answer


def judged(case: Case) -> Answer:
    return Examiner(post_of(case.asked, name=case.post), posts_in(case)).answer(case.file, on=case.on, step=case.step)


class TestTheAnswer:
    """Yes and no are what a slow count over every day of life gives; not known is what could still be either."""

    @given(cases(), st.data())
    def test_no_completion_contradicts_a_yes_or_no(self, case: Case, data: st.DataObject) -> None:
        answer = judged(case)
        assume(answer is not Answer.NOT_KNOWN)
        known = case
        while (choice := choices(known)) is not None:
            known = data.draw(st.sampled_from(choice.cases))
        assert plain_answer(known) is answer, known

    @given(cases(), st.data())
    def test_where_all_is_known_it_is_the_plain_answer(self, case: Case, data: st.DataObject) -> None:
        known = case
        while (choice := choices(known)) is not None:
            known = data.draw(st.sampled_from(choice.cases))
        assert judged(known) is plain_answer(known), known

    @given(cases())
    def test_it_is_not_known_only_if_two_completions_differ(self, case: Case) -> None:
        assume(judged(case) is Answer.NOT_KNOWN)
        every = completed(case, 100)
        assume(every is not None)
        assert len({plain_answer(each) for each in every or ()}) > 1
