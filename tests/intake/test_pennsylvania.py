"""
55 Pa. Code 5221.12, worked by hand for applicants of every sort.

The day asked about is 30 April 2026 unless a test says otherwise; so two years back is from 1 May 2024, and six months
back is from 31 October 2025.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from casecore.intake import EligibilityCriteria, Fact, Facts, Happening, History, may_be_served
from casecore.standards import Standard
from casecore.terms import Answer, Source, StandardNotInForce, Verdict, read

TOML = Path(__file__).with_name("pennsylvania_5221_12.toml")
RULE = read(tomllib.loads(TOML.read_text()), EligibilityCriteria)
STANDARD = Standard.fixed("intake/eligibility", RULE, since=date(2000, 1, 1), source=Source(cite="55 Pa. Code 5221.12"))
ON = date(2026, 4, 30)
LONG_AGO = date(2000, 1, 1)
LISTS = ("state-hospital", "community-inpatient", "emergency-encounters", "community-services", "missed-appointments")
FACTS: dict[str, dict[str, Any]] = {
    "diagnosis": {"codes": ("300.4",)},
    "gaf": {"number": 65},
    "medication-not-maintained": {"is_so": False},
    "involuntary-outpatient-commitment": {"is_so": False},
    "history-of-aggression": {"is_so": False},
    "served-as-a-child-and-approved": {"is_so": False},
}
ILL = {"codes": ("295.30",)}
UNKNOWN: Any = None


def applicant(*, born_on: date | None = date(1980, 1, 1), complete_from: date | None = LONG_AGO, **known: Any) -> Facts:
    """Somebody of whom everything is known and nothing speaks for eligibility, but for what is given here."""
    given = {name.replace("_", "-"): what for name, what in known.items()}
    assert given.keys() <= {*LISTS, *FACTS}
    return Facts(
        born_on=born_on,
        known=tuple(
            Fact(name=name, known_on=date(2026, 4, 1), **answer)
            for name, usual in FACTS.items()
            if (answer := given.get(name, usual)) is not UNKNOWN
        ),
        histories=tuple(
            History(name=name, happenings=tuple(listed), complete_from=LONG_AGO)
            for name in LISTS
            if (listed := given.get(name, ())) is not UNKNOWN
        ),
    )


def stay(began_on: date, ended_on: date | None = None) -> Happening:
    return Happening(began_on=began_on, ended_on=ended_on)


def complete_only_from(day: date, name: str, facts: Facts) -> Facts:
    """The same facts, the list of that name known to be complete only from *day*."""
    histories = tuple(attrs.evolve(each, complete_from=day) if each.name == name else each for each in facts.histories)
    return attrs.evolve(facts, histories=histories)


def judged(on: date = ON, **known: Any) -> Verdict:
    return may_be_served(applicant(**known), STANDARD, on=on)


def answer(on: date = ON, **known: Any) -> str:
    return judged(on, **known).answer.value


class TestTwoOfThree:
    """A person has a serious and persistent mental illness when two of three criteria are met."""

    def test_none_is_not_enough(self) -> None:
        verdict = judged()
        assert verdict.is_no
        assert verdict.missing == ()

    def test_one_is_not_enough(self) -> None:
        assert answer(diagnosis=ILL) == "no"
        assert answer(gaf={"number": 40}) == "no"
        assert answer(medication_not_maintained={"is_so": True}) == "no"

    @pytest.mark.parametrize(
        "known",
        [
            {"diagnosis": ILL, "gaf": {"number": 40}},
            {"diagnosis": ILL, "medication_not_maintained": {"is_so": True}},
            {"gaf": {"number": 40}, "involuntary_outpatient_commitment": {"is_so": True}},
        ],
    )
    def test_any_two_are_enough(self, known: dict[str, Any]) -> None:
        assert answer(**known) == "yes"

    def test_two_are_enough_whatever_the_third_may_be(self) -> None:
        unknown = dict.fromkeys((name.replace("-", "_") for name in LISTS), UNKNOWN)
        verdict = judged(diagnosis=ILL, gaf={"number": 40}, medication_not_maintained=UNKNOWN, **unknown)
        assert verdict.is_yes
        assert verdict.missing == ()

    def test_one_and_an_unknown_is_not_known(self) -> None:
        verdict = judged(diagnosis=ILL, state_hospital=UNKNOWN, medication_not_maintained=UNKNOWN)
        assert verdict.answer is Answer.NOT_KNOWN
        assert verdict.missing == ("state-hospital", "medication-not-maintained")

    def test_two_that_fail_leave_only_the_approval_open(self) -> None:
        known = {"state_hospital": UNKNOWN, "served_as_a_child_and_approved": UNKNOWN}
        assert judged(**known).missing == ("served-as-a-child-and-approved",)
        assert answer(**known | {"served_as_a_child_and_approved": {"is_so": False}}) == "no"
        assert answer(**known | {"served_as_a_child_and_approved": {"is_so": True}}) == "yes"


class TestAdults:
    """Adults, 18 years of age or older."""

    ILL_ENOUGH: ClassVar[dict[str, Any]] = {"diagnosis": ILL, "gaf": {"number": 30}}

    def test_the_eighteenth_birthday_is_inside(self) -> None:
        assert answer(born_on=date(2008, 4, 30), **self.ILL_ENOUGH) == "yes"
        assert answer(born_on=date(2008, 5, 1), **self.ILL_ENOUGH) == "no"

    def test_a_child_is_barred_whatever_is_unknown(self) -> None:
        verdict = judged(born_on=date(2012, 1, 1), diagnosis=UNKNOWN, gaf=UNKNOWN)
        assert verdict.is_no
        assert verdict.missing == ()

    def test_without_a_date_of_birth_it_is_all_that_is_missing(self) -> None:
        verdict = judged(born_on=None, **self.ILL_ENOUGH)
        assert verdict.answer is Answer.NOT_KNOWN
        assert verdict.missing == ("date-of-birth",)

    def test_the_date_of_birth_is_not_asked_for_where_all_else_fails(self) -> None:
        assert answer(born_on=None) == "no"


class TestDiagnosis:
    """Schizophrenia or chronic major mood disorder (codes 295 and 296)."""

    def test_any_code_below_295_or_296(self) -> None:
        assert answer(gaf={"number": 40}, diagnosis={"codes": ("300.4", "296.3")}) == "yes"
        assert answer(gaf={"number": 40}, diagnosis={"codes": ("300.295",)}) == "no"

    def test_no_diagnosis_at_all_is_an_answer(self) -> None:
        assert answer(gaf={"number": 40}, diagnosis={"codes": ()}) == "no"

    def test_a_diagnosis_only_told_is_not_known(self) -> None:
        verdict = judged(gaf={"number": 40}, diagnosis={**ILL, "is_verified": False})
        assert verdict.missing == ("diagnosis",)

    def test_an_expired_diagnosis_is_not_known(self) -> None:
        told = {**ILL, "until": date(2026, 5, 1)}
        assert answer(gaf={"number": 40}, diagnosis=told) == "yes"
        assert judged(date(2026, 5, 1), gaf={"number": 40}, diagnosis=told).missing == ("diagnosis",)


class TestStateHospital:
    """Admission to State mental hospitals totaling 60 days within the past 2 years."""

    def test_60_nights_are_enough_and_59_are_not(self) -> None:
        began = date(2025, 1, 1)
        assert answer(diagnosis=ILL, state_hospital=[stay(began, date(2025, 3, 2))]) == "yes"
        assert answer(diagnosis=ILL, state_hospital=[stay(began, date(2025, 3, 1))]) == "no"

    def test_only_the_part_inside_the_window_counts(self) -> None:
        cut = [stay(date(2024, 4, 1), date(2024, 6, 30))]  # 90 nights; 60 of them from 1 May on
        assert answer(diagnosis=ILL, state_hospital=cut) == "yes"
        assert answer(date(2026, 5, 1), diagnosis=ILL, state_hospital=cut) == "no"

    def test_several_stays_add_up(self) -> None:
        one, other = stay(date(2025, 1, 1), date(2025, 1, 31)), stay(date(2025, 6, 1), date(2025, 7, 1))
        assert answer(diagnosis=ILL, state_hospital=[one, other]) == "yes"
        assert answer(diagnosis=ILL, state_hospital=[other, attrs.evolve(one, began_on=date(2025, 1, 2))]) == "no"

    def test_the_same_stay_told_twice_counts_once(self) -> None:
        told = stay(date(2025, 1, 1), date(2025, 2, 15))
        assert answer(diagnosis=ILL, state_hospital=[told, told]) == "no"

    def test_a_stay_that_lasts_counts_up_to_the_day_asked(self) -> None:
        lasting = [stay(date(2026, 3, 1))]  # 31 nights of March and 29 of April
        assert answer(diagnosis=ILL, state_hospital=lasting) == "yes"
        assert answer(date(2026, 4, 29), diagnosis=ILL, state_hospital=lasting) == "no"

    def test_a_gap_too_short_to_hold_60_days_leaves_it_a_no(self) -> None:
        # an unlisted stay may have ended on 29 or 30 June at the latest: 59 nights from 1 May on, or 60
        for complete_from, expected in ((date(2024, 6, 30), "no"), (date(2024, 7, 1), "not-known")):
            known = complete_only_from(complete_from, "state-hospital", applicant(diagnosis=ILL))
            verdict = may_be_served(known, STANDARD, on=ON)
            assert verdict.answer.value == expected
            assert verdict.missing == (() if expected == "no" else ("state-hospital",))


class TestCommunityInpatient:
    """Two admissions to community inpatient psychiatric units totaling 20 or more days within the past 2 years."""

    FIRST = stay(date(2025, 2, 1), date(2025, 2, 11))

    def test_two_of_ten_nights_each(self) -> None:
        second = stay(date(2025, 6, 1), date(2025, 6, 11))
        assert answer(diagnosis=ILL, community_inpatient=[self.FIRST, second]) == "yes"
        assert answer(diagnosis=ILL, community_inpatient=[second, stay(date(2025, 2, 1), date(2025, 2, 10))]) == "no"

    def test_one_long_admission_is_not_two(self) -> None:
        assert answer(diagnosis=ILL, community_inpatient=[stay(date(2025, 2, 1), date(2025, 4, 1))]) == "no"

    def test_an_admission_belongs_to_the_day_of_admission(self) -> None:
        assert (
            answer(diagnosis=ILL, community_inpatient=[self.FIRST, stay(date(2024, 5, 1), date(2024, 5, 21))]) == "yes"
        )
        before = [self.FIRST, stay(date(2024, 4, 30), date(2024, 5, 21))]  # 10 and 20 nights, but begun the day before
        assert answer(diagnosis=ILL, community_inpatient=before) == "no"


class TestEmergencies:
    """Five or more face-to-face encounters with emergency services within the past 2 years."""

    def test_five_are_enough_and_four_are_not(self) -> None:
        five = [stay(date(2025, month, 1)) for month in range(1, 6)]
        assert answer(diagnosis=ILL, emergency_encounters=five) == "yes"
        assert answer(diagnosis=ILL, emergency_encounters=five[:4]) == "no"

    def test_the_first_day_of_the_window(self) -> None:
        four = [stay(date(2025, month, 1)) for month in range(1, 5)]
        assert answer(diagnosis=ILL, emergency_encounters=[*four, stay(date(2024, 5, 1))]) == "yes"
        assert answer(diagnosis=ILL, emergency_encounters=[*four, stay(date(2024, 4, 30))]) == "no"


class TestContinuousService:
    """Three or more years of continuous attendance, at least one unit of service per quarter."""

    # one unit in each of the twelve whole quarters before 30 April 2026
    UNITS = [stay(date(year, month, 15)) for year in (2023, 2024, 2025) for month in (4, 7, 10)] + [
        stay(date(year, 2, 15)) for year in (2024, 2025, 2026)
    ]

    def test_twelve_quarters(self) -> None:
        assert answer(diagnosis=ILL, community_services=self.UNITS) == "yes"

    def test_one_empty_quarter_breaks_it(self) -> None:
        for left_out in range(12):
            units = self.UNITS[:left_out] + self.UNITS[left_out + 1 :]
            assert answer(diagnosis=ILL, community_services=units) == "no"

    def test_the_last_day_of_a_quarter_completes_it(self) -> None:
        second_quarter = stay(date(2026, 6, 30))
        assert answer(date(2026, 6, 29), diagnosis=ILL, community_services=self.UNITS) == "yes"
        assert answer(date(2026, 6, 30), diagnosis=ILL, community_services=self.UNITS) == "no"
        assert answer(date(2026, 6, 30), diagnosis=ILL, community_services=[*self.UNITS, second_quarter]) == "yes"

    def test_an_empty_quarter_in_an_incomplete_list_is_not_known(self) -> None:
        known = applicant(diagnosis=ILL, community_services=self.UNITS[1:])
        known = complete_only_from(date(2023, 5, 1), "community-services", known)
        verdict = may_be_served(known, STANDARD, on=ON)
        assert verdict.missing == ("community-services",)


class TestSporadicCourse:
    """At least three missed appointments within the past 6 months, medication not kept up, or commitment."""

    def test_three_from_the_first_day_of_the_window(self) -> None:
        two = [stay(date(2026, 1, 5)), stay(date(2026, 4, 30))]
        assert answer(diagnosis=ILL, missed_appointments=[*two, stay(date(2025, 10, 31))]) == "yes"
        assert answer(diagnosis=ILL, missed_appointments=[*two, stay(date(2025, 10, 30))]) == "no"

    def test_what_is_still_to_come_does_not_count(self) -> None:
        missed = [stay(date(2026, 1, 5)), stay(date(2026, 2, 5)), stay(date(2026, 5, 1))]
        assert answer(diagnosis=ILL, missed_appointments=missed) == "no"

    def test_too_few_are_seen_on_a_list_that_may_be_longer(self) -> None:
        two = [stay(date(2026, 1, 5)), stay(date(2026, 2, 5))]
        listed = applicant(diagnosis=ILL, missed_appointments=two)
        for complete_from, expected in ((date(2025, 10, 31), "no"), (date(2025, 11, 1), "not-known")):
            known = complete_only_from(complete_from, "missed-appointments", listed)
            verdict = may_be_served(known, STANDARD, on=ON)
            assert verdict.answer.value == expected


class TestFunctioning:
    """GAF 40 and below, or 60 and below if the person is 35 or younger or has a history of aggression."""

    def test_40_is_enough_at_any_age(self) -> None:
        assert answer(diagnosis=ILL, gaf={"number": 40}) == "yes"
        assert answer(diagnosis=ILL, gaf={"number": 41}) == "no"

    def test_60_is_enough_up_to_the_day_before_the_36th_birthday(self) -> None:
        known: dict[str, Any] = {"diagnosis": ILL, "gaf": {"number": 60}, "born_on": date(1990, 5, 1)}
        assert answer(date(2026, 4, 30), **known) == "yes"
        assert answer(date(2026, 5, 1), **known) == "no"

    def test_60_is_enough_with_a_history_of_aggression(self) -> None:
        known: dict[str, Any] = {"diagnosis": ILL, "gaf": {"number": 60}}
        assert answer(**known, history_of_aggression={"is_so": True}) == "yes"
        assert judged(**known, history_of_aggression=UNKNOWN).missing == ("history-of-aggression",)

    def test_at_61_nobody_needs_to_ask(self) -> None:
        verdict = judged(diagnosis=ILL, gaf={"number": 61}, history_of_aggression=UNKNOWN, born_on=date(1999, 1, 1))
        assert verdict.is_no
        assert verdict.missing == ()

    def test_at_40_nobody_needs_to_ask_either(self) -> None:
        assert answer(diagnosis=ILL, gaf={"number": 40}, history_of_aggression=UNKNOWN) == "yes"

    def test_an_unknown_score_is_asked_for_once(self) -> None:
        assert judged(diagnosis=ILL, gaf=UNKNOWN).missing == ("gaf",)

    def test_a_score_known_only_later_is_not_seen(self) -> None:
        assert judged(date(2026, 3, 31), diagnosis=UNKNOWN, gaf={"number": 40}).answer is Answer.NOT_KNOWN


class TestReasons:
    """Each part of the verdict says why, and by which paragraph."""

    def test_every_cited_node_has_its_paragraph(self) -> None:
        verdict = judged(diagnosis=ILL, gaf={"number": 55}, born_on=date(1990, 5, 1))
        text = "\n".join(verdict.lines())
        for paragraph in ("(1)(i)]", "(1)(ii)(A)]", "(1)(ii)(E)]", "(1)(iii)(A)]", "(1)(iii)(B)]", "(2)]"):
            assert f"55 Pa. Code 5221.12(a){paragraph}" in text
        assert verdict.source == Source(cite="55 Pa. Code 5221.12")
        assert "  yes  18 years of age or older?: age 35 on 2026-04-30 [55 Pa. Code 5221.12(a)(1)]" in text.splitlines()
        assert "no  Is gaf at most 40?: 55, stated on 2026-04-01" in text

    def test_before_the_first_edition_nobody_can_say(self) -> None:
        with pytest.raises(StandardNotInForce):
            may_be_served(Facts(), STANDARD, on=date(1999, 12, 31))

    def test_the_edition_in_force_on_the_day_asks(self) -> None:
        later = attrs.evolve(
            STANDARD,
            editions=(
                attrs.evolve(STANDARD.editions[0], until=date(2026, 5, 1)),
                attrs.evolve(
                    STANDARD.editions[0], since=date(2026, 5, 1), value=attrs.evolve(RULE, counts_unverified=True)
                ),
            ),
        )
        told = applicant(gaf={"number": 40}, diagnosis={**ILL, "is_verified": False})
        assert may_be_served(told, later, on=date(2026, 4, 30)).answer is Answer.NOT_KNOWN
        assert may_be_served(told, later, on=date(2026, 5, 1)).is_yes
