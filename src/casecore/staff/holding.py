"""
Does somebody hold the credential that is asked for on a day?

>>> from datetime import date
>>> from casecore.staff import Credential, StaffFile
>>> social_work = CredentialAsked(names=("LMSW", "LCSW"))
>>> file = StaffFile(worker="w-7", credentials=(Credential(name="LMSW", issued_on=date(2024, 1, 1),
...                                                        expires_on=date(2027, 1, 1)),))
>>> holds_credential(file, social_work, on=date(2026, 12, 31), counts_unverified=False).answer.value
'yes'
>>> holds_credential(file, social_work, on=date(2027, 1, 1), counts_unverified=False).because
'LMSW expired on 2027-01-01'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from casecore.terms import Answer, Label, Problem, Source, Value, Verdict, no, not_known, yes

from .credentials import Credential, CredentialSort
from .staff_file import StaffFile


@attrs.frozen(kw_only=True)
class CredentialAsked(Value):
    """
    Which credentials will do: those that have one of the names, one of the sorts and one of the issuers asked for.

    Attributes:
        names, sorts, issuers: Where none is said, any will do; at least one of the three must say something.
        papers: The kinds of papers that must be on file for it, all of them.
    """

    names: tuple[Label, ...] = ()
    sorts: frozenset[CredentialSort] = frozenset()
    issuers: tuple[Label, ...] = ()
    papers: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if not (self.names or self.sorts or self.issuers):
            yield Problem("", "must say at least one of names, sorts, issuers")

    def fits(self, credential: Credential) -> bool | None:
        """Whether *credential* is one of these; nothing where its issuer decides that and is not known."""
        if self.names and credential.name not in self.names:
            return False
        if self.sorts and credential.sort not in self.sorts:
            return False
        if not self.issuers:
            return True
        return None if credential.issuer is None else credential.issuer in self.issuers

    def __str__(self) -> str:
        named = " or ".join(self.names)
        sorts = " or ".join(sorted(sort.value for sort in self.sorts)) or "credential"
        issuers = f" of {' or '.join(self.issuers)}" if self.issuers else ""
        return f"{named} ({sorts}){issuers}" if named and self.sorts else f"{named or f'a {sorts}'}{issuers}"


def holds_credential(
    file: StaffFile, asked: CredentialAsked, *, on: date, counts_unverified: bool, source: Source | None = None
) -> Verdict:
    """
    Whether somebody holds, on that day, a credential that will do.

    A credential that was only said and not verified, whose first day or issuer is not known, or whose papers are not on
    file yet, makes the answer *not known*, and so does a file that lists no credentials at all. A file that tells only
    of days before *on* (its ``stated_on``) cannot say no: something may have been issued or renewed since. What it
    shows as valid counts until it expires.

    Args:
        counts_unverified: Whether what was only said is enough.
        source: By whose authority it is asked.
    """
    question = f"Is {asked} held on {on}?"
    if file.credentials is None:
        return not_known(question, "credentials", because="the file lists no credentials", source=source)
    missing: list[str] = []
    against: list[tuple[date, str]] = []
    for credential in file.credentials:
        lacking, why_not = _judged(credential, asked, on, counts_unverified)
        if why_not is not None:
            against.append(why_not)
        elif lacking:
            missing.extend(lacking)
        elif lacking is not None:
            return yes(question, f"{credential.name}{_until(credential)}", source=source)
    if missing:
        return not_known(question, *dict.fromkeys(missing), source=source)
    because = max(against)[1] if against else "none is on file"
    if file.stated_on is not None and file.stated_on < on:
        since = f"credentials since {file.stated_on}"
        return not_known(question, since, because=f"{because}; the file tells of no later day", source=source)
    return no(question, because, would_satisfy=[f"{asked}, valid on {on}"], source=source)


def holding(file: StaffFile, asked: CredentialAsked, *, on: date, counts_unverified: bool) -> Answer:
    """The answer of `holds_credential` without its reasons, for those who ask about many days."""
    if file.credentials is None:
        return Answer.NOT_KNOWN
    is_open = file.stated_on is not None and file.stated_on < on
    for credential in file.credentials:
        lacking, _ = _judged(credential, asked, on, counts_unverified)
        if lacking is not None:
            if not lacking:
                return Answer.YES
            is_open = True
    return Answer.NOT_KNOWN if is_open else Answer.NO


def _judged(
    credential: Credential, asked: CredentialAsked, on: date, counts_unverified: bool
) -> tuple[list[str] | None, tuple[date, str] | None]:
    """The facts that are lacking for it to count, or nothing where it cannot; then why, and since when, it did not."""
    fits = asked.fits(credential)
    if fits is False:
        return None, None
    name = credential.name
    valid = credential.is_valid_on(on)
    if valid is False:
        return None, _not_valid(credential, on)
    refused = [paper for paper in asked.papers if paper in credential.refused]
    if refused:
        return None, (on, f"{name} has no {refused[0]}, and there will be none")
    lacking = [] if fits else [f"issuer of {name}"]
    if valid is None:
        lacking.append(f"first day of {name}")
    if not (credential.is_verified or counts_unverified):
        lacking.append(f"verification of {name}")
    lacking.extend(f"{paper} of {name}" for paper in asked.papers if paper not in credential.papers)
    return lacking, None


def _not_valid(credential: Credential, on: date) -> tuple[date, str]:
    """Why a credential does not hold on a day, with the day from which that is so."""
    if credential.expires_on is not None and credential.expires_on <= on:
        return credential.expires_on, f"{credential.name} expired on {credential.expires_on}"
    for period in credential.suspended:
        if on in period:
            return period.start, f"{credential.name} does not hold from {period}"
    issued_on = credential.issued_on or on
    return date.min, f"{credential.name} holds only from {issued_on}"


def _until(credential: Credential) -> str:
    return "" if credential.expires_on is None else f", until {credential.expires_on}"
