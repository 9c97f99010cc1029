from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import casecore_rules_ny
import pytest
from casecore_rules_ny import RULEBOOKS, casecore_api, casecore_provide_rulebooks, rulebook_text

from casecore.contacts import Contact, ContactMinimum, Mode, Outcome, Party, contact_dues, explain_contacts
from casecore.contacts import review_contact_frequency as review
from casecore.hooks import load_plugins
from casecore.intake import EligibilityCriteria
from casecore.standards import Layer, Rule, Standard, lint_rulebook, read_rulebook
from casecore.terms import DueState, NotKnown, StandardNotInForce

RULES: dict[str, type[Rule]] = {rule.asks: rule for rule in (ContactMinimum, EligibilityCriteria)}
BOOKS = {name: read_rulebook(text, RULES) for name, text in casecore_provide_rulebooks().items()}


def minimum(name: str) -> Standard[ContactMinimum]:
    (standard,) = [standard for standard in BOOKS[name].standards if standard.name == "contacts/face-to-face"]
    return standard


ICM, SCM, BLENDED = minimum("ny-icm"), minimum("ny-scm"), minimum("ny-blended")
ADMITTED = date(2025, 1, 15)
CHILD, ADULT = date(2014, 6, 1), date(1980, 6, 1)


def met(*days: date, mode: Mode = Mode.FACE_TO_FACE, party: Party = Party.CLIENT) -> list[Contact]:
    return [Contact(held_on=day, mode=mode, outcome=Outcome.HELD, party=party) for day in days]


def march(*days: int) -> list[date]:
    return [date(2025, 3, day) for day in days]


def counted(standard: Standard[ContactMinimum], contacts: Sequence[Contact], born_on: date | None = ADULT) -> int:
    """How many contacts of March 2025 count."""
    end = date(2025, 3, 31)
    return explain_contacts(contacts, standard, day=end, admitted_on=ADMITTED, as_of=end, born_on=born_on).count.counted


def owed(
    standard: Standard[ContactMinimum],
    *,
    as_of: date,
    discharged_on: date | None = None,
    discharge_planned_on: date | None = None,
) -> dict[tuple[int, int], int]:
    """How many contacts each month asks for, by year and month."""
    dues = contact_dues(
        [],
        standard,
        admitted_on=ADMITTED,
        as_of=as_of,
        born_on=ADULT,
        discharged_on=discharged_on,
        discharge_planned_on=discharge_planned_on,
    )
    months = [(due.window.start.year, due.window.start.month) for due in dues]
    return {month: int(due.what.split()[0]) for month, due in zip(months, dues, strict=True)}


class TestThePlugin:
    """It brings three rulebooks of New York by name, and says what it was written for."""

    def test_its_rulebooks_come_through_the_hook(self) -> None:
        brought = load_plugins([casecore_rules_ny]).rulebooks()
        assert list(brought) == list(RULEBOOKS)
        assert [read_rulebook(text, RULES).name for text in brought.values()] == list(RULEBOOKS)

    def test_it_names_the_versions_of_the_hooks_it_knows(self) -> None:
        assert casecore_api == (1, 1)

    def test_another_name_is_not_known(self) -> None:
        with pytest.raises(NotKnown, match="ny-icm, ny-scm, ny-blended"):
            rulebook_text("ny-act")

    @pytest.mark.parametrize("name", RULEBOOKS)
    def test_no_text_has_a_flaw(self, name: str) -> None:
        others = [book for other, book in BOOKS.items() if other != name]
        assert lint_rulebook(rulebook_text(name), RULES, others) == ()

    @pytest.mark.parametrize(
        ("name", "program", "since"),
        [
            ("ny-icm", "ICM", date(2024, 9, 25)),
            ("ny-scm", "SCM", date(2024, 9, 25)),
            ("ny-blended", "ICM/SCM", date(2024, 12, 11)),
        ],
    )
    def test_each_standard_the_day_before_and_the_day_of(self, name: str, program: str, since: date) -> None:
        book = BOOKS[name]
        assert (book.layer, book.programs, book.invented) == (Layer.JURISDICTION, (program,), False)
        for standard in book.standards:
            with pytest.raises(StandardNotInForce):
                standard.on(since - timedelta(1))
            edition = standard.on(since)
            assert "14 NYCRR 506" in edition.source.cite
            assert "older than since" in str(edition.note)
            assert standard.on(date(2030, 1, 1)) is edition


