"""``casecore qualify``: who may hold a post, of one staff file, a list of them, or a spreadsheet of applicants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from casecore.interchange import applicant_columns, read_json
from casecore.interchange.plain_json import LARGEST
from casecore.staff import Examiner, StaffFile
from casecore.staff.posts import Post, link_posts, read_post
from casecore.terms import Answer, CasecoreError, NotReadable, Problem, read

from .faults import COULD_NOT, lines_of
from .judged_sheet import judge_sheet
from .options import AsJson, Zone, day, today
from .plain import print_json
from .qualification_said import qualification_said, unreadable_said
from .qualification_shown import show_qualification

EXITS = {Answer.YES: 0, Answer.NO: 1, Answer.NOT_KNOWN: 3, Answer.NEEDS_JUDGEMENT: 3}
"""The exit code of each answer."""
WORST_FIRST = (COULD_NOT, 1, 3, 0)
"""Of several exit codes, the one that counts."""
SHEETS = (".csv", ".tsv")
"""How the name of a spreadsheet ends."""


class Asked(NamedTuple):
    """What is asked of every file."""

    post: Post
    on: date
    step: str | None
    posts: tuple[Post, ...]


def qualify(
    post: Annotated[Path, typer.Argument(metavar="POST.toml", help="What the post asks.", show_default=False)],
    files: Annotated[
        Path | None,
        typer.Argument(metavar="[STAFF.json|APPLICANTS.csv]", help="Who is to hold it.", show_default=False),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], metavar="DAY", help="The day asked about; today if not given."),
    ] = None,
    step: Annotated[str | None, typer.Option(metavar="STEP", help="Only what the post asks at this step.")] = None,
    others: Annotated[
        list[Path] | None, typer.Option("--with", metavar="FILE", help="A post it refers to. Can be repeated.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the answers about a spreadsheet go.", show_default=False)
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="Print the columns of an empty spreadsheet.")] = False,
    zone: Zone = "UTC",
    as_json: AsJson = False,
) -> None:
    """Who may hold a post: exit code 0 for yes, 1 for no, 3 for not known or needs judgement, 2 for unreadable."""
    is_sheet = files is not None and files.suffix.lower() in SHEETS
    _fits_together(files, out, is_sheet=is_sheet, template=template, as_json=as_json)
    posts = _read_all([post, *(others or [])])
    if template:
        typer.echo(",".join(f'"{name}"' if '"' in name or "," in name else name for name in _columns(posts)))
        return
    asked = Asked(posts[0], day(on) or today(zone), step, posts[1:])
    if files is not None and is_sheet:
        code = judge_sheet(files, out, post=asked.post, on=asked.on, step=step, posts=asked.posts)
    else:
        assert files is not None
        code = _judge_files(asked, files, as_json=as_json)
    if code:
        raise typer.Exit(code)


def _columns(posts: Sequence[Post]) -> Sequence[str]:
    return tuple(name.replace('"', '""') for name in applicant_columns(posts[0], posts[1:]))


def _fits_together(files: Path | None, out: Path | None, *, is_sheet: bool, template: bool, as_json: bool) -> None:
    problems = []
    if files is None and not template:
        problems.append(Problem("STAFF.json", "must be given, or --template"))
    if template and (files is not None or as_json):
        problems.append(Problem("--template", "must stand with the post alone"))
    if out is not None and not is_sheet:
        problems.append(Problem("--out", "must stand with a spreadsheet"))
    if is_sheet and as_json:
        problems.append(Problem("--json", "must not stand with a spreadsheet"))
    if problems:
        raise NotReadable(problems, what="command line")


def _read_all(paths: Sequence[Path]) -> tuple[Post, ...]:
    """The posts, linked, or everything that is wrong with any of them, each with its file."""
    posts: list[Post] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            posts.append(read_post(path))
        except NotReadable as found:
            problems.extend(_within(str(path), found.problems))
    if problems:
        raise NotReadable(problems, what="post")
    link_posts(posts)
    return tuple(posts)


def _within(file: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    return (Problem(f"{file}: {path}" if path else file, message) for path, message in problems)


def _judge_files(asked: Asked, path: Path, *, as_json: bool) -> int:
    """Judge one staff file or a list of them; the exit code of the worst."""
    data = _json_at(path)
    examiner = Examiner(asked.post, asked.posts)
    if not isinstance(data, list):
        return _judge_one(examiner, asked, read(data, StaffFile, what="staff file"), as_json=as_json)
    if not data:
        raise NotReadable([Problem("", "must hold at least one staff file")], what="staff file")
    codes = set()
    for place, each in enumerate(data):
        try:
            file = read(each, StaffFile, what="staff file")
            codes.add(_judge_one(examiner, asked, file, as_json=as_json, in_one_line=True))
            continue
        except CasecoreError as error:
            found = error
        codes.add(COULD_NOT)
        problems = found.problems if isinstance(found, NotReadable) else [Problem("", str(found))]
        told = NotReadable([problem.inside(f"[{place}]") for problem in problems], what="staff file")
        for line in lines_of(told):
            typer.echo(f"casecore: {line}", err=True)
        if as_json:
            print_json(unreadable_said(told.problems), in_one_line=True)
    return next(code for code in WORST_FIRST if code in codes)


def _judge_one(examiner: Examiner, asked: Asked, file: StaffFile, *, as_json: bool, in_one_line: bool = False) -> int:
    found = examiner.may_hold(file, on=asked.on, step=asked.step)
    if as_json:
        print_json(qualification_said(found, file.worker), in_one_line=in_one_line)
    else:
        show_qualification(found)
    return EXITS[found.answer]


def _json_at(path: Path) -> Any:
    data: bytes | None = None
    with suppress(OSError, ValueError), path.open("rb") as file:  # ValueError: a name with a NUL
        data = file.read(LARGEST + 1)
    if data is None:
        raise NotReadable([Problem("", "must be a file that can be opened")], what="staff file")
    return read_json(data, what="staff file")
