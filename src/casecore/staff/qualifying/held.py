"""From which day on was it held? Degrees and credentials, and when they are valid."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..credentials import Credential
from ..posts import CredentialAsked, DegreeAsked, Holding
from ..schooling import Degree
from .credits import credits_within
from .fits import NO, PERHAPS, SURE, Fit, Unknown, backed, degree_fits, is_one_of
from .limits import latest_after
from .seen import Seen

EVER = 0
"""A day number before every day that is asked about."""
NEVER = date.max.toordinal()
"""A day number after every day that is asked about."""


class Since(NamedTuple):
    """
    The first day (as a number) on which something was held: for sure, and perhaps.

    `NEVER` for not at all, `EVER` where there is no telling since when.
    """

    surely: int
    perhaps: int


def degree_on(degree: Degree, asked: DegreeAsked, seen: Seen, day: date, path: str, unknown: Unknown) -> Fit:
    """Whether *degree* is such a degree and was awarded by *day*."""
    if degree.awarded_on is not None and degree.awarded_on > day:
        return NO
    noted = len(unknown)
    fit = degree_fits(degree, asked, path, unknown, counts_unverified=seen.counts_unverified)
    if fit is not NO and asked.credits is not None:
        least, most = credits_within(degree, asked.credits, seen, day, path, unknown)
        asked_for = asked.credits.at_least
        fit = min(fit, SURE if least >= asked_for else NO if most is not None and most < asked_for else PERHAPS)
    if fit is SURE or fit is NO:
        del unknown[noted:]
    return fit


def held_since(holding: Holding, seen: Seen, day: date, unknown: Unknown) -> Since:
    """The first day by which *holding* was held, looking at the file as of *day*."""
    if holding.degree is not None:
        return _degree_since(holding.degree, seen, day, unknown)
    assert holding.credential is not None  # a holding is one of the two
    return _credential_since(holding.credential, seen, day, unknown)


def _degree_since(asked: DegreeAsked, seen: Seen, day: date, unknown: Unknown) -> Since:
    if seen.file.degrees is None:
        unknown.append("degrees")
        return Since(NEVER, EVER)
    surely = perhaps = NEVER
    for place, degree in enumerate(seen.file.degrees):
        path = f"degrees[{place}]"
        fit = degree_on(degree, asked, seen, day, path, unknown)
        if fit is NO:
            continue
        if degree.awarded_on is None:
            unknown.append(f"{path}.awarded_on")
            perhaps = EVER
            if fit is SURE:
                surely = min(surely, day.toordinal() + 1)  # held by then, for no day that counts
            continue
        since = degree.awarded_on.toordinal()
        perhaps = min(perhaps, since)
        if fit is SURE:
            surely = min(surely, since)
    return Since(surely, perhaps)


def _credential_since(asked: CredentialAsked, seen: Seen, day: date, unknown: Unknown) -> Since:
    if seen.file.credentials is None:
        unknown.append("credentials")
        return Since(NEVER, EVER)
    surely = perhaps = NEVER
    for place, credential in enumerate(seen.file.credentials):
        path = f"credentials[{place}]"
        fit = credential_fits(credential, asked, seen, path, unknown)
        if fit is NO or (credential.issued_on is not None and credential.issued_on > day):
            continue
        if credential.issued_on is None:
            unknown.append(f"{path}.issued_on")
            perhaps = EVER
            continue
        since = credential.issued_on.toordinal()
        perhaps = min(perhaps, since)
        if fit is SURE:
            surely = min(surely, since)
    return Since(surely, perhaps)


def credential_fits(credential: Credential, asked: CredentialAsked, seen: Seen, path: str, unknown: Unknown) -> Fit:
    """Whether it is such a credential, valid or not."""
    if credential.name not in asked.names or (asked.sort is not None and credential.sort is not asked.sort):
        return NO
    noted = len(unknown)
    fit = min(
        is_one_of(credential.issuer, asked.issuers, path, "issuer", unknown),
        backed(credential, asked.papers, seen.counts_unverified, path, unknown),
    )
    if fit is NO:
        del unknown[noted:]
    return fit


def valid_days(credential: Credential, asked: CredentialAsked, last: int) -> list[tuple[int, int]]:
    """
    The half-open stretches of days, up to *last*, on which *credential* counts; its day of issue must be known.

    A credential that counts ``for_at_most`` twelve months from 1 March counts until 28 February; one that must have
    been held ``for_at_least`` twelve months counts from 1 March of the next year on.
    """
    assert credential.issued_on is not None
    start, end = credential.issued_on.toordinal(), last + 1
    if credential.expires_on is not None:
        end = min(end, credential.expires_on.toordinal())
    if asked.for_at_most is not None:
        end = min(end, latest_after(asked.for_at_most, credential.issued_on).toordinal())
    if asked.for_at_least is not None:
        start = latest_after(asked.for_at_least, credential.issued_on).toordinal()
    stretches: list[tuple[int, int]] = []
    for period in sorted(credential.suspended):
        stretches.append((start, min(end, period.start.toordinal())))
        start = max(start, period.end.toordinal())
    stretches.append((start, end))
    return [(first, after) for first, after in stretches if first < after]
