from __future__ import annotations

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.terms import (
    Answer,
    NotPossible,
    NotReadable,
    Source,
    Verdict,
    all_of,
    any_of,
    at_least,
    needs_judgement,
    negation,
    no,
    not_known,
    yes,
)
from casecore.testing.strategies import terms as strategies

ANSWERS = st.lists(st.sampled_from(Answer), max_size=6)


def stated(answer: Answer, number: int = 0) -> Verdict:
    """A verdict with this answer, missing a fact of its own where it is not known."""
    if answer is Answer.YES:
        return yes(f"question {number}")
    if answer is Answer.NO:
        return no(f"question {number}", "so it is")
    if answer is Answer.NEEDS_JUDGEMENT:
        return needs_judgement(f"question {number}", "it is left to an official")
    return not_known(f"question {number}", f"f{number}")


def by_completion(count: int, answers: list[Answer]) -> Answer:
    """The oracle: every way in which the open parts could turn out; is the answer always the same?"""
    choices = [[answer] if answer in (Answer.YES, Answer.NO) else [Answer.YES, Answer.NO] for answer in answers]
    outcomes = {sum(answer is Answer.YES for answer in one) >= count for one in itertools.product(*choices)}
    if len(outcomes) == 1:
        return Answer.YES if outcomes == {True} else Answer.NO
    return Answer.NOT_KNOWN if Answer.NOT_KNOWN in answers else Answer.NEEDS_JUDGEMENT


class TestAtLeast:
    """An answer stands when nothing that is still unknown could change it."""

    @given(st.integers(0, 7), ANSWERS)
    def test_every_completion_is_tried(self, count: int, answers: list[Answer]) -> None:
        parts = [stated(answer, number) for number, answer in enumerate(answers)]
        assert at_least(count, "k of n?", parts).answer is by_completion(count, answers)

    @given(ANSWERS)
    def test_all_is_n_of_n_and_any_is_1_of_n(self, answers: list[Answer]) -> None:
        parts = [stated(answer, number) for number, answer in enumerate(answers)]
        assert all_of("all?", parts).answer is by_completion(len(answers), answers)
        assert any_of("any?", parts).answer is by_completion(1, answers)

    @given(st.integers(0, 5), ANSWERS)
    def test_each_fact_it_misses_could_change_the_answer(self, count: int, answers: list[Answer]) -> None:
        parts = [stated(answer, number) for number, answer in enumerate(answers)]
        verdict = at_least(count, "k of n?", parts)
        unknown = {f"f{number}" for number, answer in enumerate(answers) if answer is Answer.NOT_KNOWN}
        assert set(verdict.missing) == (unknown if verdict.answer is Answer.NOT_KNOWN else set())

    @pytest.mark.parametrize(("combine", "answer"), [(all_of, Answer.YES), (any_of, Answer.NO)])
    def test_of_nothing_all_hold_and_none_holds(self, combine: object, answer: Answer) -> None:
        assert combine("of nothing?", []).answer is answer  # type: ignore[operator]  # both are functions

    def test_parts_may_be_a_stream(self) -> None:
        assert any_of("any?", (stated(answer) for answer in Answer)).is_yes

    def test_it_counts_aloud(self) -> None:
        verdict = at_least(2, "two of three?", [yes("a"), no("b", "not b"), not_known("c", "c")])
        assert verdict.because == "1 of 3 hold, 2 needed"
        assert [part.question for part in verdict.parts] == ["a", "b", "c"]

    def test_the_facts_come_before_the_person_who_judges_them(self) -> None:
        left_open = needs_judgement("equivalent?", "3 years and a degree", would_satisfy=["the director's ruling"])
        assert any_of("any?", [left_open, no("b", "not b")]).answer is Answer.NEEDS_JUDGEMENT
        assert any_of("any?", [left_open, no("b", "not b")]).would_satisfy == ("the director's ruling",)
        assert all_of("all?", [left_open, not_known("b", "b")]).answer is Answer.NOT_KNOWN
        assert all_of("all?", [left_open, no("b", "not b")]).is_no

    def test_a_missing_fact_is_named_once(self) -> None:
        assert all_of("both?", [not_known("a", "born_on"), not_known("b", "born_on", "x")]).missing == ("born_on", "x")

    def test_what_would_satisfy_comes_from_what_is_not_yet_yes(self) -> None:
        parts = [no("a", "not a", would_satisfy=["sign"]), no("b", "not b", would_satisfy=["sign", "date"]), yes("c")]
        assert all_of("all?", parts).would_satisfy == ("sign", "date")
        assert any_of("any?", [*parts]).would_satisfy == ()


class TestNegation:
    """Not yes is no, not no is yes, and what is not known stays so."""

    @given(strategies.verdicts())
    def test_twice_is_the_same_answer(self, verdict: Verdict) -> None:
        once = negation("not?", verdict)
        assert negation("not not?", once).answer is verdict.answer
        assert once.missing == verdict.missing
        assert (once.is_yes, once.is_no) == (verdict.is_no, verdict.is_yes)

    @given(ANSWERS)
    def test_not_all_is_any_not(self, answers: list[Answer]) -> None:
        parts = [stated(answer, number) for number, answer in enumerate(answers)]
        turned = [negation("not?", part) for part in parts]
        assert negation("not all?", all_of("all?", parts)).answer is any_of("any not?", turned).answer


class TestVerdict:
    """A judgement with its reasons, as a tree that a person can read."""

    def test_the_lines_are_indented_by_depth(self) -> None:
        adult = yes("Is the client 18?", "born 1990-05-01", source=Source(cite="Manual 2.1", invented=True))
        ill = not_known("Is there a diagnosis?", "diagnosis")
        lines = list(all_of("May the client be admitted?", [adult, ill]).lines())
        assert lines == [
            "not-known  May the client be admitted?: 1 of 2 hold, 2 needed",
            "  yes  Is the client 18?: born 1990-05-01 [Manual 2.1 (invented example)]",
            "  not-known  Is there a diagnosis?",
        ]

    def test_what_would_satisfy_stands_below_its_question(self) -> None:
        lines = list(no("Is it signed?", "no signature", would_satisfy=["the client signs"]).lines())
        assert lines == ["no  Is it signed?: no signature", "    would satisfy: the client signs"]

    @given(strategies.verdicts())
    def test_only_what_is_not_known_misses_facts(self, verdict: Verdict) -> None:
        assert verdict.answer is Answer.NOT_KNOWN or not verdict.missing

    def test_a_known_answer_that_misses_facts_is_refused(self) -> None:
        with pytest.raises(NotReadable, match="missing: must be empty unless the answer is not known"):
            Verdict(answer=Answer.YES, question="q", missing=("born_on",))

    def test_a_question_is_asked(self) -> None:
        with pytest.raises(NotReadable, match="question: must not be empty"):
            yes("  ")

    def test_a_refused_step_carries_and_tells_its_verdict(self) -> None:
        verdict = no("May it be signed?", "it was never proposed")
        error = NotPossible(verdict)
        assert isinstance(error, ValueError)
        assert error.verdict is verdict
        assert str(error) == "no  May it be signed?: it was never proposed"
        assert pickle.loads(pickle.dumps(error)).verdict == verdict
