"""Which of these people may hold this post? One question for any number of staff files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from ..posts import Post
from ..staff_file import StaffFile
from .examiner import Examiner
from .qualification import Qualification


def qualify_all(
    post: Post,
    files: Iterable[StaffFile],
    *,
    on: date,
    step: str | None = None,
    posts: Iterable[Post] = (),
    most_ways: int = 5,
) -> Iterator[Qualification]:
    """
    Say of each worker or applicant whether they may hold a post; what `may_hold` says, one after the other.

    The post is made ready once, at the call. A file is taken and judged when its answer is asked for, and neither is
    kept: any number takes the memory of one. To show progress, wrap *files* or the answers in what counts them.

    Args:
        post, on, step, posts: As for `may_hold`.
        files: The staff files, in any order; the answers come in the same.
        most_ways: How many ways to become qualified are looked for; without any, a no is much quicker.

    Raises:
        NotReadable: At the call; *post* refers to a post that is not among *posts*, or in a circle.
        StandardNotInForce, NotKnown: At one answer, as `may_hold` raises them; the next answer can still be asked for.
    """
    return map(partial(Examiner(post, posts).may_hold, on=on, step=step, most_ways=most_ways), files)
