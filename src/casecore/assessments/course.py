"""The course of a client's scores on one instrument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import attrs

from casecore.terms import Label, NotReadable, Problem, Ref, Value

from .assessment import Assessment
from .instrument import Instrument
from .numbers import Number, number
from .scoring import Score, score_assessment


@attrs.frozen(kw_only=True)
class CoursePoint(Value):
    """
    One assessment in the course.

    Attributes:
        since_first: Change from the first known total; nothing at that one, or where this total is not known.
        since_previous: Change from the known total before; nothing at the first, or where this total is not known.
    """

    on: date
    assessment_id: Ref
    score: Score
    since_first: Number | None = None
    since_previous: Number | None = None


@attrs.frozen(kw_only=True)
class Course(Value):
    """
    A client's scores on one instrument, first to last.

    Attributes:
        instrument: Its key.
        points: Every assessment by it, those without a known total too.
        other_versions: The ids of assessments by another version, which this course passes over: what two versions'
            scores mean for each other is not the library's to say.
    """

    instrument: Label
    points: tuple[CoursePoint, ...] = ()
    other_versions: tuple[Ref, ...] = ()

    @property
    def known(self) -> tuple[CoursePoint, ...]:
        """The points whose total is known."""
        return tuple(point for point in self.points if point.score.is_known)


def course_of(assessments: Iterable[Assessment], instrument: Instrument, *, as_of: date) -> Course:
    """
    The course of one client's scores, up to and including *as_of*.

    Args:
        assessments: In any order; those by other instruments are left aside. Of two on the same day, the one handed in
            first counts as the earlier.

    Raises:
        NotReadable: An assessment's answers or total cannot be scored by *instrument*; all problems of all assessments,
            each with the assessment's place among those handed in.
    """
    points: list[CoursePoint] = []
    problems: list[Problem] = []
    others: list[str] = []
    first: Fraction | None = None
    previous: Fraction | None = None
    standing = [(place, one) for place, one in enumerate(assessments) if one.completed_on <= as_of]
    for place, assessment in sorted(standing, key=lambda placed: placed[1].completed_on):
        if assessment.instrument != instrument.key:
            if assessment.instrument is not None and assessment.instrument.partition("@")[0] == instrument.id:
                others.append(assessment.assessment_id)
            continue
        try:
            score = score_assessment(instrument, assessment)
        except NotReadable as error:
            problems.extend(problem.inside(f"assessments[{place}]") for problem in error.problems)
            continue
        total = None if score.total is None else Fraction(score.total)
        points.append(
            CoursePoint(
                on=assessment.completed_on,
                assessment_id=assessment.assessment_id,
                score=score,
                since_first=_change(first, total),
                since_previous=_change(previous, total),
            )
        )
        if total is not None:
            first, previous = (total if first is None else first), total
    if problems:
        raise NotReadable(problems, what="course")
    return Course(instrument=instrument.key, points=tuple(points), other_versions=tuple(others))


def _change(before: Fraction | None, after: Fraction | None) -> Number | None:
    return None if before is None or after is None else number(after - before)
