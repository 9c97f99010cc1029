from __future__ import annotations

from typing import Any

import pytest

from casecore.staff.posts import Need, Qualifications, StaffDay, WordList, what_can_take_away
from casecore.terms import read

LICENSE: dict[str, Any] = {"names": ["LMSW"]}
YEAR: dict[str, Any] = {"at_least": {"years": 1}}
MASTER: dict[str, Any] = {"degree": {"level": "master"}}


def taking_away(need: dict[str, Any], **fields: Any) -> tuple[str, ...]:
    return what_can_take_away(Qualifications(needs=read(need, Need), **fields))


class TestTakingAway:
    """Every field through which a yes can turn to no is named by its path, and no other."""

    @pytest.mark.parametrize(
        ("need", "named"),
        [
            (MASTER, ()),
            ({"none_of": [MASTER]}, ("needs.none_of",)),
            ({"post": "another"}, ("needs.post",)),
            ({"experience": YEAR}, ()),
            ({"experience": YEAR | {"within": {"years": 5}}}, ("needs.experience.within",)),
            ({"experience": YEAR | {"is_preceding": True}}, ("needs.experience.is_preceding",)),
            ({"experience": YEAR | {"other": [{"work": {}}]}}, ()),
            ({"experience": YEAR | {"other": [{"work": {}}, {"work": {}}]}}, ("needs.experience.other",)),
            ({"experience": YEAR | {"work": {"before": MASTER}}}, ("needs.experience.work.before",)),
            ({"experience": YEAR | {"work": {"after": MASTER}}}, ()),
            ({"credential": LICENSE}, ("needs.credential.held",)),
            (
                {"credential": LICENSE | {"for_at_most": {"years": 1}}},
                ("needs.credential.held", "needs.credential.for_at_most"),
            ),
            ({"learning": {"hours": 20}}, ()),
            ({"learning": {"hours": 20, "within": {"years": 2}}}, ("needs.learning.within",)),
            ({"scored": {"name": "s", "at_least": 1}}, ("needs.scored",)),
            ({"stated": {"name": "s"}}, ("needs.stated",)),
            ({"judged": {"clause": "c"}}, ("needs.judged",)),
            ({"aged": {"at_least": 18}}, ()),
            ({"aged": {"at_most": 35}}, ("needs.aged.at_most",)),
            ({"appointed": {"since": "2020-01-01"}}, ()),
            ({"appointed": {"before": "2020-01-01"}}, ("needs.appointed.before",)),
            (MASTER | {"may_follow": {"after": "appointment"}}, ()),
            (MASTER | {"may_follow": {"within": {"months": 6}}}, ("needs.may_follow.within",)),
            (
                {"all_of": [MASTER, {"any_of": [{"stated": {"name": "s"}}]}]},
                ("needs.all_of[1].any_of[0].stated",),
            ),
        ],
    )
    def test_each_field(self, need: dict[str, Any], named: tuple[str, ...]) -> None:
        assert taking_away(need) == named

    def test_a_credential_at_appointment_where_the_file_is_looked_at_on_that_day(self) -> None:
        need = {"credential": LICENSE | {"held": "at-appointment"}}
        assert taking_away(need, measured_at=StaffDay.APPOINTMENT) == ()
        assert taking_away(need) == ("needs.credential.held",)
        assert taking_away({"credential": LICENSE}, measured_at=StaffDay.APPOINTMENT) == ("needs.credential.held",)

    def test_two_entries_that_a_list_hides(self) -> None:
        lists = (WordList(name="l", words=("a", "b")),)
        other = [{"work": {"kinds": ["@l"]}}, {"work": {"kinds": ["a", "b"]}}]
        assert taking_away({"experience": YEAR | {"other": other}}, lists=lists) == ("needs.experience.other",)
