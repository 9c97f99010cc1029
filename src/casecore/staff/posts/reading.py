"""
A post's text, read: TOML in, a `Post` out, or every problem at once with its path.

The paths are those of the file, counting from 0: ``edition[0].value.needs.any_of[1].experience.at_least``. A problem
never repeats what stands there, since the wrong file may have been handed in.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from casecore.standards.editions import DraftEdition, draft_editions, read_table, standard_of
from casecore.standards.toml_text import Text, plain_toml
from casecore.terms import Label, NotReadable, Problem, Value, field_names

from .needs import StaffDay
from .post import Post
from .qualifications import Qualifications


@attrs.frozen(kw_only=True)
class PostFile(Value):
    """The whole file."""

    post: Any
    edition: Any


@attrs.frozen(kw_only=True)
class PostHeading(Value):
    """The file's ``[post]`` table."""

    name: Label
    title: Label
    employer: Label | None = None
    governed_by: StaffDay = StaffDay.ASKED
    invented: bool = False


class PostDraft(NamedTuple):
    """A post as far as it could be read, with what could not; *is_whole* where all its editions could."""

    heading: PostHeading | None
    editions: tuple[DraftEdition, ...]
    problems: tuple[Problem, ...]
    is_whole: bool


def read_post(text: Text) -> Post:
    """
    The post that *text* holds.

    Args:
        text: TOML in the form of ``docs/reference/post-format.md``, or the path of such a file; UTF-8, up to 5 MB.

    Raises:
        NotReadable: With everything that cannot be read, each with its path, never with what stands there.
    """
    draft = draft_of_post(text)
    problems, heading = list(draft.problems), draft.heading
    if draft.is_whole:
        try:
            asks = standard_of("post" if heading is None else heading.name, draft.editions, "")
        except NotReadable as found:
            problems.extend(found.problems)
        else:
            if heading is not None and not problems:
                return Post(asks=asks, **{name: getattr(heading, name) for name in field_names(PostHeading)})
    raise NotReadable(problems, what="post")


def draft_of_post(text: Text) -> PostDraft:
    """*text* as far as it can be read: what the linter looks at and the reader insists on."""
    try:
        table = plain_toml(text, what="post")
    except NotReadable as found:
        return PostDraft(None, (), found.problems, False)
    problems: list[Problem] = []
    read_table(table, PostFile, "", problems)
    heading = read_table(table["post"], PostHeading, "post", problems) if "post" in table else None
    before = len(problems)
    editions = draft_editions(table.get("edition", []), "edition", Qualifications, problems)
    is_whole = "edition" in table and len(problems) == before
    return PostDraft(heading, editions, tuple(problems), is_whole)


def is_post_text(text: Text) -> bool:
    """Whether *text* is TOML with a ``[post]`` table, so that it is meant as a post and no rulebook."""
    try:
        return "post" in plain_toml(text, what="post")
    except NotReadable:
        return False
