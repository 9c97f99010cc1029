"""
The linter: everything that is wrong with a rulebook's text, at once.

It reads as far as anything can be read, so a single wrong number hides no overlap elsewhere. What makes the reader
refuse the text is an error here; besides, there are errors that the reader cannot see (an invented source in a rulebook
of real law) and warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .flaws import Flaw, FlawCode
from .lint_editions import flaw_at, in_order, lint_days, lint_repeals, lint_source, unreadable
from .lint_layers import lint_layers
from .reading import Draft, DraftStandard, Heading, draft_of
from .rulebook import Layer, Rulebook
from .standard import Rule
from .toml_text import Text


def lint_rulebook(text: Text, rules: Mapping[str, type[Rule]], others: Iterable[Rulebook] = ()) -> tuple[Flaw, ...]:
    """
    Name every unreadable, contradictory, unsourced, overlapping or unreachable item of *text*.

    Args:
        text: TOML, or the path of a file of it.
        rules: The rule class that each word after ``asks`` stands for.
        others: The rulebooks it will stand beside. With them the linter also sees what contradicts or hides what. Other
            versions of the same rulebook among them are passed over.

    Returns:
        Errors first, each group in the order of the file. Nothing means: nothing found.
    """
    draft = draft_of(text, rules)
    flaws = [
        *(unreadable(problem) for problem in draft.problems),
        *_lint_heading(draft),
        *(flaw for standard in draft.standards for flaw in _lint_standard(standard, draft.heading)),
        *lint_layers(draft, others),
    ]
    for standard in draft.repeated():
        flaws.append(
            flaw_at(FlawCode.REPEATED_NAME, f"{standard.path}.name", "another standard bears it", standard.name)
        )
    return in_order(flaws)


def _lint_heading(draft: Draft) -> Iterator[Flaw]:
    heading = draft.heading
    if heading is None:
        return
    if not re.fullmatch(r"\d+(\.\d+)*", heading.version, re.ASCII):
        yield flaw_at(
            FlawCode.VERSION_FORM,
            "rulebook.version",
            "should be numbers joined by dots, so that nobody need guess which version is newer",
            warning=True,
        )
    if not draft.standards and not draft.problems:
        yield flaw_at(
            FlawCode.NO_STANDARDS, "standard", "asks for nothing: the rulebook holds no standard", warning=True
        )


def _lint_standard(standard: DraftStandard, heading: Heading | None) -> Iterator[Flaw]:
    if standard.complete and not standard.editions:
        yield flaw_at(FlawCode.NO_EDITIONS, f"{standard.path}.edition", "must hold at least one edition", standard.name)
    if standard.name is not None and not re.fullmatch(
        r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+", standard.name
    ):
        yield flaw_at(
            FlawCode.NAME_FORM,
            f"{standard.path}.name",
            "should have the form stage/what, in small letters, as in contacts/face-to-face",
            standard.name,
            warning=True,
        )
    yield from lint_days(standard.editions, standard.name)
    invented = None if heading is None else heading.invented
    for edition in standard.editions:
        yield from lint_source(edition, standard.name, invented=invented, what="rulebook")
    lonely = heading is not None and heading.layer is Layer.BASE
    yield from lint_repeals(standard.editions, standard.name, lonely=lonely)
