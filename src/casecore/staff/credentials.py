"""What somebody holds that can lapse (licenses, certificates, permits, memberships), and what they learn."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.terms import AtLeast, AtMost, Label, Period, Problem

from .claims import Claim


class CredentialSort(enum.Enum):
    """What sort of paper it is."""

    LICENSE = "license"
    CERTIFICATE = "certificate"
    REGISTRATION = "registration"
    PERMIT = "permit"
    MEMBERSHIP = "membership"


@attrs.frozen(kw_only=True)
class Credential(Claim):
    """
    A license, certificate, registration, permit or membership.

    Attributes:
        name: What it is called, as in ``LCSW``.
        issuer: Who gave it: a state, a board, a society.
        issued_on: First day on which it is valid; nothing where it is not known.
        expires_on: First day on which it is no longer valid; nothing where it does not expire.
        suspended: The days on which it did not hold: suspended, lapsed, not renewed.
    """

    name: Label
    sort: CredentialSort = CredentialSort.LICENSE
    issuer: Label | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    suspended: tuple[Period, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        yield from super().contradictions()
        if self.issued_on is not None and self.expires_on is not None and self.expires_on <= self.issued_on:
            yield Problem("expires_on", "must be after issued_on")

    def is_valid_on(self, day: date) -> bool | None:
        """Whether it holds on *day*; nothing where the day it was issued is not known and decides it."""
        if self.expires_on is not None and self.expires_on <= day:
            return False
        if any(day in period for period in self.suspended):
            return False
        return None if self.issued_on is None else self.issued_on <= day


@attrs.frozen(kw_only=True)
class Learning(Claim):
    """
    Continuing education that was completed.

    Attributes:
        subject: What it was about, in the words of whoever asks for it; nothing where it is not known.
        hours: Hours of instruction, or contact hours as the issuer counts them.
        provider: Who taught it, where approval depends on that.
    """

    completed_on: date
    hours: Annotated[float, AtLeast(0), AtMost(10_000)]
    subject: Label | None = None
    provider: Label | None = None
