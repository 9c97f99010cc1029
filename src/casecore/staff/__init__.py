"""Who serves: workers and their files, what a post asks of them, and the cases they carry."""

from .caseload import Assignment, CaseloadLimit, StaffMember, WorkerAssigned, WorkerRelieved
from .claims import Claim
from .credentials import Credential, CredentialSort, Learning
from .experience import Served, Spell
from .schooling import Credits, CreditUnit, Degree, Level
from .staff_file import Ruling, StaffFile, Statement

__all__ = [
    "Assignment",
    "CaseloadLimit",
    "Claim",
    "Credential",
    "CredentialSort",
    "CreditUnit",
    "Credits",
    "Degree",
    "Learning",
    "Level",
    "Ruling",
    "Served",
    "Spell",
    "StaffFile",
    "StaffMember",
    "Statement",
    "WorkerAssigned",
    "WorkerRelieved",
]