class TestAnIntensiveClientIsMetFourTimesAMonth:
    """506.4(a)(1): four or more face-to-face contacts with an intensive case manager within one month."""

    def test_a_month_with_four(self) -> None:
        contacts = met(*march(3, 10, 17, 24))
        account = explain_contacts(
            contacts, ICM, day=date(2025, 3, 1), admitted_on=ADMITTED, as_of=date(2025, 3, 24), born_on=ADULT
        )
        assert account.asked == 4
        assert account.due.state is DueState.MET
        assert account.due.met_on == date(2025, 3, 24)
        assert account.finding is None

    @pytest.mark.parametrize(
        ("as_of", "state"), [(date(2025, 3, 31), DueState.DUE), (date(2025, 4, 1), DueState.MISSED)]
    )
    def test_a_month_with_three_is_owed_until_its_last_day(self, as_of: date, state: DueState) -> None:
        dues = contact_dues(met(*march(3, 10, 17)), ICM, admitted_on=ADMITTED, as_of=as_of, born_on=ADULT)
        (due,) = [due for due in dues if due.window.start == date(2025, 3, 1)]
        assert due.state is state

    def test_a_month_with_three_is_found_with_its_citation(self) -> None:
        findings = review(met(*march(3, 10, 17)), ICM, admitted_on=date(2025, 3, 1), as_of=date(2025, 4, 1))
        assert [(finding.code, finding.on) for finding in findings] == [("contacts-below-minimum", date(2025, 3, 1))]
        assert findings[0].source is not None
        assert findings[0].source.cite.startswith("14 NYCRR 506.4(a)(1)")

    @pytest.mark.parametrize("mode", [Mode.TELEPHONE, Mode.VIDEO, Mode.MESSAGE, Mode.MAIL])
    def test_only_face_to_face(self, mode: Mode) -> None:
        assert counted(ICM, met(*march(3, 10, 17)) + met(*march(24), mode=mode)) == 3

    def test_an_attempt_is_no_contact(self) -> None:
        missed = Contact(held_on=date(2025, 3, 24), mode=Mode.FACE_TO_FACE, outcome=Outcome.NO_SHOW)
        assert counted(ICM, [*met(*march(3, 10, 17)), missed]) == 3

    def test_one_a_day_506_5_d(self) -> None:
        assert counted(ICM, met(*march(3, 3, 10, 10))) == 2

    def test_months_before_the_copy_that_was_read_are_not_judged(self) -> None:
        dues = contact_dues([], ICM, admitted_on=date(2024, 8, 1), as_of=date(2024, 10, 31))
        assert [due.window.start for due in dues] == [date(2024, 10, 1)]


class TestCollateralsAreThoseOfAChild:
    """506.4(a)(2), 506.5(d): only of a child or adolescent; and with them two on one day."""

    def pair(self, day: int) -> list[Contact]:
        return met(*march(day)) + met(*march(day), party=Party.COLLATERAL)

    def test_a_child_and_a_collateral_on_one_day_are_two(self) -> None:
        assert counted(ICM, self.pair(3) + self.pair(10), CHILD) == 4

    def test_twice_the_child_on_one_day_is_one(self) -> None:
        assert counted(ICM, met(*march(3, 3)), CHILD) == 1

    def test_twice_a_collateral_on_one_day_is_one(self) -> None:
        assert counted(ICM, met(*march(3, 3), party=Party.COLLATERAL), CHILD) == 1

    def test_three_on_one_day_are_two(self) -> None:
        assert counted(ICM, self.pair(3) + met(*march(3)), CHILD) == 2

    def test_a_collateral_on_the_telephone_makes_no_pair(self) -> None:
        by_telephone = met(*march(3), party=Party.COLLATERAL, mode=Mode.TELEPHONE)
        assert counted(ICM, met(*march(3)) + by_telephone, CHILD) == 1

    def test_an_adults_collateral_does_not_count(self) -> None:
        assert counted(ICM, self.pair(3) + met(*march(10), party=Party.COLLATERAL), ADULT) == 1

    @pytest.mark.parametrize(("born_on", "number"), [(date(2007, 3, 4), 2), (date(2007, 3, 3), 1)])
    def test_the_day_before_and_the_day_of_the_18th_birthday(self, born_on: date, number: int) -> None:
        assert counted(ICM, self.pair(3), born_on) == number

    def test_without_a_birthday_it_is_not_known(self) -> None:
        contacts = self.pair(3) + self.pair(10)
        (finding,) = review(contacts, ICM, admitted_on=date(2025, 3, 1), as_of=date(2025, 4, 1))
        assert finding.code == "contacts-not-known"

    def test_a_provider_is_no_collateral(self) -> None:
        assert counted(ICM, met(*march(3), party=Party.PROVIDER), CHILD) == 0


