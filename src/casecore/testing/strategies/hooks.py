"""Lines and index rows as a store is handed them, with ids that a careless store takes for one another."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.hooks import IndexRow, StoredEntry

CONFUSABLE = (
    "C-1",
    "c-1",
    "C-1 ",
    " C-1",
    "C-10",
    "C-01",
    "C-",
    "C-%",
    "C_1",
    "C-1'",
    "1",
    "01",
    "1.0",
    "caf\u00e9",
    "cafe\u0301",
    "CAF\u00c9",
    "C-1\u200b",
    "C\u20111",
    "\uff23-1",
    "\U0001f4c1",
)
"""Ids that differ only by case, space, prefix, digits' form, Unicode form, or what no eye sees."""


def ids() -> SearchStrategy[str]:
    """Ids: often one of `CONFUSABLE`, otherwise any text without NUL and lone surrogates."""
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
    return st.one_of(st.sampled_from(CONFUSABLE), anything)


def instants() -> SearchStrategy[str]:
    """Instants as a store keeps them: ISO 8601 in UTC with microseconds."""
    return st.datetimes().map(lambda at: f"{at.isoformat(timespec='microseconds')}+00:00")


def days(*, or_none: bool = False) -> SearchStrategy[str]:
    """Days as a store keeps them; with *or_none* also the empty text."""
    some = st.dates().map(lambda day: day.isoformat())
    return st.one_of(st.just(""), some) if or_none else some


def bodies() -> SearchStrategy[bytes]:
    """Bodies: any bytes, for a store does not look inside."""
    return st.one_of(st.sampled_from((b"{}", b"", b"\0", b"\xff\xfe")), st.binary(max_size=60))


_IDS = ids()
_NUMBERS = st.integers(1, 10_000)
_WORKERS = st.one_of(st.just(""), _IDS)


def stored_entries(
    *,
    entry_ids: SearchStrategy[str] = _IDS,
    cases: SearchStrategy[str] = _IDS,
    numbers: SearchStrategy[int] = _NUMBERS,
) -> SearchStrategy[StoredEntry]:
    """Lines; their numbers need not go on from anything."""
    return st.builds(
        StoredEntry,
        entry_id=entry_ids,
        case=cases,
        number=numbers,
        kind=st.sampled_from(("contact", "admission", "plan-signed", "correction")),
        form=st.integers(1, 9),
        recorded_at=instants(),
        by=_IDS,
        body=bodies(),
    )


def index_rows(
    *,
    cases: SearchStrategy[str] = _IDS,
    numbers: SearchStrategy[int] = _NUMBERS,
    workers: SearchStrategy[str] = _WORKERS,
) -> SearchStrategy[IndexRow]:
    """Index rows."""
    return st.builds(
        IndexRow,
        case=cases,
        number=numbers,
        worker=workers,
        program=st.sampled_from(("", "icm", "scm")),
        rules=st.sampled_from(("ny-icm@2024.12", "ny-icm@2024.12 house@3")),
        valid_from=days(),
        look_again_on=days(or_none=True),
        dues=bodies(),
        findings=bodies(),
    )
