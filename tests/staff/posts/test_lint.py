from __future__ import annotations

import time
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff.posts import Need, Qualifications, StaffDay, lint_post, read_post
from casecore.staff.posts.implying import Implications
from casecore.staff.posts.lint_floors import lint_floors
from casecore.staff.posts.lint_routes import lint_routes
from casecore.staff.posts.lint_units import lint_units
from casecore.staff.posts.lint_unmet import lint_unmet
from casecore.staff.posts.lint_words import lint_words
from casecore.standards import FlawCode, Severity
from casecore.terms import NotReadable
from casecore.testing.strategies.posts import qualifications
from tests.staff.posts.asked import HEADING, LISTS, SOURCE, edition, post
from tests.staff.posts.test_linking import referring
from tests.staff.posts.test_reading import ICM

ERRORS = {
    FlawCode.UNREADABLE, FlawCode.UNSOURCED, FlawCode.INVENTED_SOURCE, FlawCode.REPEATED_NAME, FlawCode.NO_EDITIONS,
    FlawCode.OUT_OF_ORDER, FlawCode.OVERLAPPING, FlawCode.UNREACHABLE, FlawCode.NEVER_MET, FlawCode.LIST_OUT_OF_PLACE,
    FlawCode.UNKNOWN_POST, FlawCode.CIRCULAR,
}  # fmt: skip
NEEDS = "edition[0].value.needs"
X = '{ stated = { name = "x" } }'


def flaws(text: str, *others: str) -> list[tuple[str, str]]:
    found = lint_post(text, [read_post(other) for other in others])
    assert all(
        (flaw.severity is Severity.ERROR) == (flaw.code in ERRORS) or "elsewhere" in flaw.message for flaw in found
    )
    return [(flaw.code.value, flaw.path) for flaw in found]


def asked(needs: str, *more: str) -> list[tuple[str, str]]:
    """The flaws of a post of these needs, their paths counted from the edition's value."""
    return [(code, path.removeprefix("edition[0].value.")) for code, path in flaws(post(needs, *more))]


def work(at_least: str, *more: str) -> str:
    """A need for experience, as an inline table."""
    return f"{{ experience = {{ {', '.join((f'at_least = {{ {at_least} }}', *more))} }} }}"


def every(*needs: str) -> str:
    return f"{{ all_of = [{', '.join(needs)}] }}"


def either(*needs: str) -> str:
    return f"{{ any_of = [{', '.join(needs)}] }}"


DEGREE = '{{ degree = {{ level = "{}" }} }}'.format
CREDENTIAL = '{{ credential = {{ names = ["permit"], {} }} }}'.format
SUBSTITUTE = 'substitutes = [{{ counts_as = {{ {} }}, needs = {{ stated = {{ name = "x" }} }} }}]'.format


