"""Workers, who is on a case, and how many cases one worker may carry."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from casecore.staff import Assignment, CaseloadLimit, StaffMember, WorkerAssigned, WorkerRelieved

from .terms import CASE_YEARS, Days, days, labels, refs


def staff_members(**fixed: Any) -> SearchStrategy[StaffMember]:
    """Workers with full or part time; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "worker": refs(),
        "name": st.none() | labels(),
        "share": st.sampled_from([0.2, 0.5, 0.8, 1.0]) | st.floats(0, 1),
    }
    return st.builds(StaffMember, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})


def workers_assigned(*, between: Days = CASE_YEARS, **fixed: Any) -> SearchStrategy[WorkerAssigned]:
    """A worker taking on a case on a day in *between*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {
        "assigned_on": days(between=between),
        "worker": refs(),
        "capacity": st.sampled_from(Assignment),
    }
    return st.builds(WorkerAssigned, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})


def workers_relieved(*, between: Days = CASE_YEARS, **fixed: Any) -> SearchStrategy[WorkerRelieved]:
    """A worker leaving a case on a day in *between*; any field can be fixed."""
    drawn: dict[str, SearchStrategy[Any]] = {"relieved_on": days(between=between), "worker": refs()}
    return st.builds(WorkerRelieved, **{**drawn, **{name: st.just(value) for name, value in fixed.items()}})


def caseload_limits() -> SearchStrategy[CaseloadLimit]:
    """Limits as agencies state them, and some that nobody would."""
    return st.builds(CaseloadLimit, at_most=st.sampled_from([10, 12, 15, 20, 30]) | st.integers(1, 1000))
