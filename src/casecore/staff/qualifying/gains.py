"""
What would have to be gained for one question to be answered yes.

What is gained is made as the plainest thing that fits: the first field of study that is asked for, the first employer,
full time. Whether it really turns the answer is tried out afterwards, see `ways`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..credentials import Credential, CredentialSort, Learning
from ..experience import Served, Spell
from ..posts import CredentialAsked, CreditsAsked, DegreeAsked, LearningAsked, Scored, Stated, Work
from ..schooling import Credits, CreditUnit, Degree, Level
from ..staff_file import Statement
from .amounts import Scale
from .months import MONTH, Extent
from .qualification import Step
from .wording import any_of_these, number, the_credits, the_degree, the_work

STUDY_MONTHS = {Level.ASSOCIATE: 24.0, Level.BACHELOR: 48.0}
"""How long a degree normally takes: 34 CFR 668.41(a). For the other levels no source was found, and none is assumed."""
CREDIT_MONTHS = {CreditUnit.SEMESTER: 0.5, CreditUnit.QUARTER: 1 / 3, CreditUnit.ECTS: 0.2}
"""How long a credit takes: 24 semester credits a year, 8 NYCRR 145-2.1(a); 60 ECTS credits, ECTS Users' Guide."""
WEEK_HOURS = 40
"""Hours of a full week where a post asks for hours and does not say what full time is: 29 U.S.C. 207(a)(1)."""


class MoreWork(NamedTuple):
    """Work still to be done: which, and how much of it in points of a scale."""

    work: Work
    points: Extent
    scale: Scale

    @property
    def months(self) -> float:
        """About how long it takes, full time."""
        if self.scale.unit == "months":
            return float(Fraction(self.points) / MONTH)
        hours = self.points if self.scale.unit == "hours" else self.points * Fraction(WEEK_HOURS, 7)
        return float(hours) * 12 / (WEEK_HOURS * Fraction(36525, 700))

    @property
    def what(self) -> str:
        """In words: ``7 more months of full-time work (mental-health)``."""
        return f"{self.scale.more(self.points)} of {the_work(self.work._with(full_time=True))}"

    def step(self, began_on: date, ended_on: date, full_time: Fraction | None) -> Step:
        """The step, with the spell of work from *began_on* to *ended_on*."""
        weekly = (full_time or WEEK_HOURS) if self.scale.in_hours else None
        spell = _spell(self.work, began_on, ended_on, weekly)
        what = self.what
        if self.scale.unit == "months" and self.points < MONTH:  # how many days that is, only the calendar says
            days = (ended_on - began_on).days + 1
            what = f"{days} more day{'' if days == 1 else 's'} of {the_work(self.work._with(full_time=True))}"
        return Step.unchecked(what=what, months=self.months, experience=(spell,))


class Waited(NamedTuple):
    """Time that must pass: nothing happens before *until*."""

    what: str
    until: date


Gain = Step | MoreWork | Waited
Option = tuple[Gain, ...]
"""What must be gained together."""


def _spell(work: Work, began_on: date, ended_on: date, weekly: Fraction | int | None) -> Spell:
    return Spell.unchecked(
        began_on=began_on,
        ended_on=ended_on,
        kinds=tuple(work.kinds),
        title=work.titles[0] if work.titles else OTHERWISE if work.not_titles else None,
        employer=work.employers[0] if work.employers else None,
        status=work.statuses[0] if work.statuses else OTHERWISE if work.not_statuses else None,
        is_paid=work.is_paid if work.is_paid is not None else True,
        settings=tuple(work.settings),
        served=(Served.unchecked(group=work.group, share=1.0),) if work.group is not None else (),
        share=1.0 if weekly is None else None,
        hours_per_week=None if weekly is None else float(weekly),
        papers=tuple(work.papers),
    )


OTHERWISE = "any other"
"""A title or footing that is none of those a post shuts out."""


def together(one: Work, other: Work) -> Work | None:
    """Work that fits both, where one post could; nothing where the two contradict each other."""
    if one.is_paid is not None and other.is_paid is not None and one.is_paid is not other.is_paid:
        return None
    if one.before or other.before:
        return None
    choices = {}
    for name in ("titles", "employers", "statuses"):
        mine, theirs = getattr(one, name), getattr(other, name)
        both = tuple(word for word in mine if word in theirs) if mine and theirs else mine or theirs
        if not both and mine:  # and theirs: otherwise both is mine
            return None
        choices[name] = both
    choices["titles"] = tuple(word for word in choices["titles"] if word not in one.not_titles + other.not_titles)
    if one.group is not None and other.group is not None and one.group != other.group:
        return None
    return one._with(
        kinds=tuple(dict.fromkeys(one.kinds + other.kinds)),
        settings=tuple(dict.fromkeys(one.settings + other.settings)),
        not_titles=tuple(dict.fromkeys(one.not_titles + other.not_titles)),
        not_statuses=tuple(dict.fromkeys(one.not_statuses + other.not_statuses)),
        is_paid=one.is_paid if one.is_paid is not None else other.is_paid,
        group=one.group if one.group is not None else other.group,
        served_at_least=one.served_at_least if one.group is not None else other.served_at_least,
        papers=tuple(dict.fromkeys(one.papers + other.papers)),
        after=one.after or other.after,
        **choices,
    )


