"""What the linter believes of two needs, beside what the judge says of files."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff import Examiner, StaffFile
from casecore.staff.posts import Need, Post, Qualifications
from casecore.staff.posts.implying import Implications
from casecore.staff.posts.lint_unmet import lint_unmet
from casecore.standards import Edition, FlawCode, Standard
from casecore.terms import Answer, NotReadable, Source
from casecore.testing.strategies.posts import countings, leaf_needs, needs, qualifications
from casecore.testing.strategies.staff_files import staff_files

ON = date(2024, 2, 29)


def answered(asked: Qualifications, file: StaffFile) -> Answer:
    source = Source(cite="Invented 1", invented=True)
    standard = Standard(name="clerk", editions=(Edition(since=date(1, 1, 1), value=asked, source=source),))
    post = Post(name="clerk", title="Clerk", asks=standard, invented=True)
    return Examiner(post, ()).answer(file, on=ON)


@st.composite
def with_an_easier_one(draw: Any) -> tuple[Need, Need]:
    """A question, and the same question with some of what it says left out."""
    need = draw(leaf_needs())
    (field,) = [name for name in ("adds_up", *_leaves()) if getattr(need, name) is not None]
    value = getattr(need, field)
    if field == "adds_up":
        return need, need
    names = [each.name for each in attrs.fields(type(value)) if each.default is not attrs.NOTHING]
    left_out = draw(st.sets(st.sampled_from(names), max_size=3)) if names else set()
    defaults = {each.name: each.default for each in attrs.fields(type(value)) if each.name in left_out}
    try:
        easier = attrs.evolve(value, **defaults)
    except NotReadable:
        easier = value
    return need, attrs.evolve(need, **{field: easier})


def _leaves() -> tuple[str, ...]:
    return (
        "degree", "credits", "experience", "credential", "learning", "stated", "scored", "aged", "appointed", "judged",
    )  # fmt: skip


class TestImplications:
    """Where one need implies another, nobody meets the first one alone."""

    @given(with_an_easier_one(), countings(), st.lists(staff_files(), min_size=3, max_size=3))
    @settings(max_examples=12, deadline=None)
    def test_of_two_questions(self, pair: tuple[Need, Need], counting: Any, files: list[StaffFile]) -> None:
        for one, other in (pair, pair[::-1]):
            if Implications().implies(one, other):
                for file in files:
                    harder, easier = (Qualifications(needs=need, counting=counting) for need in (one, other))
                    if answered(harder, file) is Answer.YES:
                        assert answered(easier, file) is Answer.YES

    @given(needs(), needs(), countings(), st.lists(staff_files(), min_size=3, max_size=3))
    @settings(max_examples=10, deadline=None)
    def test_of_two_trees(self, one: Need, part: Need, counting: Any, files: list[StaffFile]) -> None:
        for other in (Need(any_of=(one, part)), Need(all_of=(one, part)), Need(at_least=1, of=(one, part))):
            for harder, easier in ((one, other), (other, one)):
                if Implications().implies(harder, easier):
                    for file in files:
                        if answered(Qualifications(needs=harder, counting=counting), file) is Answer.YES:
                            assert answered(Qualifications(needs=easier, counting=counting), file) is Answer.YES


class TestNeverMet:
    """What the linter says can never be met, no file meets."""

    @given(qualifications(steps=()), st.lists(staff_files(), min_size=3, max_size=3))
    @settings(max_examples=12, deadline=None)
    def test_at_the_top(self, asked: Qualifications, files: list[StaffFile]) -> None:
        found = lint_unmet(asked, "value", None, governed_by=None, in_force=(date(1, 1, 1), None))
        top = ("value.needs", "value.needs.experience", "value.needs.credential")
        if any(flaw.code is FlawCode.NEVER_MET and flaw.path in top for flaw in found):
            assert all(answered(asked, file) is not Answer.YES for file in files)