class TestTheLastTwoMonthsBeforeDischargeAskForOne:
    """506.5(f), 506.6(d): one contact a month for two months prior to discharge; the month of discharge is one."""

    def test_intensive(self) -> None:
        left = date(2025, 6, 20)
        asked = owed(ICM, as_of=date(2025, 7, 1), discharged_on=left)
        assert asked == {(2025, 1): 4, (2025, 2): 4, (2025, 3): 4, (2025, 4): 4, (2025, 5): 1, (2025, 6): 1}

    def test_supportive(self) -> None:
        left = date(2025, 4, 1)
        assert owed(SCM, as_of=date(2025, 5, 1), discharged_on=left) == {
            (2025, 1): 2,
            (2025, 2): 2,
            (2025, 3): 1,
            (2025, 4): 1,
        }

    def test_a_planned_day_serves_while_the_client_awaits_discharge(self) -> None:
        asked = owed(ICM, as_of=date(2025, 4, 30), discharge_planned_on=date(2025, 5, 31))
        assert asked == {(2025, 1): 4, (2025, 2): 4, (2025, 3): 4, (2025, 4): 1}


class TestASupportiveClientIsMetTwiceAMonth:
    """506.6(b): two face-to-face contacts within a month between a supportive case manager and the client."""

    def test_two_in_the_month(self) -> None:
        (due,) = contact_dues(met(*march(3, 31)), SCM, admitted_on=date(2025, 3, 1), as_of=date(2025, 3, 31))
        assert due.state is DueState.MET

    def test_each_is_a_separate_contact_506_6_c(self) -> None:
        assert counted(SCM, met(*march(3, 3))) == 2

    def test_a_collateral_does_not_count(self) -> None:
        assert counted(SCM, met(*march(3)) + met(*march(4), party=Party.COLLATERAL), CHILD) == 1


class TestABlendedClientIsMetTwiceAMonth:
    """506.7(c): two face-to-face contacts within a month with any member of the team."""

    def test_two_in_the_month_by_anybody(self) -> None:
        one, two = met(*march(3, 3))
        assert counted(BLENDED, [one, two]) == 2

    def test_a_childs_collaterals_count_506_7_e(self) -> None:
        with_mother = met(*march(4), party=Party.COLLATERAL)
        assert counted(BLENDED, met(*march(3)) + with_mother, CHILD) == 2
        assert counted(BLENDED, met(*march(3)) + with_mother, ADULT) == 1

    def test_two_months_following_discharge_ask_for_one_506_7_f(self) -> None:
        asked = owed(BLENDED, as_of=date(2025, 8, 1), discharged_on=date(2025, 4, 10))
        assert asked == {(2025, 1): 2, (2025, 2): 2, (2025, 3): 2, (2025, 4): 2, (2025, 5): 1, (2025, 6): 1}


class TestWhoIsAnIntensiveCaseManagementRecipient:
    """506.4(a)(4), as far as it could be read; what could not be read has to be stated by somebody."""

    def test_every_impairment_and_the_subpopulation_are_asked(self) -> None:
        (standard,) = [standard for standard in BOOKS["ny-icm"].standards if standard.name == "intake/eligibility"]
        rule = standard.on(date(2024, 9, 25)).rule
        assert isinstance(rule, EligibilityCriteria)
        facts = [getattr(leaf, "fact", None) for leaf in rule.needs.leaves()]
        assert facts == [
            "serious-mental-illness",
            "impaired-self-care",
            "impaired-social-functioning",
            "impaired-activities-of-daily-living",
            "impaired-economic-self-sufficiency",
            "impaired-self-direction",
            "impaired-concentration",
            "illness-interferes-with-functioning",
            "in-subpopulation-of-506-4-a-4",
        ]