class TestTheFile:
    """What makes a file unreadable is told as the reader tells it, beside all that the reader lets pass."""

    def test_nothing_is_wrong_with_a_sound_file(self) -> None:
        assert flaws(ICM) == []

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("[post", [("unreadable", "")]),
            ("", [("unreadable", "post"), ("unreadable", "edition")]),
            (HEADING + edition(X, source=""), [("unsourced", "edition[0].source")]),
            (HEADING + edition(X, source='source = { cite = "" }'), [("unsourced", "edition[0].source.cite")]),
            (HEADING + edition(X, source='source = { cite = "Notice 1" }'),
             [("source-not-traceable", "edition[0].source")]),
            (HEADING + edition(X, source='source = { cite = "I 1", invented = true }'),
             [("invented-source", "edition[0].source")]),
            (HEADING + "invented = true" + edition(X), [("not-marked-invented", "edition[0].source")]),
            (HEADING + "invented = true" + edition(X, source='source = { cite = "I 1", invented = true }'), []),
            ("edition = []" + HEADING, [("no-editions", "edition")]),
            (HEADING + edition(X, since="2025-01-01") + edition(X), [("out-of-order", "edition[1].since")]),
            (HEADING + edition(X) + edition(X), [("unreachable", "edition[0].since")]),
            (HEADING + edition(X, since="2024-01-01\nuntil = 2024-12-31") + edition(X, since="2025-01-01"),
             [("gap", "edition[1].since")]),
            (HEADING + edition(X, since="2024-01-01\nuntil = 2025-01-01") + edition(X, since="2025-01-01"), []),
            (HEADING + edition(X, since="2024-01-01\nuntil = 2025-01-02") + edition(X, since="2025-01-01"),
             [("overlapping", "edition[1].since")]),
            (HEADING + f"[[edition]]\nsince = 2024-01-01\n{SOURCE}\nrepealed = true\n",
             [("repeals-nothing", "edition[0].repealed")]),
            (post(X, name="Case Manager"), [("name-form", "post.name")]),
        ],
    )  # fmt: skip
    def test_the_files_own_flaws(self, text: str, found: list[tuple[str, str]]) -> None:
        assert flaws(text) == found

    def test_an_unknown_field_hides_no_route_that_cannot_be_met(self) -> None:
        never = every("{ aged = { at_least = 21 } }", "{ aged = { at_most = 20 } }")
        text = HEADING + edition('{ degree = { levle = "bachelor" } }') + edition(never, since="2025-01-01")
        assert {code for code, _ in flaws(text)} == {"unreadable", "never-met"}

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_what_the_reader_refuses_is_an_error_and_nothing_else_is_unreadable(self, data: st.DataObject) -> None:
        cut = data.draw(st.integers(0, len(ICM)))
        text = ICM[:cut] + data.draw(st.sampled_from(("", "x", "[", '"', "= 1\n"))) + ICM[cut:]
        errors = [flaw for flaw in lint_post(text) if flaw.severity is Severity.ERROR]
        try:
            read_post(text)
        except NotReadable:
            assert errors
        else:
            assert FlawCode.UNREADABLE not in {flaw.code for flaw in errors}


class TestOtherPosts:
    """A post may refer to the posts it is checked with."""

    def test_one_that_is_there_one_that_is_not_and_one_that_leads_back(self) -> None:
        this = post('{ post = "junior" }', name="senior")
        assert lint_post(this, [referring("junior")]) == ()
        assert flaws(this) == [("unknown-post", f"{NEEDS}.post")]
        assert flaws(this, post('{ post = "senior" }', name="junior")) == [("circular", f"{NEEDS}.post")]

    def test_a_circle_among_the_others_is_theirs(self) -> None:
        circle = [referring("a", "b"), referring("b", "a")]
        assert lint_post(post('{ post = "a" }', name="senior"), circle) == ()

    def test_another_post_of_that_name(self) -> None:
        assert flaws(post(X), post(X)) == [("repeated-name", "post.name")]


