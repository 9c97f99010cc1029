"""What is wrong with the editions of a standard or of a post: their days, their sources, their repeals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from casecore.terms import Problem

from .editions import DraftEdition
from .flaws import Flaw, FlawCode, Severity


def flaw_at(code: FlawCode, path: str, message: str, name: str | None = None, *, warning: bool = False) -> Flaw:
    """A flaw of what is called *name*."""
    severity = Severity.WARNING if warning else Severity.ERROR
    return Flaw(severity=severity, code=code, path=path, message=message, standard=name)


def in_order(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """Errors first, each group in the order of the file, the heading first."""
    return tuple(sorted(flaws, key=lambda flaw: (flaw.severity.value, _place(flaw.path))))


def _place(path: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\[(\d+)\]", path))


def unreadable(problem: Problem) -> Flaw:
    """What the reader refuses, as a flaw."""
    unsourced = re.search(r"\.source(\.cite)?$", problem.path) and problem.message in (
        "is missing",
        "must not be empty",
    )
    return flaw_at(FlawCode.UNSOURCED if unsourced else FlawCode.UNREADABLE, problem.path, problem.message)


def lint_days(editions: Sequence[DraftEdition], name: str | None) -> Iterator[Flaw]:
    """Editions out of order, overlapping, never in force, or with days between them."""
    for edition in editions:
        if edition.never_begins:
            yield flaw_at(FlawCode.UNREACHABLE, f"{edition.path}.until", "ends on or before the day it begins", name)
    for older, newer in pairwise(editions):
        if newer.since < older.since:
            yield flaw_at(FlawCode.OUT_OF_ORDER, f"{newer.path}.since", "must be after the edition before it", name)
    ends = None
    for older, newer in pairwise(sorted(editions, key=lambda edition: edition.since)):
        if older.until is not None and (ends is None or older.until > ends):
            ends = older.until
        if newer.since == older.since:
            yield flaw_at(
                FlawCode.UNREACHABLE, f"{older.path}.since", "begins on the same day as a later edition", name
            )
        elif ends is not None and newer.since < ends:
            yield flaw_at(
                FlawCode.OVERLAPPING,
                f"{newer.path}.since",
                "lies inside an edition before it, which has an until",
                name,
            )
        elif older.until is not None and older.until < newer.since:
            yield flaw_at(
                FlawCode.GAP,
                f"{newer.path}.since",
                "leaves days after the edition before it on which nothing here is in force",
                name,
                warning=True,
            )


def lint_source(edition: DraftEdition, name: str | None, *, invented: bool | None, what: str) -> Iterator[Flaw]:
    """An invented source in *what* is real, a source that does not say it is invented, one nobody can look up."""
    source, path = edition.source, f"{edition.path}.source"
    if invented is False and source.invented:
        yield flaw_at(FlawCode.INVENTED_SOURCE, path, f"is invented, and the {what} does not say that it is", name)
    if invented and not source.invented:
        yield flaw_at(
            FlawCode.NOT_MARKED_INVENTED,
            path,
            f"stands in an invented {what} and should itself say invented = true: it travels alone on findings",
            name,
            warning=True,
        )
    if not source.invented and source.url is None and source.read_on is None and source.note is None:
        yield flaw_at(
            FlawCode.SOURCE_NOT_TRACEABLE,
            path,
            "should say where (url) or when (read_on) it was read, or why neither is known (note)",
            name,
            warning=True,
        )


def lint_repeals(editions: Sequence[DraftEdition], name: str | None, *, lonely: bool) -> Iterator[Flaw]:
    """A repeal after a repeal, or, where nothing stands below (*lonely*), one of what never was."""
    for place, edition in enumerate(editions):
        before = editions[place - 1] if place else None
        if edition.value is None and (before.value is None if before is not None else lonely):
            yield flaw_at(
                FlawCode.REPEALS_NOTHING, f"{edition.path}.repealed", "has nothing to repeal", name, warning=True
            )
