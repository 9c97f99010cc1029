from __future__ import annotations

from casecore.staff import StaffFile, qualify_all
from casecore.staff.posts import Need, Qualifications
from casecore.terms import read
from tests.staff.qualifying.asking import post_of
from tests.staff.qualifying.told import NO, ON, YES


class TestQualifyAllAsksTheSame:
    """The step, the other posts and the number of ways mean what they mean for one."""

    def test_a_step(self) -> None:
        need = {"degree": {"level": "bachelor"}, "asked_at": ["hire"]}
        post = post_of(Qualifications(needs=read(need, Need), steps=("examination", "hire")))
        for step, expected in (("examination", YES), ("hire", NO), (None, NO)):
            (found,) = qualify_all(post, [StaffFile(worker="w", degrees=())], on=ON, step=step)
            assert found.answer is expected

    def test_another_post(self) -> None:
        other = post_of(Qualifications(needs=read({"degree": {"level": "bachelor"}}, Need)), name="other")
        post = post_of(Qualifications(needs=read({"post": "other"}, Need)))
        (found,) = qualify_all(post, [StaffFile(worker="w", degrees=())], on=ON, posts=[other])
        assert found.answer is NO

    def test_five_ways_unless_told_otherwise(self) -> None:
        any_of = [{"degree": {"level": "bachelor", "fields": [field]}} for field in "abcdefg"]
        post = post_of(Qualifications(needs=read({"any_of": any_of}, Need)))
        file = StaffFile(worker="w", degrees=())
        (found,) = qualify_all(post, [file], on=ON)
        assert len(found.ways) == 5
        (found,) = qualify_all(post, [file], on=ON, most_ways=6)
        assert len(found.ways) == 6
