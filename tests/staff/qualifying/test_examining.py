from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casecore.staff import Examiner, Qualification, StaffFile, may_hold
from casecore.staff.posts import Footing, Need, Post, Qualifications, StaffDay
from casecore.standards import Edition, Standard
from casecore.terms import NotReadable, Source, StandardNotInForce, read
from tests.staff.qualifying.asking import SOURCE, post_of
from tests.staff.qualifying.told import NO, NOT_KNOWN, ON, YES, bachelor, day, license_, work

BACHELOR: dict[str, Any] = {"degree": {"level": "bachelor"}}
MASTER: dict[str, Any] = {"degree": {"level": "master"}}


def asked(need: dict[str, Any], **fields: Any) -> Qualifications:
    return Qualifications(needs=read(need, Need), **fields)


def two_editions(governed_by: StaffDay) -> Post:
    editions = (
        Edition(since=day("2020-01-01"), value=asked(MASTER), source=SOURCE),
        Edition(since=day("2021-10-01"), value=asked(BACHELOR), source=SOURCE),
    )
    return Post(name="p", title="P", asks=Standard(name="p", editions=editions), governed_by=governed_by)


class TestEditions:
    """Each is held to the edition that the post says governs: by the day asked, of application, of hire."""

    @pytest.mark.parametrize(
        ("governed_by", "field"),
        [
            (StaffDay.APPOINTMENT, "appointed_on"),
            (StaffDay.APPLICATION, "applied_on"),
            (StaffDay.EXAMINATION, "examined_on"),
        ],
    )
    def test_the_last_day_of_one_and_the_first_of_the_next(self, governed_by: StaffDay, field: str) -> None:
        post = two_editions(governed_by)
        for on, expected in (("2021-09-30", NO), ("2021-10-01", YES)):
            governing: dict[str, Any] = {field: day(on)}
            file = StaffFile(worker="w-1", degrees=(bachelor(),), **governing)
            assert may_hold(post, file, on=ON).answer is expected
            assert Examiner(post).answer(file, on=ON) is expected

    def test_by_the_day_asked(self) -> None:
        file, post = StaffFile(worker="w-1", degrees=(bachelor(),)), two_editions(StaffDay.ASKED)
        assert may_hold(post, file, on=day("2021-09-30")).is_no
        assert may_hold(post, file, on=day("2021-10-01")).is_yes
        by_hire = two_editions(StaffDay.APPOINTMENT)
        assert may_hold(by_hire, file, on=day("2021-09-30")).is_no  # who is not appointed would be on that day
        assert may_hold(by_hire, file, on=day("2021-10-01")).is_yes

    @pytest.mark.parametrize(
        ("governed_by", "missing"), [(StaffDay.APPLICATION, "applied_on"), (StaffDay.EXAMINATION, "examined_on")]
    )
    def test_where_that_day_is_not_known(self, governed_by: StaffDay, missing: str) -> None:
        post, file = two_editions(governed_by), StaffFile(worker="w-1", degrees=(bachelor(),))
        verdict = may_hold(post, file, on=ON)
        assert (verdict.answer, verdict.missing) == (NOT_KNOWN, (missing,))
        assert verdict.because == "the day that picks the edition is not known"
        assert (verdict.post, verdict.on, verdict.question) == ("p", ON, "May w-1 hold the post P?")
        assert Examiner(post).answer(file, on=ON) is NOT_KNOWN
        assert Examiner(post).options(file, on=ON) == []

    def test_before_the_first_edition(self) -> None:
        with pytest.raises(StandardNotInForce):
            may_hold(two_editions(StaffDay.ASKED), StaffFile(worker="w-1"), on=day("2019-12-31"))