class TestNeverMet:
    """A need that nobody can ever meet is an error; one number further it is none."""

    @pytest.mark.parametrize(
        ("possible", "never", "path"),
        [
            (every('{ aged = { at_least = 21 } }', '{ aged = { at_most = 21 } }'),
             every('{ aged = { at_least = 22 } }', '{ aged = { at_most = 21 } }'), "needs"),
            (every('{ scored = { name = "n", at_least = 70.5 } }', '{ scored = { name = "n", at_most = 70.5 } }'),
             every('{ scored = { name = "n", at_least = 70.5 } }', '{ scored = { name = "n", at_most = 70.4 } }'),
             "needs"),
            (every('{ appointed = { since = 2026-01-01 } }', '{ appointed = { before = 2026-01-02 } }'),
             every('{ appointed = { since = 2026-01-01 } }', '{ appointed = { before = 2026-01-01 } }'), "needs"),
            (every(DEGREE("bachelor"), f"{{ none_of = [{DEGREE('master')}] }}"),
             every(DEGREE("master"), f"{{ none_of = [{DEGREE('master')}] }}"), "needs"),
            (every(DEGREE("bachelor"), f"{{ none_of = [{DEGREE('master')}] }}"),
             every(every(DEGREE("doctorate"), X), f"{{ none_of = [{either(X.replace('x', 'y'), DEGREE('master'))}] }}"),
             "needs"),
            (CREDENTIAL("for_at_least = { months = 11 }, for_at_most = { years = 1 }"),
             CREDENTIAL("for_at_least = { months = 12 }, for_at_most = { years = 1 }"), "needs.credential"),
            (CREDENTIAL("for_at_least = { days = 365 }, for_at_most = { years = 1 }"),
             CREDENTIAL("for_at_least = { days = 366 }, for_at_most = { years = 1 }"), "needs.credential"),
            (work("years = 2", "within = { years = 2 }", "is_continuous = true"),
             work("months = 24.5", "within = { years = 2 }", "is_continuous = true"), "needs.experience"),
            (work("months = 2", "within = { days = 59 }"),
             work("months = 2", "within = { days = 58 }"), "needs.experience"),
            (work("days = 366", "within = { years = 1 }"),
             work("days = 367", "within = { years = 1 }"), "needs.experience"),
            (work("years = 3", "within = { years = 2 }", SUBSTITUTE("years = 1")),
             work("years = 3", "within = { years = 2 }", SUBSTITUTE("months = 11")), "needs.experience"),
            (f'{{ none_of = [{work("days = 1")}] }}', f'{{ none_of = [{work("days = 0")}] }}', "needs"),
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, possible: str, never: str, path: str) -> None:
        assert asked(possible) == []
        assert ("never-met", path) in asked(never)

    def test_hours_that_full_time_does_not_leave_room_for(self) -> None:
        counting = "counting = { full_time_hours = 35 }"
        assert asked(work("hours = 1825", "within = { days = 365 }"), counting) == []
        assert asked(work("hours = 1826", "within = { days = 365 }"), counting) == [("never-met", "needs.experience")]

    def test_hours_round_the_clock_where_full_time_is_not_said(self) -> None:
        assert ("never-met", "needs.experience") not in asked(work("hours = 720", "within = { days = 30 }"))
        assert ("never-met", "needs.experience") in asked(work("hours = 721", "within = { days = 30 }"))

    def test_a_window_whose_last_day_does_not_count(self) -> None:
        counting = "counting = { day_asked_counts = false }"
        assert asked(work("months = 11", "within = { years = 1 }"), counting) == []
        assert asked(work("months = 12", "within = { years = 1 }"), counting) == [("never-met", "needs.experience")]
        assert asked(work("days = 29", "within = { days = 30 }"), counting) == []
        assert asked(work("days = 30", "within = { days = 30 }"), counting) == [("never-met", "needs.experience")]

    def test_a_year_of_the_posts_own_length(self) -> None:
        days = 'counting = { year = "days", days_in_a_year = 360 }'
        assert asked(work("years = 1", "within = { days = 360 }"), days) == []
        assert asked(work("years = 1", "within = { days = 359 }"), days) == [("never-met", "needs.experience")]
        hours = 'counting = { year = "hours", hours_in_a_year = 1820, full_time_hours = 35 }'
        assert asked(work("years = 1", "within = { days = 364 }"), hours) == []
        assert asked(work("years = 1", "within = { days = 363 }"), hours) == [("never-met", "needs.experience")]

    def test_work_before_and_after_one_day(self) -> None:
        held = "{ degree = { level = 'master' } }"
        assert asked(work("years = 1", f"work = {{ after = {held} }}")) == []
        assert asked(work("years = 1", f"work = {{ after = {held}, before = {held} }}")) == [
            ("never-met", "needs.experience.work")
        ]

    def test_two_days_or_two_steps_are_no_contradiction(self) -> None:
        old, young = "{ aged = { at_least = 22 }, %s }", "{ aged = { at_most = 21 }, %s }"
        steps = 'steps = ["application", "appointment"]'
        assert asked(every(old % 'measured_at = "asked"', young % 'measured_at = "application"')) == []
        apart = every(old % 'asked_at = ["appointment"]', young % 'asked_at = ["application"]')
        assert asked(apart, steps) == []
        outer = "{ all_of = [{ aged = { at_least = 22 } }], measured_at = 'examination' }"
        assert asked(every(outer, "{ aged = { at_most = 21 } }")) == []
        together = every(old % 'asked_at = ["appointment"]', "{ aged = { at_most = 21 } }")
        assert ("never-met", "needs") in asked(together, steps)

    def test_what_may_follow_may_come_about_on_another_day(self) -> None:
        later = "{ aged = { at_least = 22 }, may_follow = { within = { years = 1 } } }"
        assert asked(every(later, "{ aged = { at_most = 21 } }")) == []

    @pytest.mark.parametrize(
        ("governed_by", "window", "met"),
        [
            ("appointment", "before = 2024-01-02", True),
            ("appointment", "before = 2024-01-01", False),
            ("application", "before = 2024-01-01", False),
            ("asked", "before = 2024-01-01", True),
            ("appointment", "since = 2025-12-31", True),
            ("appointment", "since = 2026-01-01", False),
            ("application", "since = 2026-01-01", True),
        ],
    )
    def test_a_window_of_appointment_and_the_days_of_the_edition(
        self, governed_by: str, window: str, met: bool
    ) -> None:
        text = HEADING + f'governed_by = "{governed_by}"' + edition(either(f"{{ appointed = {{ {window} }} }}", X))
        text += edition(X, since="2026-01-01")
        assert flaws(text) == ([] if met else [("never-met", f"{NEEDS}.any_of[0]")])

    @pytest.mark.parametrize(
        "need",
        [
            work("years = 0"),
            '{ credits = { at_least = 0, unit = "semester" } }',
            "{ learning = { hours = 0 } }",
            "{ aged = { at_least = 0 } }",
        ],
    )
    def test_what_everybody_meets(self, need: str) -> None:
        assert asked(need) == [("asks-nothing", "needs")]
        assert asked(need.replace("= 0", "= 1")) == []


class TestHiddenRoutes:
    """A route that asks for all that an easier one asks for is of no use to anybody."""

    @pytest.mark.parametrize(
        ("easier", "harder"),
        [
            (DEGREE("bachelor"), DEGREE("master")),
            (work("years = 1"), work("months = 12.5")),
            (work("years = 1"), work("years = 1", 'work = { kinds = ["a"] }')),
            (work("years = 1", 'work = { kinds = ["a", "b"] }'),
             work("years = 1", 'work = { kinds = ["a"], is_paid = true }')),
            (work("years = 1", 'work = { group = "g", served_at_least = 0.7 }'),
             work("years = 1", 'work = { group = "g", served_at_least = 0.75, not_titles = ["trainee"] }')),
            (work("years = 3", SUBSTITUTE("years = 1")), work("years = 3")),
            (work("years = 3", "in_proportion = false"), work("years = 3")),
            ('{ credits = { at_least = 9, unit = "semester", subjects = ["a", "b"] } }',
             '{ credits = { at_least = 9, unit = "semester", subjects = ["a", "b"], in_one_subject = true } }'),
            (work("years = 2", SUBSTITUTE("years = 1")), work("years = 3", SUBSTITUTE("years = 1"))),
            (work("years = 2", "is_preceding = true", "gap_days = 2"),
             work("years = 2", "is_preceding = true", "gap_days = 1")),
            ('{ credits = { at_least = 30, unit = "semester" } }', '{ credits = { at_least = 46, unit = "quarter" } }'),
            ('{ credits = { at_least = 30, unit = "ects" } }',
             '{ credits = { at_least = 30, unit = "ects", subjects = ["a"] } }'),
            (X, every(X, DEGREE("bachelor"))),
            (either(X, DEGREE("master")), every(DEGREE("doctorate"), work("years = 1"))),
            (f'{{ at_least = 1, of = [{X}, {DEGREE("master")}] }}',
             f'{{ at_least = 2, of = [{X}, {DEGREE("master")}] }}'),
            (f'{{ at_least = 1, of = [{X}, {DEGREE("master")}] }}', DEGREE("doctorate")),
            ('{ none_of = [{ stated = { name = "y" } }] }', f'{{ none_of = [{X}, {{ stated = {{ name = "y" }} }}] }}'),
            ('{ scored = { name = "n", at_least = 70 } }', '{ scored = { name = "n", at_least = 70, at_most = 90 } }'),
            ('{ aged = { at_least = 18 } }', '{ aged = { at_least = 21 } }'),
            ('{ learning = { hours = 10, subjects = ["a", "b"] } }', '{ learning = { hours = 12, subjects = ["a"] } }'),
            (CREDENTIAL("for_at_least = { years = 1 }"), CREDENTIAL("for_at_least = { years = 2 }, issuers = ['NY']")),
            (CREDENTIAL("for_at_most = { years = 2 }"), CREDENTIAL("for_at_most = { months = 12 }")),
            ('{ appointed = { before = 2026-01-01 } }', '{ appointed = { since = 2020-01-01, before = 2025-01-01 } }'),
            ('{ judged = { clause = "c" } }', every('{ judged = { clause = "c", by = "director" } }', X)),
            ('{ stated = { name = "y" }, may_follow = {} }', '{ stated = { name = "y" } }'),
        ],
    )  # fmt: skip
    def test_the_harder_one_is_hidden_wherever_it_stands(self, easier: str, harder: str) -> None:
        units = "counting = { ects_in_a_semester_credit = 2 }"
        found = [each for each in asked(either(easier, harder), units) if each[0] == "hidden-route"]
        assert found == [("hidden-route", "needs.any_of[1]")]
        found = [each for each in asked(either(harder, easier), units) if each[0] == "hidden-route"]
        assert found == [("hidden-route", "needs.any_of[0]")]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (every(DEGREE("bachelor"), work("years = 3")), every(DEGREE("master"), work("years = 1"))),
            ('{ degree = { level = "bachelor", or_higher = false } }', DEGREE("master")),
            ('{ degree = { level = "bachelor", fields = ["a"] } }',
             '{ degree = { level = "master", fields = ["b"] } }'),
            ('{ degree = { level = "bachelor", including = ["p"] } }',
             '{ degree = { level = "associate", papers = ["t"] } }'),
            (work("years = 1", "within = { years = 3 }"), work("years = 2", "within = { years = 4 }")),
            (work("days = 360"), work("years = 1")),
            (work("years = 1", "is_continuous = true"), work("years = 2")),
            (work("years = 1", 'floor = { months = 6 }', SUBSTITUTE("years = 1")),
             work("years = 2", SUBSTITUTE("years = 2"))),
            ('{ credits = { at_least = 30, unit = "semester" } }', '{ credits = { at_least = 90, unit = "ects" } }'),
            (work("years = 2", "floor = { years = 2 }"), work("years = 3", "other = [{ work = { kinds = ['a'] } }]")),
            (CREDENTIAL('held = "throughout"'), CREDENTIAL('held = "on-the-day", for_at_least = { years = 1 }')),
            ('{ stated = { name = "y" } }', '{ stated = { name = "y" }, measured_on = 2024-03-02 }'),
            ('{ judged = { clause = "c" } }', '{ judged = { clause = "d" } }'),
        ],
    )  # fmt: skip
    def test_routes_that_cannot_be_compared_are_left_alone(self, one: str, other: str) -> None:
        found = asked(either(one, other), "counting = { ects_in_a_semester_credit = 2 }")
        assert [each for each in found if each[0] == "hidden-route"] == []

    @pytest.mark.parametrize(("quarter", "hidden"), [(44, 0), (45, 1), (46, 1)])
    def test_two_semester_credits_are_three_quarter_credits(self, quarter: int, hidden: int) -> None:
        semester = '{ credits = { at_least = 30, unit = "semester" } }'
        found = asked(either(semester, f'{{ credits = {{ at_least = {quarter}, unit = "quarter" }} }}'))
        assert found == [("hidden-route", f"needs.any_of[{hidden}]")]

    def test_of_two_alike_the_later_one_is_hidden(self) -> None:
        assert asked(either(X, X, X)) == [("hidden-route", "needs.any_of[1]"), ("hidden-route", "needs.any_of[2]")]

    def test_the_words_of_a_list_are_compared_not_its_name(self) -> None:
        routes = either(
            work("years = 1", 'work = { kinds = ["@mental-hygiene"] }'),
            work("years = 1", 'work = { kinds = ["mental-health"] }'),
        )
        assert asked(routes, LISTS) == [("hidden-route", "needs.any_of[1]")]

    def test_a_post_of_more_routes_than_can_be_compared_is_read_quickly(self) -> None:
        began = time.perf_counter()
        assert asked(either(*[X] * 5_000)) == []
        assert time.perf_counter() - began < 5

    @given(qualifications())
    @settings(max_examples=25, deadline=None)
    def test_whatever_is_asked_twice_is_found(self, drawn: Qualifications) -> None:
        plainly = attrs.evolve(drawn.needs, may_follow=None, asked_at=(), measured_at=None)
        both = Need(all_of=(plainly, Need(post="other")))
        if not any(_says_when(need) for need in plainly.everything()):
            assert Implications().implies(plainly, plainly)
            assert Implications().implies(both, plainly)


