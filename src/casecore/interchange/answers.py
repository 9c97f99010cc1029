"""The answers about applicants, as a spreadsheet that can be opened without harm."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple, TextIO

from casecore.staff import Condition, Examiner, Qualification
from casecore.staff.posts import Post, StaffDay
from casecore.terms import NotKnown, Problem, StandardNotInForce, Verdict

from .applicant_columns import fact_called
from .applicants import Applicant

UNREADABLE = "unreadable"
"""The answer about a row that cannot be read."""
MOST_WAYS = 3
"""How many ways to become qualified an answer has room for."""
_WAYS = tuple(f"way_{number}{what}" for number in range(1, MOST_WAYS + 1) for what in ("", "_takes"))
ANSWER_COLUMNS = ("row", "worker", "answer", "routes", "conditions", "missing", *_WAYS, "because", "problems")
"""The columns of the answers."""


class AnsweredRow(NamedTuple):
    """
    One row of applicants, and its answer.

    Attributes:
        qualification: Nothing where the row cannot be read, or not be answered; then *problems* say why.
    """

    applicant: Applicant
    qualification: Qualification | None
    problems: tuple[Problem, ...] = ()

    @property
    def answer(self) -> str:
        """``yes``, ``no``, ``not-known``, ``needs-judgement`` or ``unreadable``."""
        return UNREADABLE if self.qualification is None else self.qualification.answer.value


def qualify_applicants(
    post: Post, applicants: Iterable[Applicant], *, on: date, step: str | None = None, posts: Iterable[Post] = ()
) -> Iterator[AnsweredRow]:
    """
    Say of each row whether the applicant may hold a post; a row that cannot be read does not stop the others.

    Args:
        post, on, step, posts: As for `casecore.staff.may_hold`.
        applicants: `Applicants`, or any others; one is taken when its answer is asked for, and none is kept.

    Raises:
        NotReadable: At the call; *post* refers to a post that is not among *posts*, or in a circle.
        StandardNotInForce: At the call; the post asks nothing on *on*, and that is the day that governs.
        NotKnown: At the call; no edition of the post has such a step.
    """
    examiner = Examiner(post, posts)
    if post.governed_by is StaffDay.ASKED:
        post.edition_on(on)
    rules = [edition.value for edition in post.asks.editions if edition.value is not None]
    if step is not None and not any(step in rule.steps for rule in rules):
        raise NotKnown(f"the post {post.name} has no such step")
    return (_answered(examiner, applicant, on, step) for applicant in applicants)


def _answered(examiner: Examiner, applicant: Applicant, on: date, step: str | None) -> AnsweredRow:
    if applicant.file is None:
        return AnsweredRow(applicant, None, applicant.problems)
    try:
        return AnsweredRow(applicant, examiner.may_hold(applicant.file, on=on, step=step, most_ways=MOST_WAYS))
    except StandardNotInForce:
        problem = "the post, or one it refers to, asks nothing on the day that governs this applicant"
    except NotKnown as found:
        problem = str(found)
    return AnsweredRow(applicant, None, (Problem(f"row {applicant.row}", problem),))


def write_answers(answered: Iterable[AnsweredRow], to: TextIO, *, separator: str = ",") -> None:
    """
    Write the answers as CSV, one row each, in the order in which they come.

    Every cell is in quotation marks, and one that a spreadsheet would take for a formula begins with an apostrophe.

    Args:
        to: An open text file; it should leave line ends as they are (``newline=""``).
        separator: What to put between cells; that of `Applicants` suits whoever wrote those.
    """
    sheet = csv.writer(to, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.writerow(ANSWER_COLUMNS)
    sheet.writerows([harmless(cell) for cell in _cells(each)] for each in answered)


def _cells(answered: AnsweredRow) -> list[str]:
    applicant, found = answered.applicant, answered.qualification
    cells = [str(applicant.row), applicant.worker, answered.answer]
    problems = "; ".join(map(str, answered.problems))
    if found is None:
        return [*cells, *[""] * (len(ANSWER_COLUMNS) - len(cells) - 1), problems]
    ways = [(str(way), way.takes) for way in found.ways[:MOST_WAYS]]
    return [
        *cells,
        "; ".join(found.routes),
        "; ".join(map(_condition, found.conditions)),
        "; ".join(fact_called(fact, applicant.numbers) for fact in found.missing),
        *chain.from_iterable([*ways, *[("", "")] * (MOST_WAYS - len(ways))]),
        "; ".join(dict.fromkeys(_reasons(found))),
        problems,
    ]


def _reasons(verdict: Verdict) -> Iterator[str]:
    """What decided: the reasons of the innermost questions that have the answer of those around them."""
    deciding = [part for part in verdict.parts if part.answer is verdict.answer]
    if not deciding:
        yield verdict.because or verdict.question
    for part in deciding:
        yield from _reasons(part)


def _condition(open_still: Condition) -> str:
    until = f", by {open_still.by}" if open_still.by else ""
    return f"{open_still.what} ({open_still.footing.value}{until})"


_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_BEGINS = re.compile(rf"\s*[{_STARTS}]|[\t\r\n]")
_INSIDE = re.compile(rf"([,;\t\r\n\"]\s*)(?=[{_STARTS}])")


def harmless(cell: str) -> str:
    """
    *cell* so that no spreadsheet computes it: an apostrophe before what may begin a formula.

    Also after a separator or quotation mark inside the cell, since a spreadsheet may split it there.
    """
    inside = _INSIDE.sub(r"\1'", cell)
    return f"'{inside}" if _BEGINS.match(inside) else inside
