"""Posts made of one edition, small files, and cases drawn for the properties."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.staff import Degree, StaffFile
from casecore.staff.posts import Need, Post, Qualifications, StaffDay
from casecore.standards import Edition, Standard
from casecore.terms import Source
from casecore.testing.strategies.asked_of_staff import (
    credentials_asked,
    credits_asked,
    degrees_asked,
    judged_asked,
    learnings_asked,
    scored_asked,
    stated_asked,
)
from casecore.testing.strategies.posts import STEPS, experience_asked, leaf_needs, needs, patterns, qualifications
from casecore.testing.strategies.staff_files import (
    POSTS,
    credentials,
    credits_earned,
    degrees,
    learnings,
    rulings,
    spells,
    staff_files,
    statements,
)
from tests.staff.qualifying.oracle import Case

YEARS = (date(2016, 1, 1), date(2020, 12, 31))
"""Few years, so that counting day by day does not take long."""
SOURCE = Source(cite="Announcement 1", url="https://example.org/announcement")
OTHER_POST = POSTS[1]


def post_of(asked: Qualifications, *, name: str = POSTS[0], governed_by: StaffDay = StaffDay.ASKED) -> Post:
    """A post that has always asked for this."""
    edition = Edition(since=date.min, value=asked, source=SOURCE)
    return Post(name=name, title="Case Manager", asks=Standard(name=name, editions=(edition,)), governed_by=governed_by)


def asking(need: Need, **fields: object) -> Post:
    """A post that has always asked for one need."""
    return post_of(Qualifications(needs=need, **fields))  # type: ignore[arg-type]


def posts_in(case: Case) -> tuple[Post, ...]:
    """The other posts of a case."""
    return tuple(post_of(asked, name=name) for name, asked in case.others.items())


def told_once(degrees: list[Degree]) -> tuple[Degree, ...]:
    """Without what the file would refuse as one degree told twice."""
    kept: list[Degree] = []
    for degree in degrees:
        if not any(degree.is_the_same_as(other) for other in kept):
            kept.append(degree)
    return tuple(kept)


ALONE = qualifications(needs_asked=needs(steps=STEPS, most_leaves=4) | leaf_needs(), steps=STEPS)
REFERRING = qualifications(needs_asked=needs(posts=(OTHER_POST,), steps=STEPS, most_leaves=3), steps=STEPS)
REFERRED_TO = qualifications(needs_asked=needs(most_leaves=2), steps=STEPS)
FILES = staff_files(between=YEARS, most=2)
GIVEN = st.builds(
    StaffFile,
    worker=st.just("w-1"),
    born_on=st.sampled_from((date(1985, 2, 28), date(1998, 12, 31))),
    applied_on=st.dates(date(2016, 1, 1), date(2018, 12, 31)),
    examined_on=st.dates(date(2019, 1, 1), date(2020, 12, 31)),
    appointed_on=st.none() | st.dates(date(2019, 1, 1), date(2020, 12, 31)),
    degrees=st.lists(degrees(between=YEARS), max_size=2).map(told_once),
    credits=st.lists(credits_earned(between=YEARS), max_size=2).map(tuple),
    experience=st.lists(spells(between=YEARS), max_size=3).map(tuple),
    credentials=st.lists(credentials(between=YEARS), max_size=2).map(tuple),
    learning=st.lists(learnings(between=YEARS), max_size=2).map(tuple),
    statements=st.lists(statements(between=YEARS), max_size=3).map(tuple),
    rulings=st.lists(rulings(between=YEARS), max_size=3).map(tuple),
)
"""Files of which every list is given."""
ONE_LEAF = st.one_of(
    [
        qualifications(
            needs_asked=st.builds(Need, **{name: strategy}, measured_at=st.none() | st.sampled_from(StaffDay))
        )
        for name, strategy in (
            ("degree", degrees_asked()),
            ("credits", credits_asked()),
            ("credential", credentials_asked()),
            ("learning", learnings_asked()),
            ("stated", stated_asked()),
            ("scored", scored_asked()),
            ("judged", judged_asked()),
            ("experience", experience_asked()),
            ("experience", experience_asked()),
            ("experience", experience_asked(plain=True)),
            ("adds_up", st.lists(patterns(units=("months",)), min_size=1, max_size=2).map(tuple)),
            ("adds_up", st.lists(patterns(units=("hours",)), min_size=1, max_size=2).map(tuple)),
        )
    ]
)
DAYS = st.dates(date(2015, 1, 1), date(2021, 12, 31))


SOME_STEP = st.none() | st.none() | st.sampled_from(STEPS)


@st.composite
def cases(
    draw: st.DrawFn,
    /,
    *,
    asked: SearchStrategy[Qualifications] | None = None,
    files: SearchStrategy[StaffFile] | None = None,
) -> Case:
    """A post, perhaps another that it refers to, a file, a day, and perhaps a step."""
    others = {}
    if asked is None and draw(st.integers(0, 3)) == 0:
        others[OTHER_POST] = draw(REFERRED_TO)
        asked = REFERRING
    if files is None:
        files = draw(st.sampled_from((FILES, GIVEN)))
    return Case(
        asked=draw(ALONE if asked is None else asked),
        file=draw(files),
        on=draw(DAYS),
        post=POSTS[0],
        step=draw(SOME_STEP),
        others=others,
    )
