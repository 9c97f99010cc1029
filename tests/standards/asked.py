"""A rule of many shapes and a small text, for the tests of this room."""

from __future__ import annotations

import enum
from typing import Annotated

import attrs

from casecore.staff import CaseloadLimit
from casecore.standards import Rule
from casecore.terms import AtLeast, Span, Value


class Per(enum.Enum):
    MONTH = "calendar-month"
    QUARTER = "quarter"


@attrs.frozen(kw_only=True)
class Tier(Value):
    name: str
    at_least: Annotated[int, AtLeast(1)]


@attrs.frozen(kw_only=True)
class VisitMinimum(Rule, asks="visit-minimum"):
    at_least: Annotated[int, AtLeast(1)]
    per: Per = Per.MONTH
    notes_within: Span | None = None
    tiers: tuple[Tier, ...] = ()
    kinds: frozenset[Per] = frozenset()
    share: float = 1.0

    def asks_for_less_than(self, other: Rule) -> bool | None:
        if not isinstance(other, VisitMinimum) or other.per is not self.per:
            return None
        return self.at_least < other.at_least


RULES: dict[str, type[Rule]] = {"visit-minimum": VisitMinimum, "caseload-limit": CaseloadLimit}

HEADING = """
[rulebook]
name = "model-icm"
version = "2025.1"
title = "Model program"
layer = "program"
programs = ["ICM"]
invented = true
"""

TEXT = (
    HEADING
    + """
[[standard]]
name = "contacts/face-to-face"
asks = "visit-minimum"

[[standard.edition]]
since = 2024-02-01
source = { cite = "Manual 4.1", url = "https://example.org/4", read_on = 2024-12-01, invented = true }
value = { at_least = 4, per = "calendar-month", notes_within = { business_days = 2 } }

[[standard.edition]]
since = 2025-07-01
until = 2027-01-01
note = "raised after the review"
source = { cite = "Manual 4.1 (2025)", invented = true }
value = { at_least = 5, tiers = [{ name = "full", at_least = 5 }, { name = "partial", at_least = 2 }] }

[[standard.edition]]
since = 2027-01-01
repealed = true
source = { cite = "Manual 4.1 (2027)", invented = true }

[[standard]]
name = "caseload/size"
asks = "caseload-limit"

[[standard.edition]]
since = 2024-02-01
source = { cite = "Manual 3", invented = true }
value = { at_most = 12 }
"""
)
