"""Who serves: workers and their files, what a post asks of them, and the cases they carry."""

from .caseload import Assignment, CaseloadLimit, StaffMember, WorkerAssigned, WorkerRelieved
from .claims import Claim
from .credentials import Credential, CredentialSort, Learning
from .experience import Served, Spell
from .qualifying import Condition, Examiner, Qualification, Step, Way, may_hold
from .schooling import Credits, CreditUnit, Degree, Level
from .staff_file import Ruling, StaffFile, Statement

__all__ = [
    "Assignment",
    "CaseloadLimit",
    "Claim",
    "Condition",
    "Credential",
    "CredentialSort",
    "CreditUnit",
    "Credits",
    "Degree",
    "Examiner",
    "Learning",
    "Level",
    "Qualification",
    "Ruling",
    "Served",
    "Spell",
    "StaffFile",
    "StaffMember",
    "Statement",
    "Step",
    "Way",
    "WorkerAssigned",
    "WorkerRelieved",
    "may_hold",
]
