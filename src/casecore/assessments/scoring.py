"""
What the answers to an instrument come to.

>>> from casecore.assessments import ItemAnswer, built_in, score
>>> answers = [ItemAnswer(item=str(n), value=value) for n, value in enumerate((2, 1, 2, 3, 0, 1, 2, 0, 0), start=1)]
>>> result = score(built_in("phq-9"), answers)
>>> result.total, result.band
(11, 'moderate')
>>> without_the_last = score(built_in("phq-9"), answers[:-1])
>>> without_the_last.total is None, without_the_last.missing
(True, ('9',))
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from casecore.terms import Label, NotReadable, Problem, Value

from .assessment import Assessment, ItemAnswer
from .instrument import Filling, Instrument, Item, Scoring, Worse
from .numbers import Number, is_coarse, is_whole, number


@attrs.frozen(kw_only=True)
class Score(Value):
    """
    A total and what it is called, or the reasons why not.

    Attributes:
        instrument: The key of the instrument it was scored by.
        total: Nothing where it is not known.
        band: Nothing where the total is not known, the instrument names no bands, or the total lies in a gap.
        missing: The items left open, in the instrument's order.
        was_filled: Whether the total rests on open items made up for.
        flags: The items whose own threshold was reached.
        flags_not_known: The items with a threshold of their own that were left open.
        reported: The total as an outside source reported it, where it did.
        because: Why there is no total, or no band.
    """

    instrument: Label
    total: Number | None = None
    band: Label | None = None
    missing: tuple[Label, ...] = ()
    was_filled: bool = False
    flags: tuple[Label, ...] = ()
    flags_not_known: tuple[Label, ...] = ()
    reported: Number | None = None
    because: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a total."""
        return self.total is not None

    @property
    def departs_from_report(self) -> bool:
        """Whether an outside source reported another total than the answers come to."""
        return self.total is not None and self.reported is not None and self.total != self.reported


def score(instrument: Instrument, answers: Iterable[ItemAnswer]) -> Score:
    """
    Add up the answers as the instrument says.

    An answer without a value, and an item without an answer, are open. Every total is exact; a mean or a prorated total
    that never ends as a decimal is banded exactly and shown to 28 decimals.

    Raises:
        NotReadable: Answers to items that the instrument does not have, given twice, or out of an item's range.
    """
    return _score(instrument, answers, reported=None)


def score_total(instrument: Instrument, total: Number) -> Score:
    """
    Name the band of a total that came from outside, without the answers.

    Raises:
        NotReadable: The instrument's items cannot come to such a total.
    """
    if (
        not is_coarse(total)
        or not instrument.lowest <= total <= instrument.highest
        or _falls_between(instrument, total)
    ):
        limits = f"from {number(instrument.lowest)} to {number(instrument.highest)}"
        message = f"must be a total that {instrument.key} can come to, {limits}"
        raise NotReadable([Problem("total", message)], what="total")
    exact = Fraction(total)
    band, because = _band_of(instrument, exact)
    flagged = tuple(item.id for item in instrument.items if item.flag_at is not None)
    return Score(
        instrument=instrument.key,
        total=number(exact),
        band=band,
        flags_not_known=flagged,
        reported=number(exact),
        because=because,
    )


def score_assessment(instrument: Instrument, assessment: Assessment) -> Score:
    """
    Score an assessment from its answers where it has any, else from the total that came with it.

    Where answers are at hand they decide, also where they are too few; the total that came with them stays beside it.

    Raises:
        NotReadable: The assessment names another instrument or version, or as `score` and `score_total` do.
    """
    if assessment.instrument != instrument.key:
        raise NotReadable([Problem("instrument", f"must be {instrument.key}")], what="assessment")
    if assessment.answers or assessment.total is None:
        return _score(instrument, assessment.answers, reported=assessment.total)
    return score_total(instrument, assessment.total)


def _score(instrument: Instrument, answers: Iterable[ItemAnswer], *, reported: Number | None) -> Score:
    given = _readable(instrument, answers)
    values = [Fraction(value) for value in given.values() if value is not None]
    missing = tuple(item.id for item in instrument.items if given.get(item.id) is None)
    flags, flags_not_known = _flags(instrument, given)
    band: str | None = None
    exact: Fraction | None = None
    if len(missing) > instrument.missing.at_most:
        because = f"not known: items left open are {', '.join(missing)}; at most {instrument.missing.at_most} may be"
    else:
        exact = _total_of(instrument, values)
        band, because = _band_of(instrument, exact)
    return Score(
        instrument=instrument.key,
        total=None if exact is None else number(exact),
        band=band,
        missing=missing,
        was_filled=bool(missing) and exact is not None,
        flags=flags,
        flags_not_known=flags_not_known,
        reported=reported,
        because=because,
    )


def _readable(instrument: Instrument, answers: Iterable[ItemAnswer]) -> dict[str, Number | None]:
    """The answers by item, once each of them has been found to be one."""
    items = {item.id: item for item in instrument.items}
    given: dict[str, Number | None] = {}
    problems: list[Problem] = []
    for place, answer in enumerate(answers):
        item = items.get(answer.item)
        if item is None:
            problems.append(Problem(f"answers[{place}].item", f"must be an item of {instrument.key}"))
        elif answer.item in given:
            problems.append(Problem(f"answers[{place}].item", "must not be answered twice"))
        elif answer.value is not None and (problem := _value_problem(item, answer.value)):
            problems.append(Problem(f"answers[{place}].value", problem))
        else:
            given[answer.item] = answer.value
    if problems:
        raise NotReadable(problems, what="answers")
    return given


def _value_problem(item: Item, value: Number) -> str | None:
    if not is_coarse(value) or not item.lowest <= value <= item.highest:
        return f"must be from {item.lowest} to {item.highest}"
    return None if item.takes_fractions or is_whole(value) else "must be a whole number"


def _flags(instrument: Instrument, given: dict[str, Number | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    raised, not_known = [], []
    for item in instrument.items:
        if item.flag_at is None:
            continue
        value = given.get(item.id)
        if value is None:
            not_known.append(item.id)
        elif value >= item.flag_at if instrument.worse is Worse.HIGHER else value <= item.flag_at:
            raised.append(item.id)
    return tuple(raised), tuple(not_known)


def _total_of(instrument: Instrument, values: list[Fraction]) -> Fraction:
    of, answered, exact = len(instrument.items), len(values), sum(values, Fraction(0))
    if answered < of:
        if instrument.missing.filled is Filling.PERSON_MEAN:
            exact += (of - answered) * instrument.rounded(exact / answered)
        else:
            exact = exact * of / answered
    return instrument.rounded(exact / of if instrument.scoring is Scoring.MEAN else exact)


def _band_of(instrument: Instrument, exact: Fraction) -> tuple[str | None, str]:
    for band in instrument.bands:
        if exact in band:
            return band.name, ""
    return None, "the total lies in a gap between the bands" if instrument.bands else "the instrument names no bands"


def _falls_between(instrument: Instrument, total: Number) -> bool:
    return instrument.step is not None and Fraction(total) % instrument.step != 0