def degree_step(asked: DegreeAsked, on: date) -> Step:
    """The degree, awarded on *on*."""
    within = () if asked.credits is None else _credits(asked.credits, asked.credits.at_least, on)
    degree = Degree.unchecked(
        level=asked.level,
        field=asked.fields[0] if asked.fields else None,
        title=asked.titles[0] if asked.titles else None,
        institution=asked.institutions[0] if asked.institutions else None,
        accreditors=tuple(asked.accreditors),
        including=tuple(asked.including),
        awarded_on=on,
        credits=within,
        papers=tuple(asked.papers),
    )
    return Step.unchecked(what=the_degree(asked), months=STUDY_MONTHS.get(asked.level), degrees=(degree,))


def credits_step(asked: CreditsAsked, amount: Extent, on: date) -> Step:
    """*amount* more of these credits, rounded up to hundredths, earned by *on*."""
    rounded = _to_hundredths(amount)
    what = f"{number(amount, up=True)} more {the_credits(asked).partition(' ')[2]}"
    return Step.unchecked(what=what, months=rounded * CREDIT_MONTHS[asked.unit], credits=_credits(asked, rounded, on))


def _to_hundredths(amount: Extent) -> float:
    """Rounded up, so that what is gained is never too little."""
    return float(Fraction(-(-amount * 100 // 1), 100))


def _credits(asked: CreditsAsked, amount: float, on: date) -> tuple[Credits, ...]:
    return (
        Credits.unchecked(
            subject=asked.subjects[0] if asked.subjects else None,
            amount=amount,
            unit=asked.unit,
            is_graduate=asked.is_graduate,
            earned_on=on,
            papers=tuple(asked.papers),
        ),
    )


def credential_step(asked: CredentialAsked, on: date) -> Step:
    """The credential, issued on *on*."""
    credential = Credential.unchecked(
        name=asked.names[0],
        sort=asked.sort or CredentialSort.LICENSE,
        issuer=asked.issuers[0] if asked.issuers else None,
        issued_on=on,
        papers=tuple(asked.papers),
    )
    return Step.unchecked(what=f"the credential {any_of_these(asked.names)}", credentials=(credential,))


def learning_step(asked: LearningAsked, hours: Fraction, on: date) -> Step:
    """So many more hours of training, completed on *on*."""
    done = Learning.unchecked(
        completed_on=on,
        hours=_to_hundredths(hours),
        subject=asked.subjects[0] if asked.subjects else None,
        provider=asked.providers[0] if asked.providers else None,
        papers=tuple(asked.papers),
    )
    about = f" in {any_of_these(asked.subjects)}" if asked.subjects else ""
    return Step.unchecked(what=f"{number(hours, up=True)} more hours of training{about}", learning=(done,))


def stated_step(asked: Stated, on: date) -> Step:
    """What is asked, stated on *on*."""
    statement = Statement.unchecked(name=asked.name, is_so=True, stated_on=on, papers=tuple(asked.papers))
    return Step.unchecked(what=asked.name, statements=(statement,))


def scored_step(asked: Scored, on: date) -> Step:
    """The number that just does, stated on *on*."""
    enough = asked.at_least if asked.at_least is not None else asked.at_most
    statement = Statement.unchecked(name=asked.name, number=enough, stated_on=on, papers=tuple(asked.papers))
    bound = "at least" if asked.at_least is not None else "at most"
    return Step.unchecked(what=f"{asked.name} {bound} {enough:g}", statements=(statement,))


def cheapest(options: Sequence[Option], most: int) -> list[Option]:
    """The cheapest of the options, each once; see `cost`."""
    return sorted(dict.fromkeys(options), key=cost)[:most]


def cost(option: Option) -> tuple[int, float, int, str]:
    """
    What ranks options: things of which no source says how long they take, then months, then how many things.

    Steps that can be taken at the same time are: the longest counts.
    """
    unknown = sum(isinstance(gain, Step) and gain.months is None for gain in option)
    months = max((gain.months or 0.0 for gain in option if not isinstance(gain, Waited)), default=0.0)
    return unknown, months, len(option), " and ".join(gain.what for gain in option)
