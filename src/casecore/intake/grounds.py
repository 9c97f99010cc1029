"""What one question about the facts comes to, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from casecore.terms import Answer, Span, age_on

from .facts import Fact, Facts, History
from .questions import AgeIs, CodeIs, DaysSpent, FactIs, Leaf, NumberIs, ServedThroughout, TimesHappened
from .windows import Range, days_in, stretches_served, times_in


class Answered(NamedTuple):
    """An answer and its reason."""

    answer: Answer
    because: str


class Grounds:
    """The facts as they can be relied on, on the day asked about."""

    def __init__(self, facts: Facts, on: date, *, counts_unverified: bool) -> None:
        self.on = on
        self.counts_unverified = counts_unverified
        self._born_on = facts.born_on
        self._known = {fact.name: fact for fact in facts.known}
        self._histories = {history.name: history for history in facts.histories}

    def answer(self, leaf: Leaf) -> Answered:
        """What the facts say to one question."""
        if isinstance(leaf, AgeIs):
            return self._age(leaf)
        if isinstance(leaf, TimesHappened | DaysSpent | ServedThroughout):
            return self._history(leaf)
        fact, doubt = self._relied_on(leaf.fact, leaf.known_within)
        if fact is None:
            return Answered(Answer.NOT_KNOWN, doubt)
        if isinstance(leaf, FactIs):
            return _stated(fact)
        return _number(leaf, fact) if isinstance(leaf, NumberIs) else _code(leaf, fact)

    def _relied_on(self, name: str, within: Span | None) -> tuple[Fact | None, str]:
        """The fact, or why there is none to rely on."""
        fact = self._known.get(name)
        if fact is None or fact.known_on > self.on:
            return None, "not stated"
        if fact.until is not None and fact.until <= self.on:
            return None, f"not to be relied on since {fact.until}"
        if not (fact.is_verified or self.counts_unverified):
            return None, "stated, but not verified"
        if within is not None and fact.known_on not in within.look_back(self.on):
            return None, f"known since {fact.known_on}, longer ago than {within}"
        return fact, ""

    def _age(self, asked: AgeIs) -> Answered:
        if self._born_on is None:
            return Answered(Answer.NOT_KNOWN, "date of birth not stated")
        if self._born_on > self.on:
            return Answered(Answer.NOT_KNOWN, "date of birth after the day asked about")
        age = age_on(self.on, self._born_on)
        holds = (asked.at_least is None or age >= asked.at_least) and (asked.at_most is None or age <= asked.at_most)
        return Answered(_known(holds), f"age {age} on {self.on}")

    def _history(self, asked: TimesHappened | DaysSpent | ServedThroughout) -> Answered:
        history, on, lax = self._histories.get(asked.history, _NO_LIST), self.on, self.counts_unverified
        if isinstance(asked, ServedThroughout):
            seen, stretches = stretches_served(history, asked, on=on, counts_unverified=lax)
            return _within(history, seen, stretches, None, f"of {stretches} stretches of service")
        window = asked.within.look_back(on)
        if isinstance(asked, TimesHappened):
            seen = times_in(history, window, asked.counted, on=on, counts_unverified=lax)
            unit = "times"
        else:
            seen = days_in(history, window, asked.counted, on=on, counts_unverified=lax)
            unit = asked.counted.value
        return _within(history, seen, asked.at_least, asked.at_most, f"{unit} from {window}")


_NO_LIST = History(name="not stated")


def _known(holds: bool) -> Answer:
    return Answer.YES if holds else Answer.NO


def _stated(fact: Fact) -> Answered:
    if fact.is_so is None:
        return Answered(Answer.NOT_KNOWN, "stated, but not as a yes or no")
    return Answered(_known(fact.is_so), f"stated on {fact.known_on}")


def _number(asked: NumberIs, fact: Fact) -> Answered:
    number = fact.number
    if number is None:
        return Answered(Answer.NOT_KNOWN, "stated, but not as a number")
    return Answered(_known(lies_within(asked, number)), f"{number}, stated on {fact.known_on}")


def lies_within(asked: NumberIs, number: Decimal | int) -> bool:
    """Whether *number* lies within all bounds that *asked* gives."""
    return (
        (asked.at_least is None or number >= asked.at_least)
        and (asked.above is None or number > asked.above)
        and (asked.at_most is None or number <= asked.at_most)
        and (asked.below is None or number < asked.below)
    )


def _code(asked: CodeIs, fact: Fact) -> Answered:
    if fact.codes is None:
        return Answered(Answer.NOT_KNOWN, "stated, but not as codes")
    for code in fact.codes:
        if code in asked.one_of or code.startswith(asked.starts_with):
            return Answered(Answer.YES, f"{code}, stated on {fact.known_on}")
    return Answered(Answer.NO, f"none of the codes stated on {fact.known_on}")


def _within(history: History, seen: Range, least: int | None, most: int | None, what: str) -> Answered:
    """Where a range of possible counts lies against the bounds."""
    if history is _NO_LIST:
        because = "no such list stated"
    elif seen.most == seen.least:
        because = f"{seen.least} {what}"
    elif seen.most is None:
        because = f"{seen.least} {what} known, and the list is not complete"
    else:
        because = f"{seen.least} to {seen.most} {what}"
    surely = (least is None or seen.least >= least) and (most is None or (seen.most is not None and seen.most <= most))
    never = (least is not None and seen.most is not None and seen.most < least) or (
        most is not None and seen.least > most
    )
    return Answered(Answer.YES if surely else Answer.NO if never else Answer.NOT_KNOWN, because)
