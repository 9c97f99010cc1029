"""Strategies for assessments, instruments, scores and what is owed of them. All values are legal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import attrs
from hypothesis import strategies as st

from casecore.assessments import (
    Assessment,
    Band,
    Course,
    CoursePoint,
    EvaluationCancelled,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    EvaluationSteps,
    Filling,
    Instrument,
    Item,
    ItemAnswer,
    MissingItems,
    Precision,
    Reached,
    ReliableChange,
    ReliableChangeThreshold,
    ReportReceived,
    ReportReviewed,
    RequiredAssessment,
    Rounding,
    Score,
    ScoreRange,
    Scoring,
    Worse,
    course_of,
    reliable_change,
    score,
)
from casecore.terms import Source, Span

Days = tuple[date, date]
Numbers = st.SearchStrategy[int | Decimal]
DAYS: Days = (date(2024, 1, 1), date(2027, 12, 31))
KINDS = ("functional", "psychiatric", "depression", "social-network")

_names = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
_sources = st.builds(Source, cite=_names, invented=st.just(True))


def _days(between: Days) -> st.SearchStrategy[date]:
    return st.dates(*between)


def _numbers(lowest: int, highest: int) -> Numbers:
    return st.integers(lowest, highest) | st.decimals(lowest, highest, places=2)


def _spans(most_days: int = 400) -> st.SearchStrategy[Span]:
    return (
        st.builds(Span, days=st.integers(1, most_days))
        | st.builds(Span, months=st.integers(1, max(1, most_days // 30)))
        | st.builds(Span, years=st.integers(1, max(1, most_days // 365)))
    )


def items(*, id: str | None = None, takes_fractions: bool | None = None) -> st.SearchStrategy[Item]:
    """Items with small ranges, some with a threshold of their own."""

    def build(lowest: int, width: int, flagged: int | None, fractions: bool, name: str) -> Item:
        flag_at = None if flagged is None else min(lowest + flagged, lowest + width)
        return Item(id=name, lowest=lowest, highest=lowest + width, takes_fractions=fractions, flag_at=flag_at)

    return st.builds(
        build,
        lowest=st.integers(-2, 2),
        width=st.integers(1, 6),
        flagged=st.none() | st.integers(0, 6),
        fractions=st.booleans() if takes_fractions is None else st.just(takes_fractions),
        name=_names if id is None else st.just(id),
    )


def missing_items(*, at_most: int | None = None) -> st.SearchStrategy[MissingItems]:
    """Policies for items left open."""
    counts = st.integers(0, 3) if at_most is None else st.just(at_most)
    return st.builds(MissingItems, at_most=counts, filled=st.sampled_from(Filling))


def precisions() -> st.SearchStrategy[Precision]:
    """Standard deviations and reliabilities, those that leave reliable change undefined among them."""
    return st.builds(
        Precision,
        standard_deviation=_numbers(0, 30),
        reliability=st.decimals(0, 1, places=3),
        population=_names,
        source=_sources,
    )


def score_ranges(*, lowest: int = -20, highest: int = 100) -> st.SearchStrategy[ScoreRange]:
    """Ranges closed, open and unending."""

    def build(first: int, width: int, low: str | None, high: str | None) -> ScoreRange:
        ends = ({low: first} if low else {}) | ({high: first + width} if high else {})
        return ScoreRange(**ends)

    return st.builds(
        build,
        first=st.integers(lowest, highest),
        width=st.integers(1, 20),
        low=st.sampled_from(["at_least", "above", None]),
        high=st.sampled_from(["at_most", "below"]),
    )


@st.composite
def instruments(
    draw: st.DrawFn,
    *,
    scoring: Scoring | None = None,
    rounding: Rounding | None = None,
    missing: MissingItems | None = None,
    worse: Worse | None = None,
) -> Instrument:
    """Instruments of one to eight items, their bands with and without gaps."""
    count = draw(st.integers(1, 8))
    policy = draw(missing_items()) if missing is None else missing
    if policy.at_most >= count:
        policy = MissingItems(at_most=count - 1, filled=policy.filled)
    if policy.at_most:
        pattern = draw(items())
        asked = [
            Item(id=str(n), lowest=pattern.lowest, highest=pattern.highest, takes_fractions=pattern.takes_fractions)
            for n in range(1, count + 1)
        ]
    else:
        asked = [draw(items(id=str(n))) for n in range(1, count + 1)]
    chosen = draw(st.sampled_from(Scoring)) if scoring is None else scoring
    bare = Instrument(
        id=draw(_names),
        version=draw(st.sampled_from(["1", "2", "2024"])),
        title="A made-up instrument",
        license="made up",
        source=draw(_sources),
        worse=draw(st.sampled_from(Worse)) if worse is None else worse,
        scoring=chosen,
        items=tuple(asked),
        missing=policy,
        precision=draw(st.none() | precisions()),
    )
    how = draw(st.sampled_from(Rounding)) if rounding is None else rounding
    if bare.lowest.denominator == bare.highest.denominator == 1:  # else rounding could lead past them
        bare = attrs.evolve(bare, rounding=how, decimals=draw(st.integers(0, 2)))
    lowest, highest = -(-bare.lowest // 1), bare.highest // 1
    cuts = sorted(draw(st.sets(st.integers(int(lowest), max(int(lowest), int(highest))), max_size=5)))
    bands = tuple(
        Band(name=f"band {place}", at_least=low, below=high)
        if draw(st.booleans())
        else Band(name=f"band {place}", at_least=low, at_most=(low + high) // 2)
        for place, (low, high) in enumerate(pairwise(cuts))
    )
    return attrs.evolve(bare, bands=bands)


@st.composite
def item_answers(draw: st.DrawFn, instrument: Instrument, *, open_items: bool = True) -> tuple[ItemAnswer, ...]:
    """Answers that *instrument* takes, in any order, some left open unless *open_items* is false."""
    answers = []
    for item in draw(st.permutations(instrument.items)):
        lowest, highest = int(item.lowest), int(item.highest)
        values: Numbers = st.integers(lowest, highest)
        if item.takes_fractions:
            values |= st.decimals(lowest, highest, places=1)
        if not open_items:
            answers.append(ItemAnswer(item=item.id, value=draw(values)))
        elif draw(st.integers(0, 4)):
            answers.append(ItemAnswer(item=item.id, value=draw(st.none() | values if draw(st.booleans()) else values)))
    return tuple(answers)


@st.composite
def assessments(
    draw: st.DrawFn,
    *,
    between: Days = DAYS,
    about: str | None = None,
    instrument: Instrument | None = None,
    assessment_id: str | None = None,
) -> Assessment:
    """Completed assessments; with *instrument*, filled in by it."""
    answered = draw(item_answers(instrument)) if instrument is not None else ()
    return Assessment(
        completed_on=draw(_days(between)),
        assessment_id=draw(_names) if assessment_id is None else assessment_id,
        about=draw(st.sampled_from(KINDS)) if about is None else about,
        instrument=instrument.key if instrument is not None else draw(st.none() | st.sampled_from(["phq-9@1", "x@2"])),
        answers=answered,
        assessor=draw(st.none() | _names),
    )


def scores(instrument: Instrument) -> st.SearchStrategy[Score]:
    """Scores that answers to *instrument* can come to."""
    return item_answers(instrument).map(lambda answers: score(instrument, answers))


def courses(instrument: Instrument, *, between: Days = DAYS, most: int = 6) -> st.SearchStrategy[Course]:
    """Courses of up to *most* assessments by *instrument*."""
    taken = st.lists(assessments(between=between, instrument=instrument), max_size=most)
    return taken.map(lambda given: course_of(given, instrument, as_of=between[1]))


def course_points(instrument: Instrument, *, between: Days = DAYS) -> st.SearchStrategy[CoursePoint]:
    """Points of such courses."""
    return courses(instrument, between=between).filter(lambda course: bool(course.points)).map(lambda c: c.points[-1])


def reliable_change_thresholds() -> st.SearchStrategy[ReliableChangeThreshold]:
    """Thresholds from 0.5 to 3, above or at least."""
    return st.builds(ReliableChangeThreshold, index=st.decimals("0.5", 3, places=2), reached=st.sampled_from(Reached))


def reliable_changes() -> st.SearchStrategy[ReliableChange]:
    """Judgements of changes, of every answer."""
    return st.builds(
        reliable_change,
        st.none() | _numbers(0, 60),
        st.none() | _numbers(0, 60),
        worse=st.sampled_from(Worse),
        precision=st.none() | precisions(),
        threshold=reliable_change_thresholds(),
    )


def required_assessments(*, about: str | None = None) -> st.SearchStrategy[RequiredAssessment]:
    """What programs ask for, with and without repetition, expiry and a hard end."""
    return st.builds(
        RequiredAssessment,
        about=st.sampled_from(KINDS) if about is None else st.just(about),
        first_within=st.builds(Span, days=st.integers(0, 60)) | st.builds(Span, months=st.integers(0, 2)),
        repeated_every=st.none() | _spans(),
        valid_for=st.none() | _spans(),
        opens_days_before=st.none() | st.integers(0, 90),
        closes_days_after=st.none() | st.integers(0, 60),
        days_before_admission=st.sampled_from([0, 0, 10, 90]),
        instruments=st.sampled_from([(), (), ("phq-9",), ("phq-9@1", "x")]),
    )


def evaluation_steps(*, about: tuple[str, ...] = ()) -> st.SearchStrategy[EvaluationSteps]:
    """How long each step of an evaluation may take; some steps without a limit."""
    return st.builds(
        EvaluationSteps,
        about=st.just(about),
        scheduled_within=st.none() | _spans(30),
        done_within=st.none() | _spans(30),
        report_within=st.none() | _spans(30),
        reviewed_within=st.none() | _spans(30),
    )


EvaluationEntry = (
    EvaluationOrdered | EvaluationScheduled | EvaluationDone | ReportReceived | ReportReviewed | EvaluationCancelled
)


@st.composite
def evaluation_histories(
    draw: st.DrawFn, *, between: Days = DAYS, evaluation_id: str = "ev-1", about: str | None = None
) -> tuple[EvaluationEntry, ...]:
    """The entries of one evaluation, ordered and carried as far as it went; some rescheduled, skipping or cancelled."""
    days = sorted(draw(st.lists(_days(between), min_size=6, max_size=6)))
    kind = draw(st.sampled_from(KINDS)) if about is None else about
    entries: list[EvaluationEntry] = [EvaluationOrdered(ordered_on=days[0], evaluation_id=evaluation_id, about=kind)]
    steps: list[EvaluationEntry] = [
        EvaluationScheduled(
            scheduled_on=days[1], evaluation_id=evaluation_id, appointment_on=draw(_days((days[1], between[1])))
        ),
        EvaluationDone(done_on=days[2], evaluation_id=evaluation_id),
        ReportReceived(received_on=days[3], evaluation_id=evaluation_id),
        ReportReviewed(reviewed_on=days[4], evaluation_id=evaluation_id),
    ]
    entries += [step for step in steps[: draw(st.integers(0, 4))] if draw(st.integers(0, 5))]
    if draw(st.integers(0, 4)) == 0:
        entries.append(EvaluationCancelled(cancelled_on=days[5], evaluation_id=evaluation_id, reason="declined"))
    return tuple(draw(st.permutations(entries)))
