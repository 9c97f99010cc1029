"""
Which duties does a lapse take away from whom, and since when?

>>> from datetime import date
>>> from casecore.staff import Credential, CredentialAsked, DutyCredentials, StaffFile
>>> from casecore.standards import Standard
>>> from casecore.terms import Period, Source
>>> rule = DutyCredentials(duties=("sign-plans",), all_of=(CredentialAsked(names=("RN",)),), counts_unverified=False)
>>> standard = Standard.fixed("staff/signers", rule, since=date(2024, 1, 1),
...                           source=Source(cite="Model Agency Manual 3.5", invented=True))
>>> file = StaffFile(worker="w-7", credentials=(Credential(name="RN", issued_on=date(2020, 5, 1),
...                                                        expires_on=date(2026, 5, 1)),))
>>> next_lapse_day([file], [standard], after=date(2026, 3, 31))
datetime.date(2026, 5, 1)
>>> for lost in duties_lost([file], [standard], within=Period(date(2026, 5, 1), date(2026, 6, 1))):
...     print(lost.worker, lost.duty, lost.since, lost.credentials)
w-7 sign-plans 2026-05-01 ('RN',)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from casecore.standards import Standard
from casecore.terms import ONE_DAY, Answer, Label, Period, Ref, Source, Value, Words

from .credentials import Credential
from .duties import DutyCredentials
from .staff_file import StaffFile


@attrs.frozen(kw_only=True)
class DutyLost(Value):
    """
    A duty that a worker could do and can no longer do.

    Attributes:
        since: The first day without it.
        until: The first day on which they may do it again, or on which it is no longer known that they may not; nothing
            where no such day is known.
        credentials: The names of the credentials that ended then; none where the standard itself changed.
        because: One sentence.
    """

    worker: Ref
    duty: Label
    since: date
    until: date | None
    credentials: tuple[Label, ...]
    because: Words
    standard: Label
    source: Source


def duties_lost(
    files: Iterable[StaffFile], rules: Iterable[Standard[DutyCredentials]], *, within: Period
) -> tuple[DutyLost, ...]:
    """
    The duties that workers have lost and do not have on at least one day of *within*.

    A duty is lost where the answer of `may_do` turns from yes or *not known* to no. Who never had it has lost nothing,
    nor has anybody on the first day on which a standard asks for anything. Each standard is looked at by itself, so
    that a duty for which two of them ask may be lost twice.

    Returns:
        By the day of the loss, then worker, duty and standard.
    """
    standards = tuple(rules)
    found = (
        lost
        for file in files
        for lost in _losses(file, standards)
        if lost.since < within.end and (lost.until is None or lost.until > within.start)
    )
    return tuple(sorted(found, key=lambda lost: (lost.since, lost.worker, lost.duty, lost.standard)))


def next_lapse_day(
    files: Iterable[StaffFile], rules: Iterable[Standard[DutyCredentials]], *, after: date
) -> date | None:
    """The first day later than *after* on which somebody loses a duty, as far as the files tell; nothing where none."""
    standards = tuple(rules)
    return min((lost.since for file in files for lost in _losses(file, standards) if lost.since > after), default=None)


def _losses(file: StaffFile, standards: Iterable[Standard[DutyCredentials]]) -> Iterator[DutyLost]:
    for standard in standards:
        asked = [one for each in standard.editions if each.value for one in (*each.value.all_of, *each.value.any_of)]
        held = tuple(each for each in file.credentials or () if any(one.fits(each) is not False for one in asked))
        turns = {day for credential in held for day in _turns(credential)}
        if file.stated_on is not None and file.stated_on < date.max:
            turns.add(file.stated_on + ONE_DAY)
        editions = {day for each in standard.editions for day in (each.since, each.until) if day is not None}
        duties = {duty for each in standard.editions if each.value is not None for duty in each.value.duties}
        days = sorted(turns | editions)
        known = StaffFile.unchecked(
            worker=file.worker, stated_on=file.stated_on, credentials=None if file.credentials is None else held
        )  # all that can bear on it
        for duty in sorted(duties):
            yield from _losses_of(duty, known, standard, days)


def _losses_of(duty: str, file: StaffFile, standard: Standard[DutyCredentials], days: list[date]) -> Iterator[DutyLost]:
    before: Answer | None = None
    since: date | None = None
    for day in days:
        answer = _answer(duty, file, standard, day)
        if answer is Answer.NO and before in (Answer.YES, Answer.NOT_KNOWN):
            since = day
        elif answer is not Answer.NO and since is not None:
            yield _lost(duty, file, standard, since, day)
            since = None
        before = answer
    if since is not None:
        yield _lost(duty, file, standard, since, None)


def _answer(duty: str, file: StaffFile, standard: Standard[DutyCredentials], day: date) -> Answer | None:
    """Nothing on days on which nothing is asked."""
    edition = standard.in_force(day)
    if edition is None or duty not in edition.rule.duties:
        return None
    return edition.rule.answer(file, day)


def _lost(duty: str, file: StaffFile, standard: Standard[DutyCredentials], since: date, until: date | None) -> DutyLost:
    edition = standard.on(since)
    rule = edition.rule
    ended = [
        credential.name
        for credential in file.credentials or ()
        if since != date.min and credential.is_valid_on(since - ONE_DAY) is not False
        if credential.is_valid_on(since) is False
        if any(asked.fits(credential) is not False for asked in (*rule.all_of, *rule.any_of))
    ]
    names = tuple(sorted(set(ended)))
    return DutyLost(
        worker=file.worker,
        duty=duty,
        since=since,
        until=until,
        credentials=names,
        because=f"{' and '.join(names)} ended" if names else f"{standard.name} asks for more from that day on",
        standard=standard.name,
        source=edition.source,
    )


def _turns(credential: Credential) -> Iterator[date]:
    for day in (credential.issued_on, credential.expires_on):
        if day is not None:
            yield day
    for period in credential.suspended:
        yield period.start
        yield period.end
