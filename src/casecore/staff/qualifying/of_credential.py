"""Is there such a credential, valid when it must be, and training enough?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from casecore.terms import Answer, exact

from ..posts import (
    CredentialAsked,
    Held,
    LearningAsked,
)
from .fits import NO, SURE, Unknown, backed, is_one_of
from .held import credential_fits, valid_days
from .limits import look_back_start
from .questions import Question, Weighed
from .seen import Seen
from .wording import any_of_these, number


class OfCredential(Question):
    """Is there such a credential, and is it valid when it must be?"""

    __slots__ = ("asked",)

    def __init__(self, asked: CredentialAsked) -> None:
        self.asked = asked
        when = {
            Held.ON_THE_DAY: "valid on the day",
            Held.AT_APPOINTMENT: "valid at appointment",
            Held.THROUGHOUT: "valid throughout since appointment",
        }[asked.held]
        issued = f" from {any_of_these(asked.issuers)}" if asked.issuers else ""
        at_least = f", held for at least {asked.for_at_least}" if asked.for_at_least else ""
        at_most = f", for at most {asked.for_at_most} after it was issued" if asked.for_at_most else ""
        self.text = f"Is there a credential {any_of_these(asked.names)}{issued}, {when}{at_least}{at_most}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        if seen.file.credentials is None:
            unknown.append("credentials")
            return Answer.NOT_KNOWN, None
        first, last = self._days(seen, day)
        surely: list[tuple[int, int]] = []
        perhaps: list[tuple[int, int]] = []
        any_perhaps = False
        expired: date | None = None
        for place, credential in enumerate(seen.file.credentials):
            path = f"credentials[{place}]"
            fit = credential_fits(credential, self.asked, seen, path, unknown)
            if fit is NO:
                continue
            if credential.issued_on is None:
                if credential.expires_on is None or credential.expires_on > last:
                    any_perhaps = True
                    unknown.append(f"{path}.issued_on")
                continue
            stretches = valid_days(credential, self.asked, last.toordinal())
            perhaps.extend(stretches)
            if fit is SURE:
                surely.extend(stretches)
            if credential.expires_on is not None and credential.expires_on <= last:
                expired = max(expired or credential.expires_on, credential.expires_on)
        if _cover(surely, first.toordinal(), last.toordinal()):
            return Answer.YES, None
        if any_perhaps or _cover(perhaps, first.toordinal(), last.toordinal()):
            return Answer.NOT_KNOWN, None
        return Answer.NO, expired

    def _days(self, seen: Seen, day: date) -> tuple[date, date]:
        appointed = min(seen.file.appointed_on or day, day)
        if self.asked.held is Held.ON_THE_DAY:
            return day, day
        return appointed, appointed if self.asked.held is Held.AT_APPOINTMENT else day

    def because(self, figures: Any) -> str:
        return f"expired on {figures}" if figures else ""

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"the credential {any_of_these(self.asked.names)}",)


def _cover(stretches: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether every day from *first* to *last* lies in one of the half-open stretches."""
    for start, end in sorted(stretches):
        if start > first:
            return False
        first = max(first, end)
        if first > last:
            return True
    return False


class OfLearning(Question):
    """Are there hours of training enough?"""

    __slots__ = ("asked", "hours")

    def __init__(self, asked: LearningAsked) -> None:
        self.asked = asked
        self.hours = exact(asked.hours)
        about = f" in {any_of_these(asked.subjects)}" if asked.subjects else ""
        within = f" within {asked.within}" if asked.within else ""
        self.text = f"Are there {number(self.hours)} hours of training{about}{within}?"

    def weigh(self, seen: Seen, day: date, unknown: Unknown) -> Weighed:
        if seen.file.learning is None:
            unknown.append("learning")
            return (Answer.NOT_KNOWN if self.hours else Answer.YES), Fraction(0)
        first = look_back_start(self.asked.within, day)
        least = most = Fraction(0)
        for place, done in enumerate(seen.file.learning):
            if not first <= done.completed_on <= day:
                continue
            path = f"learning[{place}]"
            noted = len(unknown)
            fit = min(
                is_one_of(done.subject, self.asked.subjects, path, "subject", unknown),
                is_one_of(done.provider, self.asked.providers, path, "provider", unknown),
                backed(done, self.asked.papers, seen.counts_unverified, path, unknown),
            )
            if fit is NO:
                del unknown[noted:]
                continue
            hours = exact(done.hours)
            most += hours
            if fit is SURE:
                least += hours
        if least >= self.hours:
            return Answer.YES, least
        return (Answer.NO if most < self.hours else Answer.NOT_KNOWN), least

    def because(self, figures: Any) -> str:
        return f"{number(figures)} of {number(self.hours)} hours"

    def wanted(self, figures: Any) -> tuple[str, ...]:
        return (f"{number(self.hours - figures, up=True)} more hours of training",)
