"""
The linter of posts: everything that is wrong with a post's text, at once.

What makes the reader refuse the text is an error here. Besides, there are errors that the reader cannot see, such as a
route that nobody can ever go, and warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from casecore.standards import Flaw, FlawCode
from casecore.standards.editions import DraftEdition, standard_of
from casecore.standards.lint_editions import flaw_at, in_order, lint_days, lint_repeals, lint_source, unreadable
from casecore.standards.toml_text import Text
from casecore.terms import NotReadable, field_names

from .linking import link_posts
from .lint_floors import lint_floors
from .lint_routes import lint_routes
from .lint_units import lint_units
from .lint_unmet import lint_unmet
from .lint_words import lint_words
from .post import Post
from .qualifications import Qualifications, with_lists_spelled_out
from .reading import PostDraft, PostHeading, draft_of_post


def lint_post(text: Text, others: Iterable[Post] = ()) -> tuple[Flaw, ...]:
    """
    Name every unreadable, unsourced, contradictory, hidden or idle item of *text*.

    Args:
        text: TOML, or the path of a file of it.
        others: The posts it may refer to.

    Returns:
        Errors first, each group in the order of the file. Nothing means: nothing found.
    """
    draft = draft_of_post(text)
    name = None if draft.heading is None else draft.heading.name
    flaws = [unreadable(problem) for problem in draft.problems]
    flaws += _lint_heading(draft, name)
    flaws += _lint_references(draft, tuple(others))
    for edition, last in _with_ends(draft.editions):
        value = edition.value
        if isinstance(value, Qualifications):
            path = f"{edition.path}.value"
            flaws += lint_words(value, path, name)
            asked = with_lists_spelled_out(value)
            for lint in (lint_floors, lint_routes, lint_units):
                flaws += lint(asked, path, name)
            governed_by = None if draft.heading is None else draft.heading.governed_by
            flaws += lint_unmet(asked, path, name, governed_by=governed_by, in_force=(edition.since, last))
    return in_order(flaws)


def _lint_heading(draft: PostDraft, name: str | None) -> Iterator[Flaw]:
    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        message = "should be words in small letters joined by -, as in intensive-case-manager"
        yield flaw_at(FlawCode.NAME_FORM, "post.name", message, name, warning=True)
    if draft.is_whole and not draft.editions:
        yield flaw_at(FlawCode.NO_EDITIONS, "edition", "must hold at least one edition", name)
    yield from lint_days(draft.editions, name)
    invented = None if draft.heading is None else draft.heading.invented
    for edition in draft.editions:
        yield from lint_source(edition, name, invented=invented, what="post")
    yield from lint_repeals(draft.editions, name, lonely=True)


def _lint_references(draft: PostDraft, others: Sequence[Post]) -> Iterator[Flaw]:
    """What stands in the way of reading this post together with the others; the flaws of those are not told here."""
    if draft.heading is None or not draft.is_whole:
        return
    heading = {name: getattr(draft.heading, name) for name in field_names(PostHeading)}
    try:
        post = Post(asks=standard_of(draft.heading.name, draft.editions, ""), **heading)
    except NotReadable:
        return  # its days are told of elsewhere
    if any(other.name == post.name for other in others):
        yield flaw_at(FlawCode.REPEATED_NAME, "post.name", "another post bears it", post.name)
    try:
        link_posts([post, *(other for other in others if other.name != post.name)])
    except NotReadable as found:
        for problem in found.problems:
            if problem.path.startswith("posts[0]."):
                path = problem.path.removeprefix("posts[0].")
                if problem.message.startswith("must not lead back"):
                    yield flaw_at(FlawCode.CIRCULAR, path, problem.message, post.name)
                else:
                    yield flaw_at(FlawCode.UNKNOWN_POST, path, "names no post that was given", post.name)


def _with_ends(editions: tuple[DraftEdition, ...]) -> Iterator[tuple[DraftEdition, date | None]]:
    """Each edition with the first day on which it is no longer in force."""
    for edition in editions:
        later = [each.since for each in editions if each.since > edition.since]
        ends = [*later, *([edition.until] if edition.until is not None else [])]
        yield edition, min(ends) if ends else None
