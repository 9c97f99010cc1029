"""Strategies for what a host hands to the desk when it takes over an older system's cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.agency import OldEntry

from .entries import entries
from .terms import instants, refs


def old_entries(
    *, recorded_at: SearchStrategy[datetime | None] | None = None, **fixed: Any
) -> SearchStrategy[OldEntry]:
    """Entries as an existing system kept them, some without the time of writing; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "entry_id": refs(),
        "entry": entries(),
        "by": refs(),
        "recorded_at": (st.none() | instants()) if recorded_at is None else recorded_at,
    }
    return st.builds(OldEntry, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})
