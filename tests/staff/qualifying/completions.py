"""
Every way in which the unknown facts of a file could turn out, for posts and files small enough.

`choices` finds the first fact that is not known and matters, and gives the case once with each value it may have;
choosing again and again makes a case of which everything is known, which `oracle` can judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from casecore.staff import Credential, Credits, CreditUnit, Degree, Learning, Level, Served, Spell, StaffFile, Statement
from casecore.staff.posts import (
    Amount,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    LearningAsked,
    Qualifications,
    Scored,
    Stated,
    Work,
)
from casecore.staff.posts.word_lists import values_within
from casecore.terms import Value
from tests.staff.qualifying.oracle import Case

LONG_AGO, SOME_DAY, FAR_AHEAD = date(1990, 1, 1), date(2016, 2, 15), date(2040, 1, 1)
OTHERWISE = "some other"
"""A word that no post asks for."""


class Choice(NamedTuple):
    """One fact with every value it may have (or, where they cannot be counted up, some of them)."""

    is_countable: bool
    cases: list[Case]


def choices(case: Case) -> Choice | None:
    """The first fact that is not known, in each way; nothing where all that matters is known."""
    return next(_open(case), None)


def completed(case: Case, most: int) -> list[Case] | None:
    """Every completion; nothing where they cannot be counted up, or are more than *most*."""
    done: list[Case] = []
    waiting = [case]
    while waiting:
        each = waiting.pop()
        choice = choices(each)
        if choice is None:
            done.append(each)
        elif not choice.is_countable:
            return None
        else:
            waiting.extend(choice.cases)
        if len(done) + len(waiting) > most:
            return None
    return done


def _open(case: Case) -> Iterator[Choice]:
    file = case.file
    for name in ("applied_on", "examined_on", "born_on"):
        if getattr(file, name) is None:
            bound = [each for each in (file.examined_on, file.appointed_on, case.on) if each is not None]
            days = (
                [LONG_AGO, min(bound)] if name == "applied_on" else [min(file.applied_on or LONG_AGO, case.on), case.on]
            )
            days = [date(1960, 2, 29), date(1990, 1, 1), date(2005, 6, 1)] if name == "born_on" else days
            yield Choice(False, [case._replace(file=file._with(**{name: day})) for day in days])
    yield from _countings(case)
    for name, found in _LISTS.items():
        if getattr(file, name) is None:
            yield Choice(False, [case._replace(file=file._with(**{name: parts})) for parts in ((), *found)])
    yield from _degrees(case)
    for name in ("credits", "experience", "credentials", "learning"):
        parts = getattr(file, name)
        for place, part in enumerate(parts or ()):
            for is_countable, instead in _part(part, case):
                made = [(*parts[:place], *_some(each), *parts[place + 1 :]) for each in instead]
                yield Choice(is_countable, [case._replace(file=file._with(**{name: each})) for each in made])
    yield from _statements(case)
    if file.stated_on is not None:  # more may have come since; here, nothing did
        yield Choice(False, [case._replace(file=file._with(stated_on=None))])


def _countings(case: Case) -> Iterator[Choice]:
    for name, asked in {"": case.asked, **case.others}.items():
        # where hours are counted and full time is not said, hours are not limited to it
        in_hours = any(isinstance(value, Amount) and value.hours is not None for _, value in values_within(asked.needs))
        in_hours = in_hours or asked.counting.hours_in_a_year is not None
        numbers = {
            "full_time_hours": (60.0, 80.0) if in_hours else (20.0, 37.5),
            "ects_in_a_semester_credit": (0.5, 2.0),
        }
        for field, values in numbers.items():
            if getattr(asked.counting, field) is None:
                counted = [asked._with(counting=asked.counting._with(**{field: value})) for value in values]
                yield Choice(False, [_asking(case, name, each) for each in counted])


def _asking(case: Case, name: str, asked: Qualifications) -> Case:
    return case._replace(others={**case.others, name: asked}) if name else case._replace(asked=asked)


def values_asked(case: Case) -> list[Value]:
    """Everything that the post asks for, and the posts that it refers to."""
    return [value for asked in (case.asked, *case.others.values()) for _, value in values_within(asked.needs)]


def counts_unverified(case: Case) -> bool:
    """Whether no post of the case minds what has only been said."""
    return all(asked.counts_unverified for asked in (case.asked, *case.others.values()))


_LISTS: dict[str, tuple[tuple[Value, ...], ...]] = {
    "degrees": ((Degree(level=Level.BACHELOR),), (Degree(level=Level.DOCTORATE, credits=()),)),
    "credits": ((Credits(amount=90, unit=CreditUnit.SEMESTER),),),
    "experience": ((Spell(began_on=SOME_DAY, share=1.0), Spell(began_on=date(2014, 3, 31), ended_on=SOME_DAY)),),
    "credentials": ((Credential(name="LMSW", issued_on=SOME_DAY), Credential(name="driver-license")),),
    "learning": ((Learning(completed_on=SOME_DAY, hours=40),),),
}


def _some(part: Value | None) -> tuple[Value, ...]:
    return () if part is None else (part,)


def asked_words(case: Case, cls: type[Value], *fields: str) -> list[str]:
    """The words that needs of one class ask for."""
    found = [value for value in values_asked(case) if type(value) is cls]
    return list(dict.fromkeys(word for value in found for field in fields for word in getattr(value, field)))


Instead = Iterator[tuple[bool, list[Any]]]
"""Whether the values can be counted up, and what may stand in place of a part: itself with a value, or nothing."""


def _backing(part: Any, case: Case, papers: list[str]) -> Instead:
    if not part.is_verified and not counts_unverified(case):
        yield True, [part._with(is_verified=True), None]
    for paper in papers:
        if paper not in part.papers + part.refused:
            yield True, [part._with(papers=(*part.papers, paper)), part._with(refused=(*part.refused, paper))]


def _words(part: Any, case: Case, cls: type[Value], **fields: tuple[str, ...]) -> Instead:
    for field, names in fields.items():
        words = asked_words(case, cls, *names)
        if getattr(part, field) is None and words:
            yield True, [part._with(**{field: word}) for word in (*words, OTHERWISE)]


def _several(part: Any, case: Case, cls: type[Value], **fields: str) -> Instead:
    for field, name in fields.items():
        words = asked_words(case, cls, name)
        if getattr(part, field) is None and words:
            yield False, [part._with(**{field: each}) for each in ((), *((word,) for word in words), tuple(words))]


def _part(part: Any, case: Case) -> Instead:
    if isinstance(part, Credits):
        yield from _backing(part, case, asked_words(case, CreditsAsked, "papers"))
        words = asked_words(case, CreditsAsked, "subjects") + [each for each in subjects(case.file) if each is not None]
        if part.subject is None:
            other = f"{OTHERWISE} {subjects(case.file).count(None)}"  # each unknown subject may be another
            yield True, [part._with(subject=word) for word in (*dict.fromkeys(words), other)]
        yield from _several(part, case, CreditsAsked, accreditors="accreditors")
        if part.is_graduate is None:
            yield True, [part._with(is_graduate=True), part._with(is_graduate=False)]
    elif isinstance(part, Spell):
        yield from _spell(part, case)
    elif isinstance(part, Credential):
        yield from _backing(part, case, asked_words(case, CredentialAsked, "papers"))
        yield from _words(part, case, CredentialAsked, issuer=("issuers",))
        if part.issued_on is None:
            days = [LONG_AGO, SOME_DAY, FAR_AHEAD]
            yield False, [part._with(issued_on=d) for d in days if part.expires_on is None or d < part.expires_on]
    elif isinstance(part, Learning):
        yield from _backing(part, case, asked_words(case, LearningAsked, "papers"))
        yield from _words(part, case, LearningAsked, subject=("subjects",), provider=("providers",))


def subjects(file: StaffFile) -> list[str | None]:
    """The subjects of all credits on file."""
    within = [each for degree in file.degrees or () for each in degree.credits or ()]
    return [each.subject for each in (*within, *(file.credits or ()))]


def _spell(spell: Spell, case: Case) -> Instead:
    yield from _backing(spell, case, asked_words(case, Work, "papers"))
    yield from _words(
        spell, case, Work, title=("titles", "not_titles"), employer=("employers",), status=("statuses", "not_statuses")
    )
    yield from _several(spell, case, Work, kinds="kinds", settings="settings")
    if spell.is_paid is None:
        yield True, [spell._with(is_paid=True), spell._with(is_paid=False)]
    if spell.served is None:
        groups = [v.group for v in values_asked(case) if isinstance(v, Work) and v.group is not None]
        yield False, [spell._with(served=()), *(spell._with(served=(Served(group=g, share=1.0),)) for g in groups)]
    if spell.share is None and spell.hours_per_week is None and spell.hours is None:
        yield False, [spell._with(share=0.0), spell._with(share=0.5), spell._with(share=1.0)]
    stated_on = case.file.stated_on
    if spell.ended_on is None and stated_on is not None:
        told = max(stated_on, spell.began_on)
        yield (
            False,
            [spell._with(ended_on=told), spell._with(ended_on=max(told, case.on)), spell._with(ended_on=FAR_AHEAD)],
        )


def _degrees(case: Case) -> Iterator[Choice]:
    degrees = case.file.degrees or ()
    known = [case.on, case.file.applied_on, case.file.examined_on, case.file.appointed_on]
    for place, degree in enumerate(degrees):
        for is_countable, instead in _degree(degree, case, min(day for day in known if day is not None)):
            made = [(*degrees[:place], *_some(each), *degrees[place + 1 :]) for each in instead]
            yield Choice(is_countable, [case._replace(file=case.file._with(degrees=each)) for each in made])


def _degree(degree: Degree, case: Case, first_day: date) -> Instead:
    yield from _backing(degree, case, asked_words(case, DegreeAsked, "papers"))
    named = {"field": ("fields",), "title": ("titles",), "institution": ("institutions",)}
    yield from _words(degree, case, DegreeAsked, **named)
    if degree.accreditors is None:
        words = asked_words(case, DegreeAsked, "accreditors") + asked_words(case, CreditsAsked, "accreditors")
        if words:
            yield False, [degree._with(accreditors=each) for each in ((), *((word,) for word in words), tuple(words))]
    yield from _several(degree, case, DegreeAsked, including="including")
    if degree.awarded_on is None:  # it was awarded, which is taken to be before any day that is measured on
        yield False, [degree._with(awarded_on=day) for day in (LONG_AGO, min(SOME_DAY, first_day), first_day)]
    if degree.credits is None:
        if degree.level is Level.HIGH_SCHOOL:
            yield True, [degree._with(credits=())]
        else:
            many = Credits(amount=90, unit=CreditUnit.SEMESTER, accreditors=degree.accreditors)
            yield False, [degree._with(credits=()), degree._with(credits=(many,))]
    for place, each in enumerate(degree.credits or ()):
        if each.accreditors is None and degree.accreditors is not None:
            continue_with = each._with(accreditors=degree.accreditors)
        else:
            continue_with = each
        for is_countable, instead in _part(continue_with, case):
            before, after = (degree.credits or ())[:place], (degree.credits or ())[place + 1 :]
            yield is_countable, [degree._with(credits=(*before, *_some(one), *after)) for one in instead]


def _statements(case: Case) -> Iterator[Choice]:
    file = case.file

    def instead(old: Statement | None, *new: Statement) -> list[Case]:
        kept = tuple(each for each in file.statements if each is not old)
        return [case._replace(file=file._with(statements=(*kept, each))) for each in new]

    for asked in [value for value in values_asked(case) if isinstance(value, Stated | Scored)]:
        is_number = isinstance(asked, Scored)
        theirs = [s for s in file.statements if s.name == asked.name and (s.number is not None) is is_number]
        for each in theirs:
            if not each.is_verified and not counts_unverified(case):
                others = (
                    [each._with(number=n) for n in (0.0, 70.0, 1e6)]
                    if is_number
                    else [each._with(is_so=not each.is_so)]
                )
                yield Choice(not is_number, instead(each, *(o._with(is_verified=True) for o in (each, *others))))
            for paper in asked.papers:
                if paper not in each.papers + each.refused and (is_number or each.is_so):
                    come, gone = each._with(papers=(*each.papers, paper)), each._with(refused=(*each.refused, paper))
                    yield Choice(True, instead(each, come, gone))
            for other in theirs:
                if other.stated_on == each.stated_on and (other.is_so, other.number) != (each.is_so, each.number):
                    yield Choice(True, instead(each, other)[:1] + instead(other, each)[:1])
        for since in (None, *(each.until for each in theirs)):
            when = since or date.min
            if not any((s.stated_on or date.min) <= when and (s.until is None or when < s.until) for s in theirs):
                made = Statement(name=asked.name, is_so=True, stated_on=since, papers=asked.papers)
                if is_number:
                    numbers = [made._with(is_so=None, number=number) for number in (0.0, 70.0, 1e6)]
                    yield Choice(False, instead(None, *numbers))
                else:
                    yield Choice(True, instead(None, made, made._with(is_so=False)))
