"""A spreadsheet of applicants judged: answers in another one, progress on the terminal, nothing left half-written."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from casecore.interchange import AnsweredRow, Applicants, lines_of, qualify_applicants, write_answers
from casecore.staff.posts import Post
from casecore.terms import NotReadable, Problem

from .faults import COULD_NOT

MOST_TOLD = 20
"""How many problems are told on the terminal; all of them stand in the answers."""
ROWS_BETWEEN = 100
"""Rows between two looks at how far the reading has come."""


def judge_sheet(path: Path, out: Path | None, *, post: Post, on: date, step: str | None, posts: Iterable[Post]) -> int:
    """
    Judge every row, and write the answers to *out*, or print them; the exit code.

    Raises:
        NotReadable: The sheet has no heading to go by, or a file cannot be opened; then nothing is written.
    """
    answers: Counter[str] = Counter()
    if out is not None and _is_same(path, out):
        raise NotReadable([Problem("--out", "must not be the spreadsheet of the applicants")], what="command line")
    with _opened(path) as text:
        applicants = Applicants(lines_of(text))
        answered = qualify_applicants(post, applicants, on=on, step=step, posts=posts)
        counted = _shown(_told(answered, answers), text)
        with _written(out) as sheet:
            if applicants.has_mark:
                sheet.write("\ufeff")
            write_answers(counted, sheet, separator=applicants.separator)
    total = sum(answers.values())
    told = ", ".join(f"{count:,} {answer}" for answer, count in sorted(answers.items()))
    typer.echo(f"casecore: {total:,} rows{': ' if told else ''}{told}", err=True)
    return COULD_NOT if answers["unreadable"] else 0


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # not there, or no name of a file: told when it is opened
        return False


def _told(answered: Iterable[AnsweredRow], answers: Counter[str]) -> Iterator[AnsweredRow]:
    """The answers as they come, counted, with the first problems told."""
    left = MOST_TOLD
    for each in answered:
        answers[each.answer] += 1
        for problem in each.problems[:left]:
            typer.echo(f"casecore: applicants: {problem}", err=True)
        if each.problems and left <= len(each.problems):
            if left:
                typer.echo("casecore: applicants: further problems stand in the answers only", err=True)
            left = 0
        left -= min(left, len(each.problems))
        yield each


def _shown(answered: Iterator[AnsweredRow], text: TextIO) -> Iterator[AnsweredRow]:
    """The answers as they come, with a bar on a terminal that tells how much of the file is read."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from answered
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        size = os.fstat(text.fileno()).st_size
        task = progress.add_task("Judging", total=size or None)
        for number, each in enumerate(answered):
            if number % ROWS_BETWEEN == 0:
                progress.update(task, completed=_so_far(text))
            yield each
        progress.update(task, completed=size)


def _so_far(text: TextIO) -> int:
    return text.buffer.tell()


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    text: TextIO | None = None
    with suppress(OSError, ValueError):  # ValueError: a name with a NUL
        # bytes that are not UTF-8 become half characters, and so a problem of their row alone
        text = path.open(encoding="utf-8", errors="surrogateescape", newline="")
    if text is None:
        raise NotReadable([Problem("", "must be a file that can be opened")], what="applicants")
    with text:
        yield text


@contextmanager
def _written(out: Path | None) -> Iterator[TextIO]:
    """A file that takes its place when it is whole, and leaves nothing behind when it is not; or what is printed."""
    if out is None:
        yield sys.stdout
        return
    made: tuple[int, str] | None = None
    if not out.is_dir():
        with suppress(OSError, ValueError):  # ValueError: a name with a NUL
            made = tempfile.mkstemp(".part", f".{out.name}.", out.parent)
    if made is None:
        raise NotReadable([Problem("--out", "must be a file that can be written")], what="command line")
    try:
        with open(made[0], "w", encoding="utf-8", newline="") as sheet:
            yield sheet
        os.replace(made[1], out)
    except BaseException:
        with suppress(OSError):
            os.unlink(made[1])
        raise
