"""
The linter: everything that is wrong with a rulebook's text, at once.

It reads as far as anything can be read, so a single wrong number hides no overlap elsewhere. What makes the reader
refuse the text is an error here; besides, there are errors that the reader cannot see (an invented source in a rulebook
of real law) and warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from casecore.terms import Problem

from .flaws import Flaw, FlawCode, Severity
from .lint_layers import lint_layers
from .reading import Draft, DraftEdition, DraftStandard, Heading, draft_of
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
        *(_unreadable(problem) for problem in draft.problems),
        *_lint_heading(draft),
        *(flaw for standard in draft.standards for flaw in _lint_standard(standard, draft.heading)),
        *lint_layers(draft, others),
    ]
    for standard in draft.repeated():
        flaws.append(_flaw(FlawCode.REPEATED_NAME, f"{standard.path}.name", "another standard bears it", standard))
    return tuple(sorted(flaws, key=lambda flaw: (flaw.severity.value, _place(flaw.path))))


def _flaw(
    code: FlawCode, path: str, message: str, standard: DraftStandard | None = None, *, warning: bool = False
) -> Flaw:
    severity = Severity.WARNING if warning else Severity.ERROR
    return Flaw(severity=severity, code=code, path=path, message=message, standard=standard.name if standard else None)


def _place(path: str) -> tuple[int, ...]:
    """Where in the file, the heading first."""
    return tuple(int(number) for number in re.findall(r"\[(\d+)\]", path))


def _unreadable(problem: Problem) -> Flaw:
    unsourced = re.search(r"\.source(\.cite)?$", problem.path) and problem.message in (
        "is missing",
        "must not be empty",
    )
    return _flaw(FlawCode.UNSOURCED if unsourced else FlawCode.UNREADABLE, problem.path, problem.message)


def _lint_heading(draft: Draft) -> Iterator[Flaw]:
    heading = draft.heading
    if heading is None:
        return
    if not re.fullmatch(r"\d+(\.\d+)*", heading.version, re.ASCII):
        yield _flaw(
            FlawCode.VERSION_FORM,
            "rulebook.version",
            "should be numbers joined by dots, so that nobody need guess which version is newer",
            warning=True,
        )
    if not draft.standards and not draft.problems:
        yield _flaw(FlawCode.NO_STANDARDS, "standard", "asks for nothing: the rulebook holds no standard", warning=True)


def _lint_standard(standard: DraftStandard, heading: Heading | None) -> Iterator[Flaw]:
    if standard.complete and not standard.editions:
        yield _flaw(FlawCode.NO_EDITIONS, f"{standard.path}.edition", "must hold at least one edition", standard)
    if standard.name is not None and not re.fullmatch(
        r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+", standard.name
    ):
        yield _flaw(
            FlawCode.NAME_FORM,
            f"{standard.path}.name",
            "should have the form stage/what, in small letters, as in contacts/face-to-face",
            standard,
            warning=True,
        )
    yield from _lint_days(standard)
    for edition in standard.editions:
        yield from _lint_source(edition, standard, heading)
    yield from _lint_repeals(standard, heading)


def _lint_days(standard: DraftStandard) -> Iterator[Flaw]:
    for edition in standard.editions:
        if edition.never_begins:
            yield _flaw(FlawCode.UNREACHABLE, f"{edition.path}.until", "ends on or before the day it begins", standard)
    for older, newer in pairwise(standard.editions):
        if newer.since < older.since:
            yield _flaw(FlawCode.OUT_OF_ORDER, f"{newer.path}.since", "must be after the edition before it", standard)
    ends = None
    for older, newer in pairwise(sorted(standard.editions, key=lambda edition: edition.since)):
        if older.until is not None and (ends is None or older.until > ends):
            ends = older.until
        if newer.since == older.since:
            yield _flaw(
                FlawCode.UNREACHABLE, f"{older.path}.since", "begins on the same day as a later edition", standard
            )
        elif ends is not None and newer.since < ends:
            yield _flaw(
                FlawCode.OVERLAPPING,
                f"{newer.path}.since",
                "lies inside an edition before it, which has an until",
                standard,
            )
        elif older.until is not None and older.until < newer.since:
            yield _flaw(
                FlawCode.GAP,
                f"{newer.path}.since",
                "leaves days after the edition before it on which nothing here is in force",
                standard,
                warning=True,
            )


def _lint_source(edition: DraftEdition, standard: DraftStandard, heading: Heading | None) -> Iterator[Flaw]:
    source, path = edition.source, f"{edition.path}.source"
    if heading is not None and source.invented and not heading.invented:
        yield _flaw(FlawCode.INVENTED_SOURCE, path, "is invented, and the rulebook does not say that it is", standard)
    if heading is not None and heading.invented and not source.invented:
        yield _flaw(
            FlawCode.NOT_MARKED_INVENTED,
            path,
            "stands in an invented rulebook and should itself say invented = true: it travels alone on findings",
            standard,
            warning=True,
        )
    if not source.invented and source.url is None and source.read_on is None and source.note is None:
        yield _flaw(
            FlawCode.SOURCE_NOT_TRACEABLE,
            path,
            "should say where (url) or when (read_on) it was read, or why neither is known (note)",
            standard,
            warning=True,
        )


def _lint_repeals(standard: DraftStandard, heading: Heading | None) -> Iterator[Flaw]:
    """A repeal after a repeal, or one on the most general layer of what never was."""
    lonely = heading is not None and heading.layer is Layer.BASE
    for place, edition in enumerate(standard.editions):
        before = standard.editions[place - 1] if place else None
        if edition.value is None and (before.value is None if before is not None else lonely):
            yield _flaw(
                FlawCode.REPEALS_NOTHING, f"{edition.path}.repealed", "has nothing to repeal", standard, warning=True
            )
