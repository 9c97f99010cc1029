from __future__ import annotations

import re
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casecore.staff import Examiner, StaffFile, may_hold
from casecore.staff.posts import Need, Qualifications, StaffDay, read_post, what_can_take_away
from casecore.terms import Answer, NotReadable
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
        self, asked: Qualifications, file: StaffFile, more: dict[str, list[object]], on: date, days: int
    ) -> None:
        assume(what_can_take_away(asked) == ())
        asking = Examiner(post_of(asked))
        assume(asking.answer(file, on=on) is Answer.YES)
        try:
            grown = attrs.evolve(file, **{name: (*(getattr(file, name) or ()), *added) for name, added in more.items()})
        except NotReadable:
            assume(False)
        assert asking.answer(grown, on=on + timedelta(days=days)) is Answer.YES

    def test_what_can_take_away_is_named_by_its_path(self) -> None:
        text = """
            [post]
            name = "p"
            title = "P"
            [[edition]]
            since = 2024-01-01
            source = { cite = "c", invented = true }
            [edition.value.needs]
            all_of = [
              { none_of = [{ degree = { level = "bachelor" } }] },
              { experience = { at_least = { months = 1 }, within = { years = 1 },
                work = { before = { degree = { level = "master" } } } } },
              { experience = { at_least = { months = 1 }, is_preceding = true } },
              { experience = { at_least = { months = 1 }, other = [
                { work = {} }, { work = { kinds = ["a"] } },
              ] } },
              { experience = { at_least = { months = 1 }, other = [{ work = {} }], is_continuous = false } },
              { credential = { names = ["a"], for_at_most = { years = 1 } } },
              { learning = { hours = 1, within = { years = 1 } } },
              { learning = { hours = 1 } },
              { stated = { name = "a" } },
              { scored = { name = "b", at_least = 1 } },
              { judged = { clause = "c" } },
              { aged = { at_most = 35 } },
              { aged = { at_least = 18 } },
              { appointed = { before = 2030-01-01 } },
              { appointed = { since = 2020-01-01 } },
              { degree = { level = "bachelor" }, may_follow = { within = { years = 1 } } },
              { degree = { level = "bachelor" }, may_follow = {} },
            ]
        """
        post = read_post(text.replace("invented = true", 'url = "https://example.org/1", read_on = 2026-11-01'))
        assert what_can_take_away(post.edition_on(date(2025, 1, 1)).rule) == (
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
        )


def turned(need: Need) -> Need:
    """The same needs from right to left."""
    groups = {
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
        back = {name: tuple(reversed(parts)) for name in lists if (parts := getattr(case.file, name)) is not None}
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
        assume(all(spell.ended_on is not None for spell in case.file.experience or ()))
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
