from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casecore.staff import Examiner, StaffFile, may_hold
from casecore.staff.posts import Need, Qualifications, StaffDay, what_can_take_away
from casecore.terms import Answer, NotReadable, read
from casecore.testing.strategies.asked_of_staff import credits_asked, degrees_asked
from casecore.testing.strategies.posts import experience_asked, needs, qualifications
from casecore.testing.strategies.staff_files import (
    credentials,
    credits_earned,
    degrees,
    learnings,
    rulings,
    spells,
    statements,
)
from tests.staff.qualifying.asking import GIVEN, YEARS, cases, post_of, posts_in
from tests.staff.qualifying.completions import choices
from tests.staff.qualifying.oracle import Case, plain_answer

LASTING = qualifications(
    needs_asked=needs(
        st.one_of(
            st.builds(Need, degree=degrees_asked(papers=())),
            st.builds(Need, credits=credits_asked(papers=())),
            st.builds(
                Need,
                experience=experience_asked(within=None, is_continuous=False, is_preceding=False, gap_days=0, other=()),
            ),
        ),
        most_leaves=3,
        with_none_of=False,
    ),
    measured_at=StaffDay.ASKED,
)
MORE = st.fixed_dictionaries(
    {
        "degrees": st.lists(degrees(between=YEARS), max_size=2),
        "credits": st.lists(credits_earned(between=YEARS), max_size=2),
        "experience": st.lists(spells(between=YEARS), max_size=2),
        "credentials": st.lists(credentials(between=YEARS), max_size=1),
        "learning": st.lists(learnings(between=YEARS), max_size=1),
        "statements": st.lists(statements(between=YEARS), max_size=1),
        "rulings": st.lists(rulings(between=YEARS), max_size=1),
    }
)


def examiner(case: Case) -> Examiner:
    return Examiner(post_of(case.asked, name=case.post), posts_in(case))


class TestQuickAndFull:
    """The answer alone is the answer of the whole verdict."""

    @given(cases())
    def test_they_are_the_same(self, case: Case) -> None:
        asked = examiner(case)
        full = asked.may_hold(case.file, on=case.on, step=case.step, most_ways=0)
        assert asked.answer(case.file, on=case.on, step=case.step) is full.answer
        assert bool(full.missing) is (full.answer is Answer.NOT_KNOWN)


class TestMoreFacts:
    """More proven facts, and more time, never turn yes into no unless the post itself names the way."""

    @given(LASTING, GIVEN, MORE, st.dates(date(2016, 1, 1), date(2021, 1, 1)), st.integers(0, 2_000))
    def test_where_the_post_names_none_yes_stays_yes(
        self, asked: Qualifications, file: StaffFile, more: dict[str, Any], on: date, days: int
    ) -> None:
        asking = Examiner(post_of(asked))
        if what_can_take_away(asked) or asking.answer(file, on=on) is not Answer.YES:
            return  # not assumed: hypothesis would give up, since most answers are no
        longer: dict[str, Any] = {name: (*(getattr(file, name) or ()), *added) for name, added in more.items()}
        try:
            grown: StaffFile = attrs.evolve(file, **longer)
        except NotReadable:
            return  # one degree told twice
        assert asking.answer(grown, on=on + timedelta(days=days)) is Answer.YES

    def test_what_can_take_away_is_named_by_its_path(self) -> None:
        year, month = {"within": {"years": 1}}, {"at_least": {"months": 1}}
        degree = {"degree": {"level": "bachelor"}}
        needs = [
            {"none_of": [degree]},
            {"experience": month | year | {"work": {"before": degree}}},
            {"experience": month | {"is_preceding": True}},
            {"experience": month | {"other": [{"work": {}}, {"work": {"kinds": ["a"]}}]}},
            {"experience": month | {"other": [{"work": {}}]}},
            {"credential": {"names": ["a"], "for_at_most": {"years": 1}}},
            {"learning": {"hours": 1} | year},
            {"learning": {"hours": 1}},
            {"stated": {"name": "a"}},
            {"scored": {"name": "b", "at_least": 1}},
            {"judged": {"clause": "c"}},
            {"aged": {"at_most": 35}},
            {"aged": {"at_least": 18}},
            {"appointed": {"before": date(2030, 1, 1)}},
            {"appointed": {"since": date(2020, 1, 1)}},
            degree | {"may_follow": year},
            degree | {"may_follow": {}},
            {"post": "other"},
        ]
        asked = Qualifications(needs=read({"all_of": needs}, Need))
        assert what_can_take_away(asked) == (
            "needs.all_of[0].none_of",
            "needs.all_of[1].experience.within",
            "needs.all_of[1].experience.work.before",
            "needs.all_of[2].experience.is_preceding",
            "needs.all_of[3].experience.other",
            "needs.all_of[5].credential.held",
            "needs.all_of[5].credential.for_at_most",
            "needs.all_of[6].learning.within",
            "needs.all_of[8].stated",
            "needs.all_of[9].scored",
            "needs.all_of[10].judged",
            "needs.all_of[11].aged.at_most",
            "needs.all_of[13].appointed.before",
            "needs.all_of[15].may_follow.within",
            "needs.all_of[17].post",
        )


