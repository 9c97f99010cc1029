"""What is missing is gathered without wording a verdict; it must be what the verdict says."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from casecore.staff import StaffFile
from casecore.staff.posts import Post
from casecore.staff.qualifying import Examiner
from casecore.staff.qualifying.nodes import day_at
from casecore.staff.qualifying.seen import Seen
from casecore.terms import Answer, NotKnown, StandardNotInForce
from casecore.testing.strategies.posts import posts
from casecore.testing.strategies.staff_files import staff_files


class TestWhatIsMissing:
    """The facts that the quick answer gathers are those that the worded one names, and the answers are the same."""

    @settings(max_examples=60)
    @given(post=posts(), file=staff_files(), on=st.dates(date(2015, 1, 1), date(2027, 1, 1)))
    def test_the_quick_answer_lacks_what_the_worded_one_lacks(self, post: Post, file: StaffFile, on: date) -> None:
        examiner = Examiner(post)
        try:
            ready = examiner._ready_on(file, on, None)
        except (StandardNotInForce, NotKnown):
            return
        if ready is None or ready.node is None:
            return
        seen = Seen(file, on, ready.reckoning)
        day = day_at(seen, ready.measured_at)
        verdict = ready.node.verdict(Seen(file, on, ready.reckoning), day)
        assert ready.node.answer(seen, day) is verdict.answer
        assert tuple(dict.fromkeys(ready.node.missing(seen, day))) == verdict.missing
        assert bool(verdict.missing) is (verdict.answer is Answer.NOT_KNOWN)
