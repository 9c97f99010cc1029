"""Degrees and credits as a post asks for them."""

from __future__ import annotations

from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Value

from ..schooling import CreditUnit, Level


@attrs.frozen(kw_only=True)
class CreditsAsked(Value):
    """
    So many credits, summed over all subjects named.

    Attributes:
        subjects: Any of these; empty means any subject.
        in_one_subject: Whether they must all be in one of the subjects; credits are then not summed over subjects.
        accreditors: Any of these must stand behind the college; empty means that it does not matter.
        is_graduate: Graduate credits only, or undergraduate credits only.
        papers: The papers that must be on file for them.
    """

    at_least: Annotated[float, AtLeast(0), AtMost(2_000)]
    unit: CreditUnit
    subjects: tuple[Label, ...] = ()
    in_one_subject: bool = False
    accreditors: tuple[Label, ...] = ()
    is_graduate: bool | None = None
    papers: tuple[Label, ...] = ()


@attrs.frozen(kw_only=True)
class DegreeAsked(Value):
    """
    One degree that fits in every respect.

    Attributes:
        or_higher: Whether a higher degree that fits otherwise will do as well.
        fields, titles, institutions, accreditors: Any of these; empty means that it does not matter.
        including: All of these parts, as in a field placement.
        credits: Credits that must lie within this one degree.
    """

    level: Level
    or_higher: bool = True
    fields: tuple[Label, ...] = ()
    titles: tuple[Label, ...] = ()
    institutions: tuple[Label, ...] = ()
    accreditors: tuple[Label, ...] = ()
    including: tuple[Label, ...] = ()
    credits: CreditsAsked | None = None
    papers: tuple[Label, ...] = ()