def _says_when(need: Need) -> bool:
    return bool(need.asked_at) or need.measured_at is not None or need.may_follow is not None


class TestFloors:
    """A floor that binds nowhere, or above every route, is not what the announcement meant."""

    def test_a_floor_repeated_on_each_route_may_be_idle_on_some(self) -> None:
        year = "floor = { years = 1 }"
        binding = work("years = 1", year, SUBSTITUTE("months = 6").replace("months = 6", "years = 1"))
        idle = work("years = 3", year, SUBSTITUTE("years = 1"))
        assert [
            code for code, _ in asked(either(every(DEGREE("master"), binding), every(DEGREE("bachelor"), idle)))
        ] == ["useless-substitute"]
        assert asked(idle) == [("useless-floor", "needs.experience.floor")]

    def test_a_floor_on_the_edge(self) -> None:
        assert asked(work("years = 3", "floor = { years = 2 }", SUBSTITUTE("months = 13"))) == []
        assert asked(work("years = 3", "floor = { years = 2 }", SUBSTITUTE("months = 12"))) == [
            ("useless-floor", "needs.experience.floor")
        ]
        assert asked(work("years = 3", "floor = { years = 2 }")) == [("useless-floor", "needs.experience.floor")]

    def test_a_floor_beside_the_routes(self) -> None:
        routes = either(every(DEGREE("bachelor"), work("years = 3")), every(DEGREE("master"), work("years = 2")))
        assert asked(every(routes, work("years = 2.5"))) == []
        assert asked(every(routes, work("years = 3"))) == []
        assert asked(every(routes, work("months = 37"))) == [("floor-too-high", "needs.all_of[1]")]
        assert asked(every(routes, work("years = 2"))) == [("useless-floor", "needs.all_of[1]")]
        assert asked(every(routes, work("years = 5", 'work = { kinds = ["a"] }'))) == []

    @pytest.mark.parametrize(
        ("need", "path"),
        [
            (work("years = 1", "floor = { years = 1 }", SUBSTITUTE("months = 1")), "substitutes[0]"),
            (work("years = 3", SUBSTITUTE("years = 0")), "substitutes[0]"),
            (work("years = 3", "substituted_at_most = { years = 0 }", SUBSTITUTE("years = 1")), "substitutes[0]"),
            (work("years = 3", "substituted_at_most = { years = 1 }", SUBSTITUTE("months = 13")),
             "substitutes[0].counts_as"),
            (work("years = 3", "substituted_at_most = { years = 1 }"), "substituted_at_most"),
        ],
    )  # fmt: skip
    def test_substitutes_that_come_to_nothing(self, need: str, path: str) -> None:
        assert ("useless-substitute", f"needs.experience.{path}") in asked(need)

    def test_a_substitute_up_to_its_limit(self) -> None:
        assert asked(work("years = 3", "substituted_at_most = { years = 1 }", SUBSTITUTE("years = 1"))) == []


