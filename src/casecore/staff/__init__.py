"""Who serves: workers, and the cases they carry."""

from .caseload import Assignment, CaseloadLimit, StaffMember, WorkerAssigned, WorkerRelieved

__all__ = ["Assignment", "CaseloadLimit", "StaffMember", "WorkerAssigned", "WorkerRelieved"]
