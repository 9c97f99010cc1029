"""
Post 1 as somebody would write it out in Python: the floor that a post as data is measured against.

It gives the same answer with the same tree of reasons, sentence for sentence, as the compiled post; `bench_qualifying`
sees to that before it measures. It gives no ways, and does not reason by cases over claims that are not verified: a
file of the pile has none. It takes the same short cuts as the library does, exact whole numbers for calendar months,
values made unchecked and a cache for the calendar, so that the ratio is the price of the data and of nothing else.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from casecore.staff import Credits, CreditUnit, Degree, Level, Qualification, Spell, StaffFile
from casecore.terms import Answer, Source, Verdict

YES, NO, NOT_KNOWN, NEEDS_JUDGEMENT = Answer.YES, Answer.NO, Answer.NOT_KNOWN, Answer.NEEDS_JUDGEMENT

RECOGNIZED = frozenset({"regionally-accredited", "new-york-state-registered"})
KINDS = (
    "mental-health",
    "alcoholism-services",
    "substance-abuse-services",
    "mental-retardation-programs",
    "developmental-disability-programs",
    "related-mental-hygiene-field",
    "linking-to-medical-services",
    "linking-to-psychiatric-services",
    "linking-to-social-services",
    "linking-to-educational-services",
    "linking-to-legal-services",
    "linking-to-housing-services",
    "linking-to-financial-services",
    "linking-to-other-essential-services",
)
FITTING = frozenset(KINDS)
SUBJECTS = frozenset({"sociology", "psychology"})
FROM_BACHELOR = frozenset({Level.BACHELOR, Level.MASTER, Level.DOCTORATE})
FROM_MASTER = frozenset({Level.MASTER, Level.DOCTORATE})

SPECIFICATION = Source(
    cite="Broome County class specification, Intensive Case Manager, Minimum Qualifications A to C and notes",
    read_on=date(2026, 11, 21),
)
PARAGRAPH_A = Source(cite="Minimum Qualifications A, notes 1 and 3", read_on=date(2026, 11, 21))
PARAGRAPH_B = Source(cite="Minimum Qualifications B, note 3", read_on=date(2026, 11, 21))
PARAGRAPH_C = Source(cite="Minimum Qualifications C, note 3", read_on=date(2026, 11, 21))

A_BACHELOR = "a bachelor's degree or higher from a college that is recognized"
A_MASTER = "a master's degree or higher from a college that is recognized"
INSTEAD = "a bachelor's degree or higher and 30 semester credits in sociology or psychology"
THE_WORK = "work (mental-hygiene or linking)"
THREE_YEARS_ASKED = f"Is there experience enough: 3 years of {THE_WORK}, of which 1 year must be work itself?"
ONE_YEAR_ASKED = f"Is there experience enough: 1 year of {THE_WORK}?"
RULING_WANTED = ("a ruling by the official in charge on equivalent-combination",)

MONTH = 4 * 7 * 29 * 3 * 5 * 31
YEAR = 12 * MONTH
Amount = int | Fraction


class Work(NamedTuple):
    """The months of work that are sure, the most there could be, and what is not known of them."""

    least: Amount
    most: Amount | None
    unknown: tuple[str, ...]


def by_hand(file: StaffFile, on: date) -> Qualification:
    """Whether the worker may be an Intensive Case Manager, with all reasons."""
    work = worked(file, on)
    one_year = one_year_of(work)
    bachelor = degree(file, on, FROM_BACHELOR, A_BACHELOR)
    parts = (
        both("A: do all of these hold?", bachelor, three_years_of(work, file, on), PARAGRAPH_A),
        both("B: do all of these hold?", degree(file, on, FROM_MASTER, A_MASTER), one_year, PARAGRAPH_B),
        both("C: do all of these hold?", one_year, ruling(file, on), PARAGRAPH_C),
    )
    answers = [part.answer for part in parts]
    routes = tuple([name for name, answer in zip("ABC", answers, strict=True) if answer is YES])
    missing: tuple[str, ...] = ()
    would_satisfy: tuple[str, ...] = ()
    if routes:
        answer = YES
    else:
        answer = NOT_KNOWN if NOT_KNOWN in answers else NEEDS_JUDGEMENT if NEEDS_JUDGEMENT in answers else NO
        would_satisfy = tuple(dict.fromkeys([act for part in parts for act in part.would_satisfy]))
        if answer is NOT_KNOWN:
            missing = tuple(dict.fromkeys([fact for part in parts for fact in part.missing]))
    return Qualification.unchecked(
        answer=answer,
        question=f"May {file.worker} hold the post Intensive Case Manager?",
        because=f"{len(routes)} of 3 hold, 1 needed",
        parts=parts,
        missing=missing,
        would_satisfy=would_satisfy,
        source=SPECIFICATION,
        post="intensive-case-manager",
        on=on,
        routes=routes,
    )


def both(question: str, one: Verdict, other: Verdict, source: Source) -> Verdict:
    answers = (one.answer, other.answer)
    if NO in answers:
        answer = NO
    elif NOT_KNOWN in answers:
        answer = NOT_KNOWN
    else:
        answer = NEEDS_JUDGEMENT if NEEDS_JUDGEMENT in answers else YES
    return Verdict.unchecked(
        answer=answer,
        question=question,
        because=f"{answers.count(YES)} of 2 hold, 2 needed",
        parts=(one, other),
        missing=tuple(dict.fromkeys(one.missing + other.missing)) if answer is NOT_KNOWN else (),
        would_satisfy=() if answer is YES else tuple(dict.fromkeys(one.would_satisfy + other.would_satisfy)),
        source=source,
    )


def degree(file: StaffFile, on: date, levels: frozenset[Level], asked: str) -> Verdict:
    question = f"Is there {asked}?"
    if file.degrees is None:
        return Verdict.unchecked(
            answer=NOT_KNOWN,
            question=question,
            because="no degree on file fits",
            missing=("degrees",),
            would_satisfy=(asked,),
        )
    unknown: list[str] = []
    perhaps: Degree | None = None
    for place, each in enumerate(file.degrees):
        if each.level not in levels or (each.awarded_on is not None and each.awarded_on > on):
            continue
        if each.accreditors is not None and RECOGNIZED.isdisjoint(each.accreditors):
            continue
        if each.accreditors is not None and each.is_verified:
            return Verdict.unchecked(answer=YES, question=question, because=told_degree(each))
        if each.accreditors is None:
            unknown.append(f"degrees[{place}].accreditors")
        if not each.is_verified:
            unknown.append(f"degrees[{place}].is_verified")
        perhaps = perhaps or each
    return Verdict.unchecked(
        answer=NOT_KNOWN if unknown else NO,
        question=question,
        because="no degree on file fits" if perhaps is None else told_degree(perhaps),
        missing=tuple(unknown),
        would_satisfy=(asked,),
    )


def three_years_of(work: Work, file: StaffFile, on: date) -> Verdict:
    least, most, unknown = work
    because = f"{told(least)} of work counted"
    instead = instead_at_most = 0
    if least < 3 * YEAR:
        credits = thirty_credits(file, on)
        if credits[0] is not NO:
            instead_at_most = YEAR
        if credits[0] is YES:
            instead = YEAR
            because += f", and 12 months for {INSTEAD}"
        elif credits[0] is NOT_KNOWN:
            unknown = (*unknown, *credits[1])
    if least + instead >= 3 * YEAR and least >= YEAR:
        answer = YES
    elif most is not None and (most + instead_at_most < 3 * YEAR or most < YEAR):
        answer = NO
    else:
        answer = NOT_KNOWN
    short = max(3 * YEAR - least - instead, YEAR - least)
    return Verdict.unchecked(
        answer=answer,
        question=THREE_YEARS_ASKED,
        because=because + besides(least, most),
        missing=tuple(dict.fromkeys(unknown)) if answer is NOT_KNOWN else (),
        would_satisfy=() if answer is YES else (more(short),),
    )


def one_year_of(work: Work) -> Verdict:
    least, most, unknown = work
    answer = YES if least >= YEAR else NO if most is not None and most < YEAR else NOT_KNOWN
    return Verdict.unchecked(
        answer=answer,
        question=ONE_YEAR_ASKED,
        because=f"{told(least)} of work counted{besides(least, most)}",
        missing=unknown if answer is NOT_KNOWN else (),
        would_satisfy=() if answer is YES else (more(YEAR - least),),
    )


def thirty_credits(file: StaffFile, on: date) -> tuple[Answer, list[str]]:
    """Whether there is a bachelor's degree, and 30 semester credits in sociology or psychology."""
    unknown: list[str] = []
    has_degree = NO
    least: Amount = 0
    most: Amount | None = 0
    if file.degrees is None:
        has_degree, most = NOT_KNOWN, None
        unknown.append("degrees")
    for place, each in enumerate(file.degrees or ()):
        if each.awarded_on is not None and each.awarded_on > on:
            continue
        if each.level in FROM_BACHELOR and has_degree is not YES:
            has_degree = YES if each.is_verified else NOT_KNOWN
            if not each.is_verified:
                unknown.append(f"degrees[{place}].is_verified")
        if each.credits is None and each.level is not Level.HIGH_SCHOOL:
            most = None
            unknown.append(f"degrees[{place}].credits")
            continue
        for credits in each.credits or ():
            worth = semesters(credits, on)
            least += worth
            most = None if most is None else most + worth
    if file.credits is None:
        most = None
        unknown.append("credits")
    for credits in file.credits or ():
        worth = semesters(credits, on)
        least += worth
        most = None if most is None else most + worth
    if has_degree is NO or (most is not None and most < 30):
        return NO, []
    return (YES if has_degree is YES and least >= 30 else NOT_KNOWN), unknown


