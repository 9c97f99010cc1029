"""
The plain answer, found slowly: where every fact is known, for each day of life one by one, with no short cut.

It shares no code with the judge but the values themselves, `Span` and `age_on`, which have tests of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from casecore.staff import Credential, Credits, CreditUnit, Degree, Level, StaffFile, Statement
from casecore.staff.posts import (
    Amount,
    CredentialAsked,
    CreditsAsked,
    DegreeAsked,
    ExperienceAsked,
    Held,
    Holding,
    Need,
    Qualifications,
    StaffDay,
    Work,
)
from casecore.terms import Answer, Span, age_on
from tests.staff.qualifying.days_of_work import (
    DAY,
    Daily,
    Unit,
    among,
    anchors,
    best,
    by_day,
    days_from,
    exact,
    extent,
    first_kind_only,
    is_such_work,
)

YES, NO, JUDGE = Answer.YES, Answer.NO, Answer.NEEDS_JUDGEMENT


class Case(NamedTuple):
    """One file asked about on one day by one post."""

    asked: Qualifications
    file: StaffFile
    on: date
    post: str
    step: str | None = None
    others: Mapping[str, Qualifications] = {}

    def day(self, named: StaffDay) -> date:
        known = {
            StaffDay.ASKED: self.on,
            StaffDay.APPLICATION: self.file.applied_on,
            StaffDay.EXAMINATION: self.file.examined_on,
            StaffDay.APPOINTMENT: self.file.appointed_on or self.on,
        }[named]
        assert known is not None
        return known


def plain_answer(case: Case) -> Answer:
    """The answer about a file of which everything that matters is known."""
    found = answered(case.asked.needs, case, min(case.day(case.asked.measured_at), case.on))
    return YES if found is None else found


def answered(need: Need, case: Case, day: date) -> Answer | None:
    """The answer to one need; nothing where it is not asked at this step."""
    if case.step is not None and need.asked_at and case.step not in need.asked_at:
        return None
    if need.measured_on is not None:
        day = min(need.measured_on, case.on)
    if need.measured_at is not None:
        day = min(case.day(need.measured_at), case.on)
    follow = need.may_follow
    limit = None if follow is None or follow.within is None else follow.within.after(case.day(follow.after))
    if follow is not None and limit is not None and not follow.late_counts:
        day = min(day, limit)
    answer = grouped(need, case, day) if need.parts else asked_of_file(need, case, day)
    if follow is not None and answer is not None and (limit is None or case.on <= limit):
        return YES
    return answer


def grouped(need: Need, case: Case, day: date) -> Answer | None:
    answers = [found for part in need.parts if (found := answered(part, case, day)) is not None]
    if not answers:
        return None
    wanted = len(answers) if need.all_of else min(need.at_least or 1, len(answers))
    could_be = {sum(each) for each in _ways_to_judge(answers)}
    outcomes = {(held >= wanted) is (need.none_of is None) for held in could_be}
    return JUDGE if len(outcomes) == 2 else YES if True in outcomes else NO


def _ways_to_judge(answers: list[Answer]) -> list[list[int]]:
    ways: list[list[int]] = [[]]
    for answer in answers:
        ways = [[*way, held] for way in ways for held in (0, 1) if answer is JUDGE or held == (answer is YES)]
    return ways


def asked_of_file(need: Need, case: Case, day: date) -> Answer:
    file = case.file
    if need.degree is not None:
        return _yes_no(any(has_degree(each, need.degree, case, day) for each in file.degrees or ()))
    if need.credits is not None:
        return _yes_no(credits_there(need.credits, case, day) >= exact(need.credits.at_least))
    if need.experience is not None:
        return experienced(need.experience, case, day)
    if need.adds_up is not None:
        return added_up(need, case, day)
    if need.credential is not None:
        return _yes_no(credential_held(need.credential, case, day))
    if need.learning is not None:
        learning = need.learning
        done = [
            exact(each.hours)
            for each in file.learning or ()
            if _looked_back(learning.within, day) <= each.completed_on <= day
            and among(each.subject, learning.subjects)
            and among(each.provider, learning.providers)
            and set(learning.papers) <= set(each.papers)
        ]
        return _yes_no(sum(done) >= exact(learning.hours))
    if need.stated is not None:
        so = [each for each in _stated(case, need.stated.name, day) if each.is_so is not None]
        return _yes_no(bool(so[-1].is_so) and set(need.stated.papers) <= set(so[-1].papers))
    if need.scored is not None:
        scored = need.scored
        last = [each for each in _stated(case, scored.name, day) if each.number is not None][-1]
        assert last.number is not None
        least = scored.at_least if scored.at_least is not None else last.number
        most = scored.at_most if scored.at_most is not None else last.number
        return _yes_no(least <= last.number <= most and set(scored.papers) <= set(last.papers))
    if need.aged is not None:
        assert file.born_on is not None
        age = age_on(day, file.born_on)
        return _yes_no((need.aged.at_least or -99_999) <= age <= _or(need.aged.at_most, 99_999))
    if need.appointed is not None:
        appointed = file.appointed_on or case.on
        since, before = need.appointed.since or date.min, need.appointed.before
        return _yes_no(since <= appointed and (before is None or appointed < before))
    if need.judged is not None:
        ruled = [r for r in file.rulings if (r.post, r.clause) == (case.post, need.judged.clause)]
        ruled = [r for r in ruled if r.decided_on <= case.on]
        latest = {r.is_so for r in ruled if r.decided_on == max(each.decided_on for each in ruled)}
        return JUDGE if len(latest) != 1 else _yes_no(latest == {True})
    assert need.post is not None
    other = case.others[need.post]
    return plain_answer(case._replace(asked=other, on=day, post=need.post, step=None))


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _stated(case: Case, name: str, day: date) -> list[Statement]:
    """The statements under *name* that hold on *day*, oldest first."""
    held = [
        each
        for each in case.file.statements
        if each.name == name
        and (each.stated_on is None or each.stated_on <= day)
        and (each.until is None or day < each.until)
    ]
    return sorted(held, key=lambda each: (each.stated_on or date.min, bool(each.papers)))


def _yes_no(holds: bool) -> Answer:
    return YES if holds else NO


def _looked_back(within: Span | None, day: date) -> date:
    return date.min if within is None else within.look_back(day).start


# Schooling


def has_degree(degree: Degree, asked: DegreeAsked, case: Case, day: date) -> bool:
    levels = list(Level)
    level, lowest = levels.index(degree.level), levels.index(asked.level)
    return (
        (degree.awarded_on is None or degree.awarded_on <= day)
        and (level == lowest or (level > lowest and asked.or_higher))
        and among(degree.field, asked.fields)
        and among(degree.title, asked.titles)
        and among(degree.institution, asked.institutions)
        and (not asked.accreditors or bool(set(asked.accreditors) & set(degree.accreditors or ())))
        and set(asked.including) <= set(degree.including or ())
        and set(asked.papers) <= set(degree.papers)
        and (
            asked.credits is None
            or _credits_sum(_inside(degree), asked.credits, case, day) >= exact(asked.credits.at_least)
        )
    )


def _inside(degree: Degree) -> list[tuple[Credits, tuple[str, ...]]]:
    return [(each, _accredited(each, degree)) for each in degree.credits or ()]


def _accredited(credits: Credits, degree: Degree) -> tuple[str, ...]:
    return (degree.accreditors or ()) if credits.accreditors is None else credits.accreditors


def credits_there(asked: CreditsAsked, case: Case, day: date) -> Fraction:
    every = [(each, each.accreditors or ()) for each in case.file.credits or ()]
    for degree in case.file.degrees or ():
        if degree.awarded_on is None or degree.awarded_on <= day:
            every += _inside(degree)
    return _credits_sum(every, asked, case, day)


def _credits_sum(every: list[tuple[Credits, tuple[str, ...]]], asked: CreditsAsked, case: Case, day: date) -> Fraction:
    sums: dict[str | None, Fraction] = {}
    for each, accreditors in every:
        if (
            (each.earned_on is None or each.earned_on <= day)
            and among(each.subject, asked.subjects)
            and (not asked.accreditors or bool(set(asked.accreditors) & set(accreditors)))
            and asked.is_graduate in (None, each.is_graduate)
            and set(asked.papers) <= set(each.papers)
        ):
            worth = exact(each.amount) * _semesters(each.unit, case) / _semesters(asked.unit, case)
            subject = each.subject if asked.in_one_subject else None
            sums[subject] = sums.get(subject, Fraction(0)) + (worth if each.unit != asked.unit else exact(each.amount))
    return max(sums.values(), default=Fraction(0))


def _semesters(unit: CreditUnit, case: Case) -> Fraction:
    ects = case.asked.counting.ects_in_a_semester_credit
    return {
        CreditUnit.SEMESTER: Fraction(1),
        CreditUnit.QUARTER: Fraction(2, 3),
        CreditUnit.ECTS: 1 / exact(ects) if ects is not None else Fraction(1),
    }[unit]


# Credentials


def credential_held(asked: CredentialAsked, case: Case, day: date) -> bool:
    appointed = min(case.file.appointed_on or day, day)
    first = day if asked.held is Held.ON_THE_DAY else appointed
    last = appointed if asked.held is Held.AT_APPOINTMENT else day
    return all(
        any(is_such(each, asked) and _counts_on(each, asked, when) for each in case.file.credentials or ())
        for when in days_from(first, last)
    )


def is_such(credential: Credential, asked: CredentialAsked) -> bool:
    return (
        credential.name in asked.names
        and asked.sort in (None, credential.sort)
        and among(credential.issuer, asked.issuers)
        and set(asked.papers) <= set(credential.papers)
    )


def _counts_on(credential: Credential, asked: CredentialAsked, day: date) -> bool:
    assert credential.issued_on is not None
    return (
        credential.issued_on <= day
        and (credential.expires_on is None or day < credential.expires_on)
        and not any(day in period for period in credential.suspended)
        and (asked.for_at_least is None or asked.for_at_least.after(credential.issued_on) <= day)
        and (asked.for_at_most is None or day < asked.for_at_most.after(credential.issued_on))
    )


def held_from(holding: Holding, case: Case, day: date) -> date | None:
    """The first day on which it was held, as the file stands on *day*; nothing where it never was."""
    if holding.degree is not None:
        degrees = [each for each in case.file.degrees or () if has_degree(each, holding.degree, case, day)]
        return min((each.awarded_on or date.min for each in degrees), default=None)
    assert holding.credential is not None
    issued = [e.issued_on for e in case.file.credentials or () if is_such(e, holding.credential) and e.issued_on]
    return min((each for each in issued if each <= day), default=None)


# Work


def daily_work(asked: ExperienceAsked, work: Work, case: Case, day: date, unit: Unit) -> Daily:
    first = _looked_back(asked.within, day)
    last = day if case.asked.counting.day_asked_counts else day - DAY
    if work.after is not None:
        since = held_from(work.after, case, day)
        if since is None:
            return {}
        first = max(first, since)
    if work.before is not None and (since := held_from(work.before, case, day)) is not None:
        last = min(last, max(since, date.min + DAY) - DAY)
    found: Daily = {}
    for place, spell in enumerate(case.file.experience or ()):
        if not is_such_work(spell, work, case.asked.counting):
            continue
        much = extent(spell, case.asked.counting, in_hours=unit.in_hours) if asked.in_proportion else unit.most_a_day
        for when in days_from(max(first, spell.began_on), min(last, spell.ended_on or last)):
            if much:
                found[place, when] = much
    return found


def longest_run(asked: ExperienceAsked, daily: Daily, unit: Unit, day: date) -> Fraction:
    runs: list[list[date]] = []
    for when in sorted(by_day(daily)):
        if runs and (when - runs[-1][-1]).days - 1 <= asked.gap_days:
            runs[-1].append(when)
        else:
            runs.append([when])
    if asked.is_preceding:
        runs = [run for run in runs if (day - run[-1]).days - 1 <= asked.gap_days]
    sums, most = by_day(daily), unit.most_a_day
    return max(
        (
            sum((min(sums[when], most) * unit.worth(when, anchor) for when in run), Fraction(0))
            for run in runs
            for anchor in anchors([daily])
        ),
        default=Fraction(0),
    )


def _capped(number: Fraction, most: Amount | None) -> Fraction:
    return number if most is None else min(number, most.number)


def experienced(asked: ExperienceAsked, case: Case, day: date) -> Answer:
    unit = Unit(asked.at_least.unit, case.asked.counting)
    itself = daily_work(asked, asked.work, case, day, unit)
    if asked.is_continuous or asked.is_preceding:
        work = total = longest_run(asked, itself, unit, day)
    else:
        work = best([itself], unit, lambda parts: parts[0])
        kinds = [itself, *(daily_work(asked, other.work, case, day, unit) for other in asked.other)]

        def weighed(parts: list[Fraction]) -> Fraction:
            others = zip(asked.other, parts[1:], strict=True)
            return parts[0] + sum(_capped(part * exact(other.counts_for), other.at_most) for other, part in others)

        total = max(work, best(first_kind_only(kinds), unit, weighed))
    enough = work >= (asked.floor.number if asked.floor else 0)
    if work >= asked.at_least.number and enough:
        return YES
    sure, perhaps = Fraction(0), Fraction(0)
    for each in asked.substitutes:
        least = most = Fraction(0)
        if each.each is not None:
            lots = credits_there(each.each, case, day) // exact(each.each.at_least)
            least = most = lots * each.counts_as.number
        elif each.needs is not None:
            answer = answered(each.needs, case, day)
            least = each.counts_as.number if answer is YES else Fraction(0)
            most = each.counts_as.number if answer in (YES, JUDGE) else Fraction(0)
        sure, perhaps = sure + _capped(least, each.at_most), perhaps + _capped(most, each.at_most)
    sure, perhaps = _capped(sure, asked.substituted_at_most), _capped(perhaps, asked.substituted_at_most)
    if enough and total + sure >= asked.at_least.number:
        return YES
    return JUDGE if enough and total + perhaps >= asked.at_least.number else NO


def added_up(need: Need, case: Case, day: date) -> Answer:
    found = set()
    judged = [each.needs and answered(each.needs, case, day) for each in need.adds_up or ()]
    for counts in ((YES,), (YES, JUDGE)):
        there = [p for p, answer in zip(need.adds_up or (), judged, strict=True) if answer is None or answer in counts]
        there = sorted(there, key=lambda each: each.experience.at_least.number)
        if not there:
            found.add(False)
            continue
        unit = Unit(there[0].experience.at_least.unit, case.asked.counting)
        asked = [(each.experience, each.experience.at_least.number) for each in there]
        kinds = first_kind_only([daily_work(each, each.work, case, day, unit) for each, _ in asked])

        def parts(totals: list[Fraction], asked: list[tuple[ExperienceAsked, Fraction]] = asked) -> Fraction:
            return sum((min(t / whole, Fraction(1)) for t, (_, whole) in zip(totals, asked, strict=True)), Fraction(0))

        found.add(best(kinds, unit, parts) >= 1)
    return JUDGE if len(found) == 2 else YES if True in found else NO
