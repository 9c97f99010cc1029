"""May this person hold this post? The whole question, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..posts import Post
from ..staff_file import StaffFile
from .examiner import Examiner
from .qualification import Qualification


def may_hold(
    post: Post, file: StaffFile, *, on: date, step: str | None = None, posts: Iterable[Post] = ()
) -> Qualification:
    """
    Say whether somebody may hold a post on a day: yes, no, not known, or for a person to judge.

    Args:
        post: What the post asks; the edition that governs this worker on *on* is the one that asks.
        file: What is known of the worker. What came after *on* is not seen.
        on: The day asked about.
        step: One of the steps the edition names, as in ``examination``; without one, everything is asked.
        posts: Other posts that *post* refers to.

    Returns:
        A verdict with one part for each need. *Not known* only while an unknown or unverified fact could still change
        the answer; `missing` names such facts by their path in the file. *Needs judgement* where the facts are known
        and the post leaves the rest to an official whose ruling is not on file. Where it is no, or needs judgement, the
        cheapest ways to become qualified come with it, each of which was tried out.

    Raises:
        StandardNotInForce: The post has no edition on the day that governs.
        NotKnown: The edition has no such step.
        NotReadable: *post* refers to a post that is not among *posts*, or in a circle.

    Source:
        The edition's own citation, or the paragraph that a need cites; they travel on the verdict.
    """
    return Examiner(post, posts).may_hold(file, on=on, step=step)