class TestUnits:
    """What is asked in a unit must be reachable from what files tell."""

    def test_hours_and_full_time(self) -> None:
        week = "counting = { full_time_hours = 40 }"
        assert asked(work("hours = 900")) == [("no-conversion", "needs.experience.at_least")]
        assert asked(work("years = 1", "work = { full_time = true }")) == [
            ("no-conversion", "needs.experience.work.full_time")
        ]
        assert asked(work("hours = 900", "work = { full_time = true }"), week) == []

    def test_a_year_of_hours(self) -> None:
        counting = 'counting = { year = "hours", hours_in_a_year = 1820 }'
        assert asked(work("years = 1"), counting) == [("no-conversion", "counting")]
        assert asked(work("years = 1"), counting.replace("}", ", full_time_hours = 35 }")) == []

    def test_a_year_of_hours_without_their_number_is_refused(self) -> None:
        assert asked(work("years = 1"), 'counting = { year = "hours" }') == [
            ("unreadable", "counting.hours_in_a_year")
        ]  # fmt: skip

    def test_ects(self) -> None:
        need = '{ credits = { at_least = 30, unit = "ects" } }'
        assert asked(need) == [("no-conversion", "needs.credits.unit")]
        assert asked(need, "counting = { ects_in_a_semester_credit = 2 }") == []