class TestOtherPosts:
    """A post may ask for all that another asks for."""

    def test_the_other_decides_and_its_reasons_stand_below(self) -> None:
        other = post_of(asked({"any_of": [BACHELOR | {"name": "A"}]}), name="other")
        post = post_of(asked({"all_of": [{"post": "other"}]}))
        verdict = may_hold(post, StaffFile(worker="w-1", degrees=(bachelor(),)), on=ON, posts=[other])
        assert verdict.is_yes
        assert verdict.parts[0].question == "Does everything hold that the post Case Manager asks for?"
        assert verdict.parts[0].parts[0].question == "May w-1 hold the post Case Manager?"
        refused = may_hold(post, StaffFile(worker="w-1", degrees=()), on=ON, posts=[other, post])
        assert refused.is_no
        assert refused.would_satisfy == ("what the post Case Manager asks for",)
        assert [str(way) for way in refused.ways] == ["a bachelor's degree or higher"]
        unknown = may_hold(post, StaffFile(worker="w-1"), on=ON, posts=[other])
        assert unknown.missing == ("degrees",)

    def test_what_may_follow_there_is_a_condition_here(self) -> None:
        follows = {"credential": {"names": ["LMSW"]}, "may_follow": {"within": {"months": 6}}}
        other = post_of(asked({"all_of": [BACHELOR, follows]}), name="other")
        file = StaffFile(worker="w-1", degrees=(bachelor(),), credentials=(), appointed_on=day("2026-02-01"))
        there = may_hold(other, file, on=ON)
        verdict = may_hold(post_of(asked({"all_of": [{"post": "other"}]})), file, on=ON, posts=[other])
        (condition,) = verdict.conditions
        assert verdict.conditions == there.conditions
        assert (condition.by, condition.footing) == (day("2026-08-01"), Footing.CONDITIONAL)

    def test_the_other_is_asked_for_no_ways_of_its_own(self) -> None:
        other = post_of(asked(BACHELOR), name="other")
        verdict = may_hold(
            post_of(asked({"all_of": [{"post": "other"}]})), StaffFile(worker="w-1", degrees=()), on=ON, posts=[other]
        )
        assert verdict.parts[0].because == ""
        (asked_there,) = verdict.parts[0].parts
        assert isinstance(asked_there, Qualification)
        assert (asked_there.is_no, asked_there.ways) == (True, ())

    def test_words_of_the_other_are_tried_too(self) -> None:
        other = post_of(asked({"degree": {"level": "bachelor", "fields": ["history"]}}), name="other")
        shut_out = {"none_of": [{"degree": {"level": "bachelor", "fields": ["law"]}}]}
        post = post_of(asked({"all_of": [shut_out, {"post": "other"}]}))
        file = StaffFile(worker="w-1", degrees=(bachelor(),))
        verdict = may_hold(post, file, on=ON, posts=[other])
        assert (verdict.answer, verdict.missing) == (NOT_KNOWN, ("degrees[0].field",))

    def test_one_that_is_not_there_or_a_circle(self) -> None:
        with pytest.raises(NotReadable):
            Examiner(post_of(asked({"post": "other"})))
        with pytest.raises(NotReadable):
            Examiner(post_of(asked({"post": "other"})), [post_of(asked({"post": "case-manager"}), name="other")])


