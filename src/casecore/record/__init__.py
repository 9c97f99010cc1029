"""The case record: what was entered, what stands, what may be written next, and what it all comes to."""

from .amendments import Amendment, Correction, LateEntry, LateEntryLimits, StrikeOut, fact_of
from .answers import contact_accounts, eligibility_of, readiness_of, summary_of
from .case_record import CaseRecord, fold
from .checklist import Checklist, Question, Review, Reviewed, checklist
from .fits import loose_ends
from .kinds import ENTRY_CLASSES, RULES
from .known import Known, known_in
from .line import Line, Opaque
from .may_write import may_write
from .reviews import REVIEWS

__all__ = [
    "ENTRY_CLASSES",
    "REVIEWS",
    "RULES",
    "Amendment",
    "CaseRecord",
    "Checklist",
    "Correction",
    "Known",
    "LateEntry",
    "LateEntryLimits",
    "Line",
    "Opaque",
    "Question",
    "Review",
    "Reviewed",
    "StrikeOut",
    "checklist",
    "contact_accounts",
    "eligibility_of",
    "fact_of",
    "fold",
    "known_in",
    "loose_ends",
    "may_write",
    "readiness_of",
    "summary_of",
]
