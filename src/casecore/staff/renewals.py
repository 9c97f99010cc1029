"""
Which credentials lapse when, and from which day their renewal is due?

>>> from datetime import date
>>> from casecore.staff import Credential, CredentialAsked, StaffFile
>>> from casecore.standards import Standard
>>> from casecore.terms import Source, Span
>>> rule = CredentialStanding(asked=CredentialAsked(names=("LMSW",)), renew_within=Span(days=90),
...                           counts_unverified=True)
>>> standard = Standard.fixed("staff/social-work", rule, since=date(2024, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.4", invented=True))
>>> file = StaffFile(worker="w-7", credentials=(Credential(name="LMSW", expires_on=date(2027, 1, 1)),))
>>> (due,) = credential_dues(file, standard, as_of=date(2026, 10, 2))
>>> due.state.value, str(due.window)
('upcoming', '2026-10-03 to 2026-12-31')
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import groupby

import attrs

from casecore.standards import Rule, Standard
from casecore.terms import ONE_DAY, Due, Finding, Label, Problem, Span

from .credentials import Credential, CredentialSort
from .holding import CredentialAsked, holds_credential
from .staff_file import StaffFile


@attrs.frozen(kw_only=True)
class CredentialStanding(Rule, asks="credential"):
    """
    Which credential a role must hold, and how long before it expires its renewal falls due.

    Attributes:
        asked: Which credentials will do.
        renew_within: The length of the days, ending with the last one on which the credential holds, in which its
            renewal is due. Never in business days.
        counts_unverified: Whether a credential that was only said is enough.
        roles: The roles of which it is asked; none named means every worker.
    """

    asked: CredentialAsked
    renew_within: Span
    counts_unverified: bool
    roles: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if self.renew_within.business_days is not None:
            yield Problem("renew_within", "must not be in business days")

    def is_asked_of(self, roles: Collection[str]) -> bool:
        """Whether it is asked of somebody with these roles."""
        return not self.roles or any(role in self.roles for role in roles)


def credential_dues(
    file: StaffFile, standard: Standard[CredentialStanding], *, as_of: date, roles: Collection[str] = ()
) -> tuple[Due, ...]:
    """
    The renewals owed of every credential in the file that the standard asks about, met and upcoming ones too.

    A renewal is a credential of the same name, from the same issuer, that holds longer. It is met on the day from which
    the new one holds; where that day is not known, nothing is owed any more. A credential that does not expire owes
    nothing, and neither does one that may be another issuer's. What was issued after *as_of* is passed over.

    Args:
        standard: Read for each credential on the last day on which it holds; where it is not in force then, nothing is
            owed.
        roles: The worker's roles.

    Returns:
        ``credential-renewal`` dues, by the day on which they run out. Their only turning days are the first and the end
        of their windows.
    """
    groups: dict[tuple[str, CredentialSort, str | None], list[Credential]] = {}
    for each in file.credentials or ():
        if each.issued_on is None or each.issued_on <= as_of:
            groups.setdefault((each.name, each.sort, each.issuer), []).append(each)
    dues = []
    for group in groups.values():
        for expires_on, renewed_on, is_renewed in _lapses(group):
            edition = standard.in_force(expires_on - ONE_DAY)
            if edition is None or not edition.rule.asked.fits(group[0]) or not edition.rule.is_asked_of(roles):
                continue
            window = edition.rule.renew_within.look_back(expires_on - ONE_DAY)
            unknown = is_renewed and renewed_on is None
            name = group[0].name
            dues.append(
                Due.unchecked(
                    code="credential-renewal",
                    what=f"renewal of {name}, which expires on {expires_on}",
                    window=window,
                    since=window.start,
                    as_of=as_of,
                    standard=standard.name,
                    source=edition.source,
                    would_satisfy=f"{name}, valid on {expires_on} and later",
                    met_on=renewed_on,
                    lifted_because="one that holds longer is on file; since when is not known" if unknown else None,
                    about=name,
                    worker=file.worker,
                )
            )
    return tuple(sorted(dues, key=lambda due: (due.window.end, due.about)))


def review_credential(
    file: StaffFile, standard: Standard[CredentialStanding], *, on: date, roles: Collection[str] = ()
) -> tuple[Finding, ...]:
    """
    Flag a worker who does not hold the credential asked of their role on that day.

    Where it is not known whether they hold it, nothing is found: ask `holds_credential` what is missing.

    Returns:
        Nothing, or one ``credential-not-held`` finding dated *on*.

    Raises:
        StandardNotInForce: *standard* has no edition covering that day.
    """
    edition = standard.on(on)
    rule = edition.rule
    if not rule.is_asked_of(roles):
        return ()
    verdict = holds_credential(file, rule.asked, on=on, counts_unverified=rule.counts_unverified, source=edition.source)
    if not verdict.is_no:
        return ()
    return (
        Finding(
            code="credential-not-held",
            on=on,
            what=f"{rule.asked} is asked for and not held: {verdict.because}",
            standard=standard.name,
            source=edition.source,
            would_satisfy=verdict.would_satisfy[0],
            worker=file.worker,
        ),
    )


def _lapses(group: list[Credential]) -> Iterator[tuple[date, date | None, bool]]:
    """Each day on which one of these expires; since when one holds that holds longer; whether there is one at all."""
    last_first = sorted(group, key=lambda each: each.expires_on or date.max, reverse=True)
    renewed_on, is_renewed = None, False
    for expires_on, together in groupby(last_first, key=lambda each: each.expires_on):
        if expires_on is not None and expires_on != date.min:
            yield expires_on, renewed_on, is_renewed
        is_renewed = True
        days = [each.issued_on for each in together if each.issued_on is not None]
        renewed_on = min(days if renewed_on is None else [*days, renewed_on], default=None)