class TestTheWholeVerdict:
    """The verdict carries the question, the authority and the day; an examiner answers for any file and day."""

    def test_an_examiner_is_asked_again(self) -> None:
        examiner = Examiner(post_of(asked(BACHELOR)))
        for degrees, expected in (((), NO), ((bachelor(),), YES), (None, NOT_KNOWN)):
            file = StaffFile(worker="w-2", degrees=degrees)
            verdict = examiner.may_hold(file, on=ON)
            assert (verdict.answer, examiner.answer(file, on=ON)) == (expected, expected)
            assert verdict.question == "May w-2 hold the post Case Manager?"
            assert (verdict.source, verdict.on, verdict.post) == (SOURCE, ON, "case-manager")
        assert examiner.may_hold(StaffFile(worker="w-2", degrees=()), on=ON, most_ways=0).ways == ()
        assert examiner.answer(StaffFile(worker="w-2", degrees=()), on=date.max) is NO

    def test_the_answer_alone_is_that_of_the_whole_verdict(self) -> None:
        """Also at one step, and where every value of the unknown gives one answer."""
        two = {"all_of": [BACHELOR | {"asked_at": ["a"]}, {"credential": {"names": ["LMSW"]}, "asked_at": ["b"]}]}
        examiner = Examiner(post_of(asked(two, steps=("a", "b"))))
        file = StaffFile(worker="w-1", degrees=(bachelor(),), credentials=())
        assert [examiner.answer(file, on=ON, step=step) for step in ("a", "b", None)] == [YES, NO, NO]
        law: dict[str, Any] = {"degree": {"level": "bachelor", "fields": ["law"]}}
        for either, expected in (({"none_of": [law]}, YES), ({"degree": {"level": "master"}}, NOT_KNOWN)):
            examiner = Examiner(post_of(asked({"any_of": [law, either]})))
            unsaid = StaffFile(worker="w-1", degrees=(bachelor(),))
            assert examiner.answer(unsaid, on=ON) is examiner.may_hold(unsaid, on=ON).answer is expected
        assert examiner.answer(StaffFile(worker="w-1"), on=ON) is NOT_KNOWN

    def test_ways_at_one_step_ask_nothing_of_another(self) -> None:
        two = {"all_of": [BACHELOR | {"asked_at": ["a"]}, {"credential": {"names": ["LMSW"]}, "asked_at": ["b"]}]}
        post = post_of(asked(two, steps=("a", "b")))
        file = StaffFile(worker="w-1", degrees=(), credentials=())
        ways = {step: may_hold(post, file, on=ON, step=step).ways for step in ("a", "b")}
        assert {step: [str(way) for way in each] for step, each in ways.items()} == {
            "a": ["a bachelor's degree or higher"],
            "b": ["the credential LMSW"],
        }

    def test_as_many_ways_as_are_asked_for_and_five_unless_told(self) -> None:
        either = [{"credential": {"names": [name]}} for name in "ABCDEFG"]
        examiner = Examiner(post_of(asked({"any_of": either})))
        file = StaffFile(worker="w-1", credentials=())
        assert len(examiner.may_hold(file, on=ON).ways) == 5
        assert [len(examiner.may_hold(file, on=ON, most_ways=most).ways) for most in (0, 1, 2)] == [0, 1, 2]

    def test_nothing_more_would_satisfy_what_is_so_in_every_case(self) -> None:
        law: dict[str, Any] = {"degree": {"level": "bachelor", "fields": ["law"]}}
        verdict = may_hold(
            post_of(asked({"any_of": [law, {"none_of": [law]}]})),
            StaffFile(worker="w-1", degrees=(bachelor(),)),
            on=ON,
        )
        assert (verdict.answer, verdict.would_satisfy, verdict.missing) == (YES, (), ())

    def test_a_need_that_cites_its_paragraph_has_the_rest_of_its_source_from_the_edition(self) -> None:
        source = Source(cite="Announcement 2", url="https://example.org/2", read_on=day("2025-01-01"), invented=True)
        edition = Edition(since=date.min, value=asked({"all_of": [BACHELOR | {"cite": "(a)"}]}), source=source)
        post = Post(name="p", title="P", asks=Standard(name="p", editions=(edition,)))
        verdict = may_hold(post, StaffFile(worker="w-1"), on=ON)
        assert verdict.source == source
        assert verdict.parts[0].source == source._with(cite="(a)")

    def test_what_is_gained_has_a_way_with_the_first_day(self) -> None:
        need = {"all_of": [BACHELOR, {"credential": {"names": ["LMSW"]}}, {"experience": {"at_least": {"months": 12}}}]}
        file = StaffFile(worker="w-1", degrees=(), credentials=(), experience=(work("2025-01-01", "2025-05-31"),))
        verdict = may_hold(post_of(asked(need)), file, on=ON)
        (way,) = verdict.ways
        assert [step.what for step in way.steps] == [
            "a bachelor's degree or higher",
            "the credential LMSW",
            "7 more months of full-time work",
        ]
        assert way.on == day("2026-10-01")
        assert [step.months for step in way.steps] == [48.0, None, 7.0]
        assert way.months is None
        assert list(verdict.lines())[-1] == f"way 1 (no source says how long, worked by 2026-10-01): {way}"
        held = StaffFile(worker="w-1", degrees=(bachelor(),), credentials=(license_("2020-01-01"),), experience=())
        assert may_hold(post_of(asked(need)), held, on=ON).ways[0].months == 12.0
