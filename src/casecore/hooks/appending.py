"""What every store asks of an append, whatever it keeps its bytes in. A store of your own may use it or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casecore.terms import NotReadable, Problem

from .stored import IndexRow, StoredEntry

_ENTRY_TYPES = (str, str, int, str, int, str, str, bytes)
_ROW_TYPES = (str, int, str, str, str, str, str, bytes, bytes)
_BEYOND = 1 << 63


def check_append(entries: Sequence[StoredEntry], index: Sequence[IndexRow], expected: Mapping[str, int]) -> None:
    """
    Refuse an append that contradicts itself: the part that can be judged without looking into the store.

    Fields have exactly the types that the protocol names (no subclasses: what is kept must come back equal); ids stand
    once; *expected* names the cases of *entries* and no others; numbers go on from there; an index row belongs to a
    case of *entries*, one a case, and takes its last line into account.

    Raises:
        NotReadable: With every problem found.
    """
    if len(entries) == len(index) == len(expected) == 1 and _plainly_next(entries[0], index[0], expected):
        return
    if not _plainly_right(entries, index, expected):
        problems = list(_problems(entries, index, expected))
        if problems:
            raise NotReadable(problems, what="append")


def check_index(rows: Sequence[IndexRow], path: str = "rows") -> None:
    """
    Refuse index rows with fields of other types than the protocol names, or two for one case.

    Raises:
        NotReadable: With every problem found.
    """
    problems = list(_row_problems(rows, path))
    if problems:
        raise NotReadable(problems, what="index")


def check_feed(after: int, limit: int) -> None:
    """
    Refuse a question to the feed that has no answer.

    Raises:
        NotReadable: *after* is not a position or 0, or *limit* is less than 1.
    """
    problems = []
    if type(after) is not int or not 0 <= after < _BEYOND:
        problems.append(Problem("after", "must be a position that was told, or 0"))
    if type(limit) is not int or not 1 <= limit < _BEYOND:
        problems.append(Problem("limit", "must be a whole number from 1"))
    if problems:
        raise NotReadable(problems, what="feed")


def settle_append(entries: Sequence[StoredEntry], kept: Mapping[str, StoredEntry]) -> tuple[StoredEntry, ...] | None:
    """
    Tell a retry from a conflict, once the store has refused an append.

    Args:
        entries: What was to be written.
        kept: What the store holds under ids of *entries*.

    Returns:
        The lines stored the first time, where the call is a retry; nothing where none of its ids is known.

    Raises:
        NotReadable: An id is there with other content, or only some ids of the call are there.
    """
    if not kept:
        return None
    problems = []
    for place, entry in enumerate(entries):
        there = kept.get(entry.entry_id)
        if there is None:
            problems.append(Problem(f"entries[{place}]", "is new in a call of which other entries are already kept"))
        elif not same_content(there, entry):
            problems.append(Problem(f"entries[{place}].entry_id", "is already kept with other content"))
    if problems:
        raise NotReadable(problems, what="append")
    return tuple(kept[entry.entry_id] for entry in entries)


def same_content(one: StoredEntry, other: StoredEntry) -> bool:
    """Whether two lines say the same: case, kind, form, writer and body. Their numbers and instants may differ."""
    return (one.case, one.kind, one.form, one.by, one.body) == (
        other.case,
        other.kind,
        other.form,
        other.by,
        other.body,
    )


def _plainly_next(entry: StoredEntry, row: IndexRow, expected: Mapping[str, int]) -> bool:
    """
    Whether `_problems` has nothing to say of one line with its row: what a desk does all day.

    Looking at each type in turn takes half the time of comparing tuples of types, which was a twentieth of an append.
    """
    try:
        entry_id, case, number, kind, form, recorded_at, by, body = entry
        of, last, worker, program, rules, valid_from, look_again_on, dues, findings = row
    except ValueError:  # a tuple of another length
        return False
    return (
        type(entry_id) is type(case) is type(kind) is type(recorded_at) is type(by) is str
        and type(of) is type(worker) is type(program) is type(rules) is type(valid_from) is type(look_again_on) is str
        and type(number) is type(form) is type(last) is int
        and type(body) is type(dues) is type(findings) is bytes
        and type(before := expected.get(case)) is int
        and 0 <= before == number - 1
        and number == last
        and case == of
    )


def _plainly_right(entries: Sequence[StoredEntry], index: Sequence[IndexRow], expected: Mapping[str, int]) -> bool:
    """Whether `_problems` has nothing to say, at a tenth of its cost: every append of many lines pays for this."""
    for number in expected.values():
        if type(number) is not int or number < 0:
            return False
    last = dict(expected)
    for entry in entries:
        if tuple(map(type, entry)) != _ENTRY_TYPES:
            return False
        case, number = entry[1], entry[2]
        if last.get(case, -2) + 1 != number or number < 1:
            return False
        last[case] = number
    for row in index:
        if tuple(map(type, row)) != _ROW_TYPES or last.get(row[0]) != row[1]:
            return False
    return (
        len({entry[0] for entry in entries}) == len(entries)
        and len({entry[1] for entry in entries}) == len(expected)
        and len({row[0] for row in index}) == len(index)
    )


def _problems(
    entries: Sequence[StoredEntry], index: Sequence[IndexRow], expected: Mapping[str, int]
) -> Iterator[Problem]:
    if any(type(number) is not int or number < 0 for number in expected.values()):
        yield Problem("expected", "must be whole numbers, 0 for a new case")
        return
    last: dict[str, int] = dict(expected)
    ids: set[str] = set()
    cases: set[str] = set()
    for place, entry in enumerate(entries):
        path = f"entries[{place}]"
        wrong = list(_type_problems(entry, _ENTRY_TYPES, path))
        yield from wrong
        if wrong:
            continue
        if entry.entry_id in ids:
            yield Problem(f"{path}.entry_id", "must not stand twice in one call")
        ids.add(entry.entry_id)
        cases.add(entry.case)
        if entry.case not in expected:
            yield Problem("expected", f"must name the case of {path}")
        elif entry.number != last[entry.case] + 1:
            yield Problem(f"{path}.number", "must go on from the line before it")
        last[entry.case] = entry.number
    if expected.keys() - cases:
        yield Problem("expected", "must not name a case to which nothing is written")
    wrong = list(_row_problems(index, "index"))
    yield from wrong
    if wrong:
        return
    for place, row in enumerate(index):
        if row.case not in cases:
            yield Problem(f"index[{place}].case", "must be a case to which something is written")
        elif row.number != last[row.case]:
            yield Problem(f"index[{place}].number", "must be the number of the case's last line in this call")


def _row_problems(rows: Sequence[IndexRow], path: str) -> Iterator[Problem]:
    cases: set[str] = set()
    for place, row in enumerate(rows):
        wrong = list(_type_problems(row, _ROW_TYPES, f"{path}[{place}]"))
        yield from wrong
        if not wrong and row.case in cases:
            yield Problem(f"{path}[{place}].case", "must not stand twice in one call")
        if not wrong:
            cases.add(row.case)


_NAMES = {str: "text", int: "a whole number", bytes: "bytes"}


def _type_problems(line: StoredEntry | IndexRow, types: tuple[type, ...], path: str) -> Iterator[Problem]:
    if len(line) != len(types):
        yield Problem(path, f"must have {len(types)} fields")
        return
    for name, part, kind in zip(line._fields, line, types, strict=True):
        if type(part) is not kind:
            yield Problem(f"{path}.{name}", f"must be {_NAMES[kind]}")
