"""A completed assessment: an instrument filled in, or an appraisal made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import attrs

from casecore.terms import Entry, Label, Problem, Ref, Value, Words


@attrs.frozen(kw_only=True)
class ItemAnswer(Value):
    """
    The answer to one item of an instrument.

    Attributes:
        item: The item's id in the instrument's definition, as in ``1``.
        value: The scored answer; nothing where the item was left open.
    """

    item: Label
    value: Decimal | int | None = None


@attrs.frozen(kw_only=True)
class Assessment(Entry, kind="assessment", dated="completed_on"):
    """
    An assessment of the client, completed on a day.

    Attributes:
        assessment_id: The host's id of it.
        about: What was assessed, in the program's words: ``functional``, ``psychiatric``, ``depression`` ...
        instrument: The instrument's id and version, as in ``phq-9@1``, where one was used.
        answers: The items answered, where an instrument was used and its items are at hand.
        total: The total as the outside source reports it, where only that is at hand.
        assessor: Who did it.
    """

    completed_on: date
    assessment_id: Ref
    about: Label
    instrument: Label | None = None
    answers: tuple[ItemAnswer, ...] = ()
    total: Decimal | int | None = None
    assessor: Ref | None = None
    finding: Words | None = None

    def contradictions(self) -> Iterator[Problem]:
        items = [answer.item for answer in self.answers]
        if len(set(items)) < len(items):
            yield Problem("answers", "must not answer an item twice")
        if self.answers and self.instrument is None:
            yield Problem("instrument", "must be named where answers are given")
