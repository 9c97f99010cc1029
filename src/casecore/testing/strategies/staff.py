"""Strategies for who works on a case. All values are legal."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from casecore.staff import Assignment, CaseloadLimit, StaffMember, WorkerAssigned, WorkerRelieved

from .terms import CASE_YEARS, labels, refs

Days = tuple[date, date]


def _workers(worker: str | None) -> st.SearchStrategy[str]:
    return st.sampled_from(("w-1", "w-2", "w-3")) if worker is None else st.just(worker)


def staff_members(*, worker: str | None = None) -> st.SearchStrategy[StaffMember]:
    """Workers, full time and part time."""
    return st.builds(
        StaffMember,
        worker=_workers(worker),
        name=st.none() | labels(),
        supervisor=st.none() | refs(),
        share=st.sampled_from((0.0, 0.2, 0.5, 0.8, 1.0)),
    )


def workers_assigned(
    *, between: Days = CASE_YEARS, worker: str | None = None, capacity: Assignment | None = None
) -> st.SearchStrategy[WorkerAssigned]:
    """Workers taking on a case, in any capacity."""
    return st.builds(
        WorkerAssigned,
        assigned_on=st.dates(*between),
        worker=_workers(worker),
        capacity=st.sampled_from(Assignment) if capacity is None else st.just(capacity),
    )


def workers_relieved(*, between: Days = CASE_YEARS, worker: str | None = None) -> st.SearchStrategy[WorkerRelieved]:
    """Workers leaving a case."""
    return st.builds(WorkerRelieved, relieved_on=st.dates(*between), worker=_workers(worker))


def caseload_limits() -> st.SearchStrategy[CaseloadLimit]:
    """How many cases a worker may carry."""
    return st.builds(CaseloadLimit, at_most=st.integers(1, 60))