def semesters(credits: Credits, on: date) -> Amount:
    if credits.subject not in SUBJECTS or (credits.earned_on is not None and credits.earned_on > on):
        return 0
    amount = exact(credits.amount)
    return amount if credits.unit is CreditUnit.SEMESTER else amount * 2 / Fraction(3)


def worked(file: StaffFile, on: date) -> Work:
    """The work that fits: part time in proportion, no day more than full, months by the anchor that gives the most."""
    if file.experience is None:
        return Work(0, None, ("experience",))
    after = on.toordinal() + 1
    told_until = after if file.stated_on is None else min(after, file.stated_on.toordinal() + 1)
    surely: list[tuple[int, int, Amount]] = []
    perhaps: list[tuple[int, int, Amount]] = []
    unknown: list[str] = []
    for place, each in enumerate(file.experience):
        first = each.began_on.toordinal()
        last = after if each.ended_on is None else min(after, each.ended_on.toordinal() + 1)
        if first >= after or (each.kinds is not None and FITTING.isdisjoint(each.kinds)):
            continue
        sure_last = max(told_until, first) if each.ended_on is None else last
        if each.kinds is None:
            unknown.append(f"experience[{place}].kinds")
        if not each.is_verified:
            unknown.append(f"experience[{place}].is_verified")
        if each.share is None:
            is_stated = each.hours_per_week is not None or each.hours is not None
            unknown.append("full_time_hours" if is_stated else f"experience[{place}].share")
            perhaps.append((first, last, 1))
        elif each.share:
            share = exact(each.share)
            perhaps.append((first, last, share))
            if each.kinds is not None and each.is_verified and first < sure_last:
                surely.append((first, sure_last, share))
        if sure_last < last:
            unknown.append("stated_on")
    least = months(surely)
    return Work(least, least if surely == perhaps else months(perhaps), tuple(dict.fromkeys(unknown)))


