"""May this person be served? The whole question, with its reasons."""

from __future__ import annotations

from datetime import date

import attrs

from casecore.standards import Standard
from casecore.terms import Answer, Source, Verdict, at_least

from .cases import by_cases
from .criteria import Criterion, EligibilityCriteria, paragraph
from .facts import Facts
from .grounds import Grounds
from .questions import (
    AgeIs,
    CodeIs,
    CountedTimes,
    DaysSpent,
    FactIs,
    Leaf,
    NumberIs,
    TimesHappened,
    name_and_kind,
)

QUESTION = "May this person be served?"


def may_be_served(facts: Facts, criteria: Standard[EligibilityCriteria], *, on: date) -> Verdict:
    """
    Say whether a person is eligible on a day: yes, no, or not known, and then which facts are missing.

    Args:
        facts: What is known of the person. What became known only after *on* is not seen.
        criteria: Who may be served; the edition in force on *on* is the one that asks.
        on: The day asked about. Look-backs end with it, and it is inside them.

    Returns:
        A tree with one part for each criterion, each with the paragraph it comes from. *Not known* only while an
        unknown fact could still change the answer; `missing` of the whole verdict names just these facts, and is empty
        where something already bars the person. A part by itself tells what it lacks, even where that no longer
        matters to the whole.

    Raises:
        StandardNotInForce: *criteria* has no edition on that day.

    Source:
        The edition's own citation, or the paragraph that a criterion cites; they travel on the verdict.
    """
    edition = criteria.on(on)
    rule = edition.rule
    grounds = Grounds(facts, on, counts_unverified=rule.counts_unverified)
    answers: dict[Leaf, Answer] = {}
    verdict = _judged(rule.needs, grounds, answers, edition.source)
    if rule.needs.question is None:
        verdict = attrs.evolve(verdict, question=QUESTION)
    if rule.needs.cite is None:
        verdict = attrs.evolve(verdict, source=edition.source)
    if verdict.answer is not Answer.NOT_KNOWN or (tried := by_cases(rule.needs, answers)) is None:
        return verdict
    if tried.answer is Answer.NOT_KNOWN:
        missing = tuple(name for name in verdict.missing if name in tried.missing)
        return attrs.evolve(verdict, missing=missing)
    because = f"the answer is the same whatever the unknown {' and '.join(tried.tried)} may be"
    return attrs.evolve(verdict, answer=tried.answer, because=because, missing=())


def _judged(node: Criterion, grounds: Grounds, answers: dict[Leaf, Answer], source: Source) -> Verdict:
    cited = None if node.cite is None else paragraph(node.cite, source)
    if (leaf := node.leaf) is not None:
        answer, because = grounds.answer(leaf)
        answers[leaf] = answer
        missing = (name_and_kind(leaf)[0],) if answer is Answer.NOT_KNOWN else ()
        question = node.question or _wording(leaf)
        return Verdict(answer=answer, question=question, because=because, missing=missing, source=cited)
    parts = [_judged(part, grounds, answers, source) for part in node.parts]
    judged = at_least(node.wanted, node.question or _heading(node), parts, source=cited)
    return _turned(judged) if node.none_of is not None else judged


_OPPOSITE = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.NOT_KNOWN: Answer.NOT_KNOWN}


def _turned(barred: Verdict) -> Verdict:
    holding = sum(part.is_yes for part in barred.parts)
    because = f"{holding} of {len(barred.parts)} hold, none may"
    return attrs.evolve(barred, answer=_OPPOSITE[barred.answer], because=because)


def _heading(node: Criterion) -> str:
    if node.none_of is not None:
        return "None of these?"
    if node.all_of is not None:
        return "All of these?"
    return "Any of these?" if node.any_of is not None else f"At least {node.wanted} of these?"


def _wording(leaf: Leaf) -> str:
    """The question in words, made from its data."""
    if isinstance(leaf, AgeIs):
        return f"Is the age {_bounds(leaf.at_least, leaf.at_most)}?"
    if isinstance(leaf, NumberIs):
        return f"Is {leaf.fact} {_number_bounds(leaf)}?"
    if isinstance(leaf, FactIs):
        return f"Is there {leaf.fact}?"
    if isinstance(leaf, CodeIs):
        wanted = [*leaf.one_of, *(f"{start}..." for start in leaf.starts_with)]
        return f"Is {leaf.fact} one of {', '.join(wanted)}?"
    if isinstance(leaf, TimesHappened):
        begun = "" if leaf.counted is CountedTimes.BEGUN else ", counting any part"
        return f"Is the count of {leaf.history} {_bounds(leaf.at_least, leaf.at_most)} in {leaf.within}{begun}?"
    if isinstance(leaf, DaysSpent):
        return f"Is {leaf.history} {_bounds(leaf.at_least, leaf.at_most)} {leaf.counted.value} in {leaf.within}?"
    return f"Has {leaf.history} lasted {leaf.lasting}, {leaf.at_least} or more in every {leaf.every_months} months?"


def _bounds(least: int | None, most: int | None) -> str:
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"from {least} to {most}"


def _number_bounds(asked: NumberIs) -> str:
    given = (
        ("at least", asked.at_least), ("above", asked.above), ("at most", asked.at_most), ("below", asked.below),
    )  # fmt: skip
    return " and ".join(f"{word} {bound}" for word, bound in given if bound is not None)
