"""Who serves: workers and their files, what a post asks of them, who supervises them, and the cases they carry."""

from .approvals import Approval, ApprovalGivenBy, ApprovalTerms, approval_dues, approvers_of, may_approve
from .caseload import Assignment, CaseloadLimit, LimitRounding, StaffMember, WorkerAssigned, WorkerRelieved
from .claims import Claim
from .credentials import Credential, CredentialSort, Learning
from .duties import DutyCredentials, may_do
from .experience import Served, Spell
from .holding import CredentialAsked, holds_credential
from .lapses import DutyLost, duties_lost, next_lapse_day
from .learning_account import JudgedLearning, LearningAccount, PartCount, explain_learning
from .learning_dues import learning_dues
from .learning_minimum import LearningMinimum, LearningPart, LearningPer
from .learning_tally import LearningNotCounted
from .qualifying import Condition, Examiner, Qualification, Step, Way, may_hold, qualify_all
from .renewals import CredentialStanding, credential_dues, review_credential
from .schooling import Credits, CreditUnit, Degree, Level
from .span import SupervisionCount, SupervisionSpan, is_within_span, review_supervision_span
from .staff_file import Ruling, StaffFile, Statement
from .supervision import (
    Covering,
    Supervision,
    SupervisionCircle,
    SupervisionSort,
    acting_for,
    acting_supervisor_of,
    away_on,
    chain_above,
    review_no_circles,
    supervisor_of,
    supervisors_on,
)
from .weights import CaseWeight, CaseWeights

__all__ = [
    "Approval",
    "ApprovalGivenBy",
    "ApprovalTerms",
    "Assignment",
    "CaseWeight",
    "CaseWeights",
    "CaseloadLimit",
    "Claim",
    "Condition",
    "Covering",
    "Credential",
    "CredentialAsked",
    "CredentialSort",
    "CredentialStanding",
    "CreditUnit",
    "Credits",
    "Degree",
    "DutyCredentials",
    "DutyLost",
    "Examiner",
    "JudgedLearning",
    "Learning",
    "LearningAccount",
    "LearningMinimum",
    "LearningNotCounted",
    "LearningPart",
    "LearningPer",
    "Level",
    "LimitRounding",
    "PartCount",
    "Qualification",
    "Ruling",
    "Served",
    "Spell",
    "StaffFile",
    "StaffMember",
    "Statement",
    "Step",
    "Supervision",
    "SupervisionCircle",
    "SupervisionCount",
    "SupervisionSort",
    "SupervisionSpan",
    "Way",
    "WorkerAssigned",
    "WorkerRelieved",
    "acting_for",
    "acting_supervisor_of",
    "approval_dues",
    "approvers_of",
    "away_on",
    "chain_above",
    "credential_dues",
    "duties_lost",
    "explain_learning",
    "holds_credential",
    "is_within_span",
    "learning_dues",
    "may_approve",
    "may_do",
    "may_hold",
    "next_lapse_day",
    "qualify_all",
    "review_credential",
    "review_no_circles",
    "review_supervision_span",
    "supervisor_of",
    "supervisors_on",
]