def turned(need: Need) -> Need:
    """The same needs from right to left."""
    groups: dict[str, Any] = {
        name: tuple(turned(part) for part in reversed(parts))
        for name in ("all_of", "any_of", "none_of", "of")
        if (parts := getattr(need, name)) is not None
    }
    return attrs.evolve(need, **groups)


def unnumbered(missing: tuple[str, ...]) -> set[str]:
    return {re.sub(r"\[\d+\]", "[]", path) for path in missing}


class TestOrder:
    """The answer is the same whatever the order of routes, facts and spells."""

    @given(cases())
    def test_all_turned_round(self, case: Case) -> None:
        lists = ("degrees", "credits", "experience", "credentials", "learning", "statements", "rulings")
        back: dict[str, Any] = {
            name: tuple(reversed(parts)) for name in lists if (parts := getattr(case.file, name)) is not None
        }
        other = case._replace(
            asked=attrs.evolve(case.asked, needs=turned(case.asked.needs)), file=attrs.evolve(case.file, **back)
        )
        one = examiner(case).may_hold(case.file, on=case.on, step=case.step, most_ways=0)
        two = examiner(other).may_hold(other.file, on=case.on, step=case.step, most_ways=0)
        assert one.answer is two.answer
        assert set(one.routes) == set(two.routes)
        assert unnumbered(one.missing) == unnumbered(two.missing)


def known(data: st.DataObject, case: Case) -> Case:
    while (choice := choices(case)) is not None:
        case = data.draw(st.sampled_from(choice.cases))
    return case


class TestWays:
    """Each way, when added, makes the answer yes; the cheapest come first, and none contains another."""

    @given(cases(files=GIVEN), st.data())
    def test_each_makes_it_yes(self, case: Case, data: st.DataObject) -> None:
        case = known(data, case)
        verdict = examiner(case).may_hold(case.file, on=case.on, step=case.step)
        for way in verdict.ways:
            added = way.added_to(case.file)
            assert examiner(case).answer(added, on=way.on, step=case.step) is Answer.YES
            assert plain_answer(case._replace(file=added, on=way.on)) is Answer.YES
            assert way.on >= case.on
        assert not verdict.ways or verdict.answer in (Answer.NO, Answer.NEEDS_JUDGEMENT)

    @given(cases(files=GIVEN), st.data())
    def test_they_are_ranked_and_none_contains_another(self, case: Case, data: st.DataObject) -> None:
        case = known(data, case)
        ways = examiner(case).may_hold(case.file, on=case.on, step=case.step).ways
        told = [{step.what for step in way.steps} for way in ways]
        assert not any(one <= other for one in told for other in told if one is not other)
        facts = ("degrees", "credits", "experience", "credentials", "learning", "statements")
        costs = []
        for way in ways:
            gained = [step for step in way.steps if any(getattr(step, name) for name in facts)]
            costs.append((sum(s.months is None for s in gained), max((s.months or 0 for s in gained), default=0)))
        assert costs == sorted(costs)

    @given(cases(files=GIVEN), st.data())
    def test_no_step_can_be_left_out(self, case: Case, data: st.DataObject) -> None:
        case = known(data, case)
        if any(spell.ended_on is None for spell in case.file.experience or ()):
            return  # work that lasts would go on until the day of the way
        for way in examiner(case).may_hold(case.file, on=case.on, step=case.step).ways:
            for left_out in way.steps:
                rest = attrs.evolve(way, steps=tuple(step for step in way.steps if step is not left_out))
                without = rest.added_to(case.file)
                if without != way.added_to(case.file):  # a birthday is a step that adds nothing
                    assert examiner(case).answer(without, on=way.on, step=case.step) is not Answer.YES, left_out.what


class TestAnyDay:
    """A legal post and a legal file can be judged on any day of the calendar."""

    @pytest.mark.parametrize("on", [date.min, date(1, 12, 31), date(9998, 12, 31), date.max])
    @given(case=cases())
    def test_the_first_and_the_last_days(self, case: Case, on: date) -> None:
        verdict = examiner(case).may_hold(case.file, on=on, step=case.step)
        assert "\n".join(verdict.lines())

    @given(cases())
    def test_the_whole_tree_can_be_read(self, case: Case) -> None:
        verdict = may_hold(post_of(case.asked, name=case.post), case.file, on=case.on, posts=posts_in(case))
        assert all(line.strip() for line in verdict.lines())