def months(spells: list[tuple[int, int, Amount]]) -> Amount:
    if not spells:
        return 0
    full = lcm(*[share.denominator for _, _, share in spells])
    laid = [(first, last, share.numerator * (full // share.denominator)) for first, last, share in spells]
    if len(spells) > 1:
        turns: dict[int, int] = {}
        for first, last, share in laid:
            turns[first] = turns.get(first, 0) + share
            turns[last] = turns.get(last, 0) - share
        laid = []
        since = total = 0
        for day in sorted(turns):
            if total > 0:
                laid.append((since, day, min(total, full)))
            total += turns[day]
            since = day
    most = 0
    for anchor in {date.fromordinal(first).day for first, _, _ in spells}:
        points = 0
        for first, last, share in laid:
            points += (into_months(last, anchor) - into_months(first, anchor)) * share
        most = max(most, points)
    return most if full == 1 else Fraction(most, full)


@lru_cache(maxsize=4096)
def into_months(day: int, anchor: int) -> int:
    on = date.fromordinal(day)
    year, month = on.year, on.month
    if on.day < min(anchor, monthrange(year, month)[1]):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    next_year, next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    start = date(year, month, min(anchor, monthrange(year, month)[1])).toordinal()
    end = date(next_year, next_month, min(anchor, monthrange(next_year, next_month)[1])).toordinal()
    return (12 * year + month) * MONTH + (day - start) * (MONTH // (end - start))


@lru_cache(maxsize=4096)
def exact(number: float) -> Amount:
    return int(number) if number == int(number) else Fraction(repr(number))


def ruling(file: StaffFile, on: date) -> Verdict:
    decided = [
        each
        for each in file.rulings
        if each.post == "intensive-case-manager" and each.clause == "equivalent-combination" and each.decided_on <= on
    ]
    question = "Is it judged so: equivalent-combination?"
    last = max([each.decided_on for each in decided], default=on)
    answers = {each.is_so for each in decided if each.decided_on == last}
    if len(answers) != 1:
        return Verdict.unchecked(
            answer=NEEDS_JUDGEMENT,
            question=question,
            because=f"no ruling is on file; on file are {on_file(file, on)}",
            would_satisfy=RULING_WANTED,
        )
    told_by = next(each for each in decided if each.decided_on == last)
    because = f"{told_by.by} decided so on {told_by.decided_on}"
    return Verdict.unchecked(
        answer=YES if True in answers else NO,
        question=question,
        because=f"{because}: {told_by.because}" if told_by.because else because,
    )


def on_file(file: StaffFile, on: date) -> str:
    degrees = credits = work = credentials = "not known"
    if file.degrees is not None:
        theirs = [told_degree(each) for each in file.degrees if each.awarded_on is None or each.awarded_on <= on]
        degrees = ", ".join(theirs) or "none"
    if file.credits is not None:
        theirs = [told_credits(each) for each in file.credits if each.earned_on is None or each.earned_on <= on]
        credits = ", ".join(theirs) or "none"
    if file.experience is not None:
        work = ", ".join([told_spell(each) for each in file.experience if each.began_on <= on]) or "none"
    if file.credentials is not None:
        held = [each.name for each in file.credentials if each.is_valid_on(on) is not False]
        credentials = ", ".join(held) or "none"
    return f"degrees: {degrees}; credits outside them: {credits}; work: {work}; credentials: {credentials}"


def told_degree(each: Degree) -> str:
    told = each.title or each.level.value
    if each.field:
        told += f" in {each.field}"
    return f"{told}, awarded {each.awarded_on}" if each.awarded_on else told


def told_credits(each: Credits) -> str:
    return f"{each.amount:g} {each.unit.value}" + (f" in {each.subject}" if each.subject else "")


def told_spell(each: Spell) -> str:
    told = f"{each.began_on} to {each.ended_on or 'now'}"
    if each.share is not None and each.share != 1:
        told += f" at {each.share:g}"
    elif each.hours_per_week is not None:
        told += f" at {each.hours_per_week:g} hours a week"
    if not each.kinds:
        return told
    kinds = each.kinds[0] if len(each.kinds) == 1 else f"{', '.join(each.kinds[:-1])} and {each.kinds[-1]}"
    return f"{told} ({kinds})"


def told(amount: Amount) -> str:
    """Whole months, or months with one decimal, cut."""
    return in_months(int(amount * 10 // MONTH))


def in_months(tenths: int) -> str:
    whole, rest = divmod(tenths, 10)
    if rest:
        return f"{whole:,}.{rest} months"
    return "1 month" if whole == 1 else f"{whole:,} months"


def more(amount: Amount) -> str:
    if amount < MONTH:
        days = max(1, round(amount * Fraction(36525, 1200) / MONTH))
        return f"{days} more {'day' if days == 1 else 'days'} of {THE_WORK}"
    months, unit = in_months(int(-(-amount * 10 // MONTH))).split()
    return f"{months} more {unit} of {THE_WORK}"


def besides(least: Amount, most: Amount | None) -> str:
    if most is None:
        return "; how much there is besides is not known"
    return f", up to {told(most)} if all of it counts" if most > least else ""
