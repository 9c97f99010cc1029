"""Criteria as data: what can be read, what is refused, and how a verdict words them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings

from casecore.intake import (
    AgeIs,
    CodeIs,
    Criterion,
    DaysSpent,
    EligibilityCriteria,
    Fact,
    FactIs,
    Facts,
    History,
    NumberIs,
    TimesHappened,
    may_be_served,
)
from casecore.standards import Standard
from casecore.terms import NotReadable, Source, Span, Verdict, plain, read
from casecore.testing.strategies import criteria as legal_rules

ON = date(2026, 4, 30)
SOURCE = Source(cite="Invented 1", invented=True)
ADULT: dict[str, Any] = {"age": {"at_least": 18}}
LIST: dict[str, Any] = {"history": "h", "within": {"days": 9}}


def problems_of(needs: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(NotReadable) as refused:
        read({"needs": needs}, EligibilityCriteria)
    return {(problem.path, problem.message) for problem in refused.value.problems}


def judged(needs: dict[str, Any], facts: Facts, *, on: date = ON, **rule: Any) -> Verdict:
    asked = read({"needs": needs, **rule}, EligibilityCriteria)
    return may_be_served(facts, Standard.fixed("e", asked, since=date(2020, 1, 1), source=SOURCE), on=on)


class TestReadable:
    """A rulebook can say it all in plain data."""

    @given(legal_rules.criteria())
    @settings(max_examples=60, deadline=None)
    def test_there_and_back(self, rule: EligibilityCriteria) -> None:
        assert read(plain(rule), EligibilityCriteria) == rule

    def test_the_word_of_the_rule(self) -> None:
        assert EligibilityCriteria.asks == "eligibility"


class TestRefused:
    """What cannot be meant is refused, with the place where it stands."""

    @pytest.mark.parametrize("group", ["all_of", "any_of", "none_of"])
    def test_an_empty_group(self, group: str) -> None:
        assert problems_of({group: []}) == {(f"needs.{group}", "must hold at least one criterion")}

    def test_an_empty_group_of_some(self) -> None:
        assert problems_of({"at_least": 1, "of": []}) == {("needs.of", "must hold at least one criterion")}

    def test_more_than_there_are(self) -> None:
        message = "must be at most 2, the number of parts in of"
        assert problems_of({"all_of": [ADULT, {"at_least": 3, "of": [ADULT, ADULT]}]}) == {
            ("needs.all_of[1].at_least", message)
        }

    def test_none_at_all_is_no_group(self) -> None:
        assert problems_of({"at_least": 0, "of": [ADULT]}) == {("needs.at_least", "must be at least 1")}

    def test_a_number_without_a_group_and_a_group_without_a_number(self) -> None:
        assert ("needs.at_least", "must stand together with of") in problems_of({"at_least": 1, **ADULT})
        assert ("needs.at_least", "must stand together with of") in problems_of({"of": [ADULT]})

    def test_two_things_in_one_node_and_nothing_in_one(self) -> None:
        (both,) = problems_of({"any_of": [ADULT | {"stated": {"fact": "x"}}]})
        (neither,) = problems_of({"any_of": [{"question": "Is it?"}]})
        assert both == neither
        assert both[0] == "needs.any_of[0]"
        assert both[1].startswith("must fill exactly one of all_of, any_of, none_of, of, age")

    def test_an_unknown_operator(self) -> None:
        ((path, message),) = problems_of({"one_of": [ADULT]})
        assert path == "needs.one_of"
        assert message.startswith("is not a field here")
        ((path, _),) = problems_of({"number": {"fact": "gaf", "at_mots": 3, "at_most": 3}})
        assert path == "needs.number.at_mots"

    @pytest.mark.parametrize(
        ("needs", "path"),
        [
            ({"age": {}}, "age"),
            ({"age": {"at_least": 36, "at_most": 35}}, "age.at_least"),
            ({"age": {"at_least": 18.5}}, "age.at_least"),
            ({"number": {"fact": "gaf"}}, "number"),
            ({"number": {"fact": "gaf", "above": 3, "at_most": 3}}, "number"),
            ({"number": {"fact": "gaf", "at_least": 4, "below": 3}}, "number"),
            ({"number": {"fact": "", "at_most": 3}}, "number.fact"),
            ({"number": {"fact": "gaf", "at_most": 3, "known_within": {"business_days": 3}}}, "number.known_within"),
            ({"stated": {"fact": "x", "known_within": {"business_days": 3}}}, "stated.known_within"),
            ({"code": {"fact": "dx"}}, "code"),
            ({"code": {"fact": "dx", "one_of": "295"}}, "code.one_of"),
            ({"times": LIST}, "times"),
            ({"times": LIST | {"at_least": 1, "counted": "ended"}}, "times.counted"),
            ({"times": {"history": "h", "within": {"business_days": 9}, "at_least": 1}}, "times.within"),
            ({"days": LIST | {"counted": "nights"}}, "days"),
            ({"days": LIST | {"counted": "nights", "at_least": -1}}, "days.at_least"),
        ],
    )
    def test_a_question_that_says_nothing_or_too_much(self, needs: dict[str, Any], path: str) -> None:
        assert {place for place, _ in problems_of(needs)} == {f"needs.{path}"}

    @pytest.mark.parametrize(
        ("served", "path"),
        [
            ({"lasting": {"days": 90}}, "needs.served.lasting"),
            ({"lasting": {"months": 0}}, "needs.served.lasting"),
            ({"every_months": 5}, "needs.served.every_months"),
            ({"lasting": {"months": 10}, "every_months": 5}, "needs.served.every_months"),
            ({"every_months": 13}, "needs.served.every_months"),
            ({"stretches": "fiscal"}, "needs.served.stretches"),
            ({"at_least": 0}, "needs.served.at_least"),
        ],
    )
    def test_a_service_that_cannot_be_cut_in_stretches(self, served: dict[str, Any], path: str) -> None:
        whole = {"history": "h", "lasting": {"years": 1}, "every_months": 3, "at_least": 1, "stretches": "calendar"}
        read({"needs": {"served": whole}}, EligibilityCriteria)
        assert {place for place, _ in problems_of({"served": whole | served})} == {path}

    def test_everything_at_once(self) -> None:
        assert {path for path, _ in problems_of({"any_of": [{"age": {}}, {"all_of": []}, {"when": 1}, 7]})} >= {
            "needs.any_of[0].age",
            "needs.any_of[1].all_of",
            "needs.any_of[2].when",
            "needs.any_of[3]",
        }

    def test_one_name_for_two_kinds_of_fact(self) -> None:
        ((path, message),) = problems_of(
            {"all_of": [{"stated": {"fact": "x"}}, {"number": {"fact": "x", "at_most": 1}}]}
        )
        assert (path, message) == ("needs", "must not ask for one name as two kinds of fact")
        ((_, message),) = problems_of({"stated": {"fact": "date-of-birth"}})
        assert message == "must ask for the date of birth with age only"

    def test_too_deep(self) -> None:
        node = Criterion(age=AgeIs(at_least=18))
        for _ in range(24):
            node = Criterion(all_of=(node,))
        EligibilityCriteria(needs=node)
        for _ in range(5000):
            node = Criterion(all_of=(node,))
        with pytest.raises(NotReadable, match="deeper than 25"):
            EligibilityCriteria(needs=node)

    def test_the_deepest_tree_can_be_read(self) -> None:
        node: dict[str, Any] = ADULT
        for _ in range(24):
            node = {"any_of": [node]}
        assert judged(node, Facts(born_on=date(1990, 1, 1))).is_yes


class TestCases:
    """When every possible value of an unknown gives the same answer, that is the answer (choice 31)."""

    YOUNG_OR_NOT: ClassVar[dict[str, Any]] = {
        "any_of": [
            {"all_of": [{"age": {"at_most": 35}}, {"number": {"fact": "gaf", "at_most": 60}}]},
            {"all_of": [{"age": {"at_least": 36}}, {"number": {"fact": "gaf", "at_most": 50}}]},
        ]
    }  # fmt: skip

    @pytest.mark.parametrize(("gaf", "expected"), [(50, "yes"), (51, "not-known"), (60, "not-known"), (61, "no")])
    def test_an_unknown_age_with_two_thresholds(self, gaf: int, expected: str) -> None:
        verdict = judged(self.YOUNG_OR_NOT, Facts(known=(Fact(name="gaf", known_on=ON, number=gaf),)))
        assert verdict.answer.value == expected
        assert verdict.missing == (("date-of-birth",) if expected == "not-known" else ())
        if gaf == 50:
            assert verdict.because == "the answer is the same whatever the unknown date-of-birth may be"

    def test_a_fact_that_cannot_matter_is_not_missing(self) -> None:
        a, b = {"stated": {"fact": "a"}}, {"stated": {"fact": "b"}}
        needs = {"any_of": [{"all_of": [a, b]}, {"all_of": [a, {"none_of": [b]}]}]}
        assert judged(needs, Facts()).missing == ("a",)

    def test_too_many_cases_are_left_open(self) -> None:
        names = [f"fact-{n}" for n in range(9)]
        either = [{"any_of": [{"stated": {"fact": n}}, {"none_of": [{"stated": {"fact": n}}]}]} for n in names]
        assert judged({"all_of": either[:8]}, Facts()).is_yes  # 256 cases
        verdict = judged({"all_of": either}, Facts())
        assert verdict.answer.value == "not-known"
        assert verdict.missing == tuple(names)


class TestFactsRelyOn:
    """Missing, later known, expired, too old, unverified, of another kind: not known, and the reason is given."""

    ASKED: ClassVar[dict[str, Any]] = {"stated": {"fact": "homeless", "known_within": {"months": 6}}}

    @pytest.mark.parametrize(
        ("fact", "because"),
        [
            (None, "not stated"),
            ({"is_so": True, "known_on": date(2026, 5, 1)}, "not stated"),
            ({"is_so": True, "until": ON}, "not to be relied on since 2026-04-30"),
            ({"is_so": True, "is_verified": False}, "stated, but not verified"),
            ({"is_so": True, "known_on": date(2025, 10, 30)}, "known since 2025-10-30, longer ago than 6 months"),
            ({"number": 1}, "stated, but not as a yes or no"),
        ],
    )
    def test_not_known(self, fact: dict[str, Any] | None, because: str) -> None:
        known = () if fact is None else (Fact(**{"name": "homeless", "known_on": date(2026, 4, 1), **fact}),)
        verdict = judged(self.ASKED, Facts(known=known))
        assert verdict.answer.value == "not-known"
        assert (verdict.because, verdict.missing) == (because, ("homeless",))

    def test_just_good_enough(self) -> None:
        known = (Fact(name="homeless", known_on=date(2025, 10, 31), is_so=True, until=date(2026, 5, 1)),)
        assert judged(self.ASKED, Facts(known=known)).is_yes

    def test_a_program_may_take_a_persons_word(self) -> None:
        told = Facts(known=(Fact(name="homeless", known_on=ON, is_so=True, is_verified=False),))
        assert judged(self.ASKED, told).answer.value == "not-known"
        assert judged(self.ASKED, told, counts_unverified=True).is_yes

    @pytest.mark.parametrize(
        ("needs", "because"),
        [
            ({"number": {"fact": "x", "at_most": 1}}, "stated, but not as a number"),
            ({"code": {"fact": "x", "one_of": ["1"]}}, "stated, but not as codes"),
        ],
    )
    def test_of_another_kind(self, needs: dict[str, Any], because: str) -> None:
        assert judged(needs, Facts(known=(Fact(name="x", known_on=ON, is_so=True),))).because == because

    def test_somebody_not_born_yet(self) -> None:
        verdict = judged(ADULT, Facts(born_on=date(2026, 5, 1)))
        assert (verdict.answer.value, verdict.missing) == ("not-known", ("date-of-birth",))

    def test_no_list_and_an_incomplete_one(self) -> None:
        needs = {"times": LIST | {"at_least": 1}}
        assert judged(needs, Facts()).because == "no such list stated"
        listed = judged(needs, Facts(histories=(History(name="h"),)))
        assert listed.because == "0 times from 2026-04-22 to 2026-04-30 known, and the list is not complete"


class TestWording:
    """Without a question of its own, a criterion is worded from its data."""

    @pytest.mark.parametrize(
        ("criterion", "question"),
        [
            (Criterion(age=AgeIs(at_least=18)), "Is the age at least 18?"),
            (Criterion(age=AgeIs(at_least=18, at_most=21)), "Is the age from 18 to 21?"),
            (Criterion(number=NumberIs(fact="gaf", above=0, at_most=40)), "Is gaf above 0 and at most 40?"),
            (Criterion(stated=FactIs(fact="homeless")), "Is there homeless?"),
            (
                Criterion(code=CodeIs(fact="diagnosis", one_of=("F20.0",), starts_with=("295",))),
                "Is diagnosis one of F20.0, 295...?",
            ),
            (
                Criterion(times=TimesHappened(history="missed", at_least=3, within=Span(months=6))),
                "Is the count of missed at least 3 in 6 months?",
            ),
        ],
    )
    def test_in_words(self, criterion: Criterion, question: str) -> None:
        rule = EligibilityCriteria(needs=Criterion(all_of=(criterion,)))
        verdict = may_be_served(Facts(), Standard.fixed("e", rule, since=ON, source=SOURCE), on=ON)
        assert verdict.parts[0].question == question

    def test_the_top_has_a_question_and_the_editions_source(self) -> None:
        verdict = judged(ADULT, Facts())
        assert (verdict.question, verdict.source) == ("May this person be served?", SOURCE)
        own = judged(ADULT | {"question": "Of age?", "cite": "Invented 1(a)"}, Facts())
        assert (own.question, own.source) == ("Of age?", Source(cite="Invented 1(a)", invented=True))

    def test_days_in_words(self) -> None:
        criterion = read({"days": LIST | {"counted": "nights", "at_most": 3}}, Criterion)
        assert isinstance(criterion.days, DaysSpent)
        assert judged(plain(criterion), Facts(), on=ON).question == "May this person be served?"
        assert judged({"any_of": [plain(criterion)]}, Facts()).parts[0].question == "Is h at most 3 nights in 9 days?"
