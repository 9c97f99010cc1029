"""Which tier a month reached: New York's ACT months with a stay, and residential rehabilitation, as data."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.contacts import Contact, ContactTiers, Mode, Party, Place, TierReached, tier_of_month, tiers_by_month
from casecore.terms import Answer, NotReadable, Period, read
from casecore.testing.strategies.contacts import contact_tiers, contacts, stays
from tests.contacts.standards import ACT, FILE, RESIDENCE, SOURCE, march, met, standing

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
STAY = [Period(date(2026, 3, 10), date(2026, 3, 20))]


def act(community: int, inpatient: int, **facts: Any) -> TierReached:
    held = march(*range(1, community + 1), place=Place.HOME) + march(*range(1, inpatient + 1), place=Place.HOSPITAL)
    given_facts = {"as_of": date(2026, 3, 31), "stays": STAY, "source": SOURCE, **facts}
    return tier_of_month(held, ACT, MARCH, **given_facts)


class TestAct:
    """
    In a month of admission to or discharge from a hospital: full at 4 community contacts and 6 in all, partial at 2
    community ones or 1 of each kind, the inpatient tier at 2 inpatient ones, in at most 5 months of an episode.
    """

    @pytest.mark.parametrize(
        ("community", "inpatient", "tier"),
        [
            (4, 2, "full"), (6, 0, "full"), (5, 1, "full"), (4, 1, "partial"), (5, 0, "partial"), (3, 3, "partial"),
            (3, 9, "partial"), (2, 0, "partial"), (1, 1, "partial"), (1, 0, None), (0, 2, "inpatient"),
            (0, 1, None), (0, 0, None), (0, 9, "inpatient"),
        ],
    )  # fmt: skip
    def test_the_table(self, community: int, inpatient: int, tier: str | None) -> None:
        assert act(community, inpatient).tier == tier

    def test_every_tier_answers_with_reasons_and_authority(self) -> None:
        reached = act(4, 1)
        assert [verdict.answer for verdict in reached.verdicts] == [Answer.NO, Answer.YES, Answer.NO]
        full = reached.verdicts[0]
        assert full.source == SOURCE
        assert "1 more, for 6 community or inpatient contacts" in full.would_satisfy
        assert any("at least 6 community or inpatient contacts" in line for line in full.lines())

    def test_a_month_without_a_stay_reaches_none_of_these(self) -> None:
        reached = act(6, 2, stays=())
        assert reached.tier is None
        assert all(verdict.is_no for verdict in reached.verdicts)

    def test_the_sixth_month_of_the_inpatient_tier_is_not_one(self) -> None:
        assert act(0, 2, months_used={"inpatient": 4}).tier == "inpatient"
        assert act(0, 2, months_used={"inpatient": 5}).tier is None

    def test_months_of_the_tier_are_counted_over_the_episode(self) -> None:
        held = [met(date(2026, month, day), place=Place.HOSPITAL) for month in range(1, 9) for day in (5, 6)]
        reached = tiers_by_month(
            held, standing(ACT), admitted_on=date(2026, 1, 1), as_of=date(2026, 8, 31),
            stays=[Period(date(2025, 12, 1), date(2027, 1, 1))],
        )  # fmt: skip
        assert [month.tier for month in reached] == ["inpatient"] * 5 + [None] * 3

    def test_a_place_that_is_not_known_may_lift_the_month(self) -> None:
        held = march(1, 2, 3, place=Place.HOME) + march(4, 5) + march(6, place=Place.HOSPITAL)
        reached = tier_of_month(held, ACT, MARCH, as_of=date(2026, 3, 31), stays=STAY)
        assert (reached.tier, reached.missing, reached.is_known) == ("partial", ("place",), False)
        assert reached.verdicts[0].answer is Answer.NOT_KNOWN

    def test_a_contact_in_doubt_for_one_kind_is_sure_for_no_other(self) -> None:
        rule = read(
            {
                "kinds": [
                    {"name": "home", "counting": {"places": ["home"]}},
                    {"name": "other", "counting": {}},
                ],
                "tiers": [{"name": "x", "ways": [{"contacts": [{"kinds": ["other"], "at_least": 1}]}]}],
            },
            ContactTiers,
        )
        (verdict,) = tier_of_month(march(4), rule, MARCH, as_of=date(2026, 3, 31)).verdicts
        assert verdict.answer is Answer.NOT_KNOWN

    def test_short_contacts_that_make_one_of_a_kind_are_of_no_other(self) -> None:
        kinds = [
            {"name": "long", "counting": {"minimum_minutes": 15, "short_contacts_add_up": True, "places": ["home"]}},
            {"name": "any", "counting": {}},
        ]
        ways = [{"contacts": [{"kinds": ["long", "any"], "at_least": 2}]}]
        rule = read({"kinds": kinds, "tiers": [{"name": "full", "ways": ways}]}, ContactTiers)

        def reached(place: Place | None) -> Answer:
            held = march(4, 4, minutes=8, place=place)
            return tier_of_month(held, rule, MARCH, as_of=date(2026, 3, 31)).verdicts[0].answer

        assert reached(Place.HOME) is Answer.NO
        assert reached(Place.OFFICE) is Answer.YES
        assert reached(None) is Answer.NOT_KNOWN

    def test_a_kind_may_count_only_so_often(self) -> None:
        rule = read(
            {
                "kinds": [
                    {"name": "collateral", "at_most": 3, "counting": {"parties": ["collateral"]}},
                    {"name": "client", "counting": {"parties": ["client"]}},
                ],
                "tiers": [
                    {"name": "full", "ways": [{"contacts": [{"kinds": ["client", "collateral"], "at_least": 6}]}]}
                ],
            },
            ContactTiers,
        )
        for clients, collaterals, tier in ((3, 3, "full"), (2, 4, None), (2, 9, None), (6, 0, "full")):
            held = march(*range(1, clients + 1)) + march(*range(1, collaterals + 1), party=Party.COLLATERAL)
            assert tier_of_month(held, rule, MARCH, as_of=date(2026, 3, 31)).tier == tier


class TestResidence:
    """Full: 21 days in residence, 4 contacts, 4 different services. Half: 11 days, 2 contacts, 2 services."""

    SERVICES = ("a", "b", "c", "d")

    def reached(self, days: int | None, number: int, services: int) -> TierReached:
        held = [
            met(date(2026, 3, day + 1), services=(self.SERVICES[day % services],) if services else ())
            for day in range(number)
        ]
        return tier_of_month(held, RESIDENCE, MARCH, as_of=date(2026, 3, 31), resident_days=days)

    @pytest.mark.parametrize(
        ("days", "number", "services", "tier"),
        [
            (21, 4, 4, "full"), (20, 4, 4, "half"), (21, 3, 3, "half"), (21, 4, 3, "half"), (31, 9, 4, "full"),
            (11, 2, 2, "half"), (10, 4, 4, None), (11, 1, 1, None), (11, 2, 1, None), (0, 0, 0, None),
        ],
    )  # fmt: skip
    def test_the_table(self, days: int, number: int, services: int, tier: str | None) -> None:
        assert self.reached(days, number, services).tier == tier

    def test_days_that_are_not_known_are_not_none(self) -> None:
        reached = self.reached(None, 4, 4)
        assert (reached.tier, reached.missing) == (None, ("resident_days",))
        assert self.reached(None, 1, 1).missing == ()  # no number of days would help

    def test_days_are_counted_in_the_month_from_the_days_of_living_there(self) -> None:
        held = [met(date(2026, 3, day), services=self.SERVICES) for day in (12, 13, 14, 15)]
        for first, tier in ((10, "full"), (11, "full"), (12, "half"), (21, "half"), (22, None)):
            reached = tiers_by_month(
                held, standing(RESIDENCE), admitted_on=date(2026, 3, 1), as_of=date(2026, 4, 2),
                resident=[Period(date(2026, 3, first), date(2026, 4, 1))],
            )  # fmt: skip
            assert reached[0].tier == tier
            assert reached[1].tier is None

    def test_the_episode_ends_with_the_day_of_discharge(self) -> None:
        reached = tiers_by_month(
            march(28, services=self.SERVICES), standing(RESIDENCE), admitted_on=date(2026, 3, 5),
            as_of=date(2026, 5, 1), discharged_on=date(2026, 3, 27), resident=[],
        )  # fmt: skip
        assert [str(month.month) for month in reached] == ["2026-03-05 to 2026-03-27"]
        assert reached[0].verdicts[0].is_no

    def test_months_are_judged_by_the_edition_of_their_first_day(self) -> None:
        standard = standing(RESIDENCE, (date(2026, 4, 2), ACT), since=date(2026, 3, 2))
        reached = tiers_by_month([], standard, admitted_on=date(2026, 3, 1), as_of=date(2026, 5, 5))
        assert [(month.month.start.month, len(month.verdicts)) for month in reached] == [(4, 2), (5, 3)]


class TestLaws:
    """What holds for all tiers."""

    @settings(max_examples=50, deadline=None)
    @given(
        contact_tiers(),
        st.lists(contacts(between=(date(2026, 2, 27), date(2026, 3, 8))), max_size=12),
        st.lists(stays(between=(date(2026, 2, 1), date(2026, 4, 1))), max_size=2),
        st.none() | st.integers(0, 31),
        st.randoms(),
    )
    def test_the_order_of_contacts_does_not_matter_and_what_is_known_is_never_taken_back(
        self, rule: ContactTiers, held: list[Contact], spent: list[Period], days: int | None, chance: random.Random
    ) -> None:
        facts: dict[str, Any] = {"as_of": date(2026, 3, 31), "stays": spent}
        reached = tier_of_month(held, rule, MARCH, resident_days=days, **facts)
        mixed = chance.sample(held, len(held))
        assert tier_of_month(mixed, rule, MARCH, resident_days=days, **facts) == reached
        known = tier_of_month(held, rule, MARCH, resident_days=15, born_on=date(2015, 1, 1), **facts)
        if days in (None, 15):
            for before, after in zip(reached.verdicts, known.verdicts, strict=True):
                assert before.answer in (Answer.NOT_KNOWN, after.answer)
        assert reached.is_known == (not reached.missing)


class TestRulesThatCannotBe:
    """Tiers that contradict themselves are refused."""

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"tiers": []}, "at least one tier"),
            ({"tiers": [{"name": "x", "ways": []}]}, "at least one way"),
            ({"tiers": [{"name": "x", "ways": [{}]}]}, "must ask for something"),
            (
                {"tiers": [{"name": "x", "ways": [{"contacts": [{"kinds": ["mail"], "at_least": 1}]}]}]},
                "only name kinds",
            ),
            ({"tiers": FILE["act"]["tiers"] * 2}, "none twice"),
            ({"kinds": FILE["act"]["kinds"] * 2}, "a kind twice"),
        ],
    )
    def test_it_is_refused(self, change: dict[str, object], message: str) -> None:
        with pytest.raises(NotReadable, match=message):
            read({**FILE["act"], **change}, ContactTiers)

    def test_the_mode_is_a_filter_like_any(self) -> None:
        held = march(1, 2, place=Place.HOSPITAL, mode=Mode.TELEPHONE)
        assert tier_of_month(held, ACT, MARCH, as_of=date(2026, 3, 31), stays=STAY).tier is None
