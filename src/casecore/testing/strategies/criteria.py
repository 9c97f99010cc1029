"""Trees of eligibility criteria, all legal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from casecore.intake import (
    AgeIs,
    CodeIs,
    CountedDays,
    CountedTimes,
    Criterion,
    DaysSpent,
    EligibilityCriteria,
    FactIs,
    NumberIs,
    ServedThroughout,
    Stretches,
    TimesHappened,
)
from casecore.terms import Span

from .intake import CODES, LISTS, NUMBERS, YES_OR_NO


def look_backs() -> st.SearchStrategy[Span]:
    """Spans that can be looked back over."""
    return st.one_of(
        st.builds(Span, days=st.integers(1, 400)),
        st.builds(Span, months=st.integers(1, 24)),
        st.builds(Span, years=st.integers(1, 3)),
    )


def ages_asked() -> st.SearchStrategy[AgeIs]:
    """Questions for an age."""
    few = st.sampled_from((17, 18, 21, 35, 36, 65))
    return st.one_of(
        st.builds(AgeIs, at_least=few),
        st.builds(AgeIs, at_most=few),
        st.builds(lambda one, other: AgeIs(at_least=min(one, other), at_most=max(one, other)), few, few),
    )


def numbers_asked(*, names: Sequence[str] = NUMBERS) -> st.SearchStrategy[NumberIs]:
    """Questions for a number, with one bound or with two."""
    name, few = st.sampled_from(names), st.sampled_from((40, 41, 60, Decimal("60.5"), 70))
    within = st.none() | look_backs()
    return st.one_of(
        st.builds(NumberIs, fact=name, at_most=few, known_within=within),
        st.builds(NumberIs, fact=name, below=few, known_within=within),
        st.builds(NumberIs, fact=name, at_least=few),
        st.builds(NumberIs, fact=name, above=st.sampled_from((0, 30)), at_most=few),
    )


def facts_asked(*, names: Sequence[str] = YES_OR_NO) -> st.SearchStrategy[FactIs]:
    """Questions for a yes or no."""
    return st.builds(FactIs, fact=st.sampled_from(names), known_within=st.none() | look_backs())


def codes_asked(*, names: Sequence[str] = CODES) -> st.SearchStrategy[CodeIs]:
    """Questions for a code."""
    name = st.sampled_from(names)
    return st.one_of(
        st.builds(CodeIs, fact=name, starts_with=st.sampled_from((("295",), ("295", "296"), ("F2",)))),
        st.builds(CodeIs, fact=name, one_of=st.sampled_from((("295.30",), ("300.4", "F20.0")))),
    )


def times_asked(*, names: Sequence[str] = LISTS) -> st.SearchStrategy[TimesHappened]:
    """Questions for a number of happenings."""
    drawn = {
        "history": st.sampled_from(names), "within": look_backs(), "counted": st.sampled_from(CountedTimes),
    }  # fmt: skip
    return st.one_of(
        st.builds(TimesHappened, at_least=st.integers(1, 4), **drawn),
        st.builds(TimesHappened, at_most=st.integers(0, 3), **drawn),
    )


def days_asked(*, names: Sequence[str] = LISTS) -> st.SearchStrategy[DaysSpent]:
    """Questions for days or nights of stays."""
    drawn = {
        "history": st.sampled_from(names), "within": look_backs(), "counted": st.sampled_from(CountedDays),
    }  # fmt: skip
    return st.one_of(
        st.builds(DaysSpent, at_least=st.integers(1, 90), **drawn),
        st.builds(DaysSpent, at_most=st.integers(0, 90), **drawn),
    )


def services_asked(*, names: Sequence[str] = LISTS) -> st.SearchStrategy[ServedThroughout]:
    """Questions for continuous service of up to 18 months."""
    return st.builds(
        lambda history, stretches, every, count, least: ServedThroughout(
            history=history,
            lasting=Span(months=every * count),
            every_months=every,
            at_least=least,
            stretches=stretches,
        ),
        st.sampled_from(names),
        st.sampled_from(Stretches),
        st.sampled_from((1, 3, 6)),
        st.integers(1, 3),
        st.integers(1, 2),
    )


def leaves(*, with_histories: bool = True) -> st.SearchStrategy[Criterion]:
    """Criteria that ask for facts; without the questions for lists where those are not wanted."""
    asked = [
        st.builds(Criterion, age=ages_asked(), cite=st.none() | st.just("Invented 1(a)")),
        st.builds(Criterion, number=numbers_asked()),
        st.builds(Criterion, stated=facts_asked(), question=st.none() | st.just("Is it so?")),
        st.builds(Criterion, code=codes_asked()),
    ]
    if with_histories:
        asked += [
            st.builds(Criterion, times=times_asked()),
            st.builds(Criterion, days=days_asked()),
            st.builds(Criterion, served=services_asked()),
        ]
    return st.one_of(asked)


def trees(of: st.SearchStrategy[Criterion] | None = None, *, most_leaves: int = 8) -> st.SearchStrategy[Criterion]:
    """Trees of criteria over the given leaves."""

    def groups(inner: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
        parts = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            st.builds(Criterion, all_of=parts),
            st.builds(Criterion, any_of=parts),
            st.builds(Criterion, none_of=parts),
            parts.flatmap(lambda of: st.builds(Criterion, at_least=st.integers(1, len(of)), of=st.just(of))),
        )

    return st.recursive(leaves() if of is None else of, groups, max_leaves=most_leaves)


def criteria(
    *, needs: st.SearchStrategy[Criterion] | None = None, **fields: Any
) -> st.SearchStrategy[EligibilityCriteria]:
    """Whole rules of eligibility."""
    drawn = {"needs": trees() if needs is None else needs, "counts_unverified": st.booleans()}
    return st.builds(EligibilityCriteria, **(drawn | {name: st.just(value) for name, value in fields.items()}))
