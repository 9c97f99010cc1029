"""May they hold post 1? The compiled post beside the same rule written out by hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.harness import Row, compare
from benchmarks.staff.applicants import ON, pile, post
from benchmarks.staff.by_hand import by_hand
from casecore.staff import Examiner, StaffFile


def rows() -> Iterator[Row]:
    yield from beside_by_hand()


def beside_by_hand() -> Iterator[Row]:
    """With all reasons: first that both say the same, then what each costs."""
    examiner = Examiner(post())
    files = pile()
    for name, file in files.items():
        assert examiner.may_hold(file, on=ON, most_ways=0) == by_hand(file, ON), name

    def judged(*those: StaffFile) -> Row:
        return compare(
            "judge a staff file of the mixed pile, all reasons",
            ours=lambda: [examiner.may_hold(file, on=ON, most_ways=0) for file in those],
            floor=lambda: [by_hand(file, ON) for file in those],
            against="post 1 written out by hand, same explanation",
            at_most=3,
        )

    yield judged(*files.values())
