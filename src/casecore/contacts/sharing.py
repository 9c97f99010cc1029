"""Giving out one day's units to its services, where the total decides how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from casecore.terms import NotReadable, Problem

from .units import BillingUnits, units_of


def share_units(services: Sequence[tuple[str, int]], rule: BillingUnits) -> tuple[tuple[str, Fraction], ...]:
    """
    Give each of several same-day services its part of the units that all their minutes make together.

    Every service first gets its full steps; what is left goes, one step each, to the largest remainders. Of equal
    remainders the longer service comes first, and of equally long ones the one named first.

    >>> from casecore.contacts import BillingUnits, SumOver, UnitRounding, share_units
    >>> cms = BillingUnits(unit_minutes=15, rounding=UnitRounding.THRESHOLD, threshold_minutes=8, sum_over=SumOver.DAY)
    >>> [(service, int(units)) for service, units in share_units([("exercise", 33), ("manual", 7)], cms)]
    [('exercise', 2), ('manual', 1)]

    Args:
        services: Name and minutes of each; a name may come twice.

    Returns:
        One share for each service, in the same order; together they are the units of the total.

    Raises:
        NotReadable: Minutes are negative or not whole.
    """
    problems = [
        Problem(f"services[{place}]", "must have whole minutes, at least 0")
        for place, (_, minutes) in enumerate(services)
        if type(minutes) is not int or minutes < 0
    ]
    if problems:
        raise NotReadable(problems, what="services")
    step = rule.step_minutes or rule.unit_minutes
    size = Fraction(step, rule.unit_minutes)
    left = int(units_of(sum(minutes for _, minutes in services), rule) / size)
    shares = [0] * len(services)
    for place in sorted(range(len(services)), key=lambda place: -services[place][1]):
        shares[place] = min(services[place][1] // step, left)  # a total below the minimum may leave less than that
        left -= shares[place]
    by_remainder = sorted(
        range(len(services)), key=lambda place: (-(services[place][1] % step), -services[place][1], place)
    )
    while left > 0 and services:
        for place in by_remainder[:left]:
            shares[place] += 1
        left -= min(left, len(services))
    return tuple((name, share * size) for (name, _), share in zip(services, shares, strict=True))