class TestWords:
    """Lists, steps and names are there to be used, each once."""

    def test_a_list_nobody_names(self) -> None:
        assert asked(X, LISTS) == [("unused-list", "lists[0]")]

    @pytest.mark.parametrize(
        ("need", "path"),
        [
            ('{ stated = { name = "@mental-hygiene" } }', "needs.stated.name"),
            ('{ judged = { clause = "@mental-hygiene" } }', "needs.judged.clause"),
            (work("years = 1", 'work = { group = "@mental-hygiene", served_at_least = 0.5 }'),
             "needs.experience.work.group"),
        ],
    )  # fmt: skip
    def test_a_list_where_none_can_stand(self, need: str, path: str) -> None:
        found = asked(need, LISTS)
        assert ("list-out-of-place", path) in found

    def test_steps(self) -> None:
        steps = 'steps = ["application", "appointment"]'
        assert asked(X, steps) == [("unused-step", "steps[0]"), ("unused-step", "steps[1]")]
        at = '{ stated = { name = "y" }, asked_at = ["appointment"] }'
        assert asked(every(X, at), steps) == []
        assert asked(at, steps) == [("unused-step", "steps[0]")]
        assert asked(every(at, every(X)), steps) == []
        assert ("repeated-name", "steps[1]") in asked(at, 'steps = ["appointment", "appointment"]')

    def test_names(self) -> None:
        a, b = '{ name = "A", stated = { name = "y" } }', '{ name = "A", stated = { name = "z" } }'
        assert asked(either(a, b)) == [("repeated-name", "needs.any_of[1].name")]
        assert asked(either(a, b.replace("A", "B"))) == []
        assert asked(either(a, every(b, X))) == [("repeated-name", "needs.any_of[1].all_of[0].name")]
        pattern = '{ name = "I", experience = { at_least = { years = 1 } } }'
        assert asked(f"{{ adds_up = [{pattern}, {pattern}] }}") == [("repeated-name", "needs.adds_up[1].name")]


class TestEveryFlaw:
    """The linter takes whatever can be read."""

    @given(qualifications())
    @settings(max_examples=25, deadline=None)
    def test_it_finds_no_fault_with_itself(self, drawn: Qualifications) -> None:
        for lint in (lint_floors, lint_routes, lint_units, lint_words):
            assert all(flaw.path.startswith("edition[0].value") for flaw in lint(drawn, "edition[0].value", None))
        found = lint_unmet(drawn, "v", "n", governed_by=StaffDay.ASKED, in_force=(date(2024, 1, 1), None))
        assert all(flaw.path.startswith("v.") for flaw in found)
