"""By when a plan is owed: the first one, its signatures, and every review."""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs

from casecore.standards import Rule
from casecore.terms import Count, Problem, Span


class FirstPlan(enum.Enum):
    """What a plan must have come to within the time for the first one."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    SIGNED = "signed"


class ClockRestarts(enum.Enum):
    """What the time to the next review is measured from; the clock itself starts with the first plan signed."""

    COMPLETED_REVIEW = "completed-review"
    NEW_SIGNED_VERSION = "new-signed-version"
    EITHER = "either"


class RequestLasts(enum.Enum):
    """How long a shorter interval asked for by the client holds."""

    ONE_REVIEW = "one-review"
    UNTIL_ANOTHER = "until-another-request"


class RequestCountsFrom(enum.Enum):
    """From where a shorter interval runs that is asked for while an interval is running."""

    CLOCK = "clock"
    REQUEST = "request"


@attrs.frozen(kw_only=True)
class PlanTimes(Rule, asks="plan-times"):
    """
    By when plans are to be made, signed and reviewed.

    Attributes:
        first_plan_within: The time from admission to the first plan, and *first_plan_is* what it must have come to.
        signature_within: The time from proposing a version to each signature.
        review_within: The time to the next review, and *clock_restarts* what it is measured from; never from the day
            the last review was due.
        review_opens_days_before: How many days before its last day a review may be done, and is listed as due; an
            earlier one counts as well. Without a number it is listed from the day the clock started.
        request_lasts: Whether a shorter interval asked for in writing holds for one review or until another request.
        request_counts_from: Whether one asked for while an interval runs is measured from the clock, though never
            ending before the request, or from the request. Either way it never lengthens the interval.
    """

    first_plan_within: Span | None = None
    first_plan_is: FirstPlan | None = None
    signature_within: Span | None = None
    review_within: Span | None = None
    clock_restarts: ClockRestarts | None = None
    review_opens_days_before: Count | None = None
    request_lasts: RequestLasts | None = None
    request_counts_from: RequestCountsFrom | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.first_plan_within is None and self.signature_within is None and self.review_within is None:
            yield Problem("", "must ask for a first plan, for signatures or for reviews")
        yield from self._together("first_plan_within", "first_plan_is")
        for field in ("clock_restarts", "request_lasts", "request_counts_from"):
            yield from self._together("review_within", field)
        if self.review_opens_days_before is not None and self.review_within is None:
            yield Problem("review_opens_days_before", "must not stand without review_within")

    def _together(self, time: str, choice: str) -> Iterator[Problem]:
        if getattr(self, time) is not None and getattr(self, choice) is None:
            yield Problem(choice, f"must be said where {time} is")
        if getattr(self, time) is None and getattr(self, choice) is not None:
            yield Problem(choice, f"must not stand without {time}")
