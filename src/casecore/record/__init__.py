"""The case record: what was entered, what stands, what may be written next, and what it all comes to."""

from .amendments import Amendment, Correction, LateEntry, LateEntryLimits, StrikeOut
from .case_record import CaseRecord, fold
from .checklist import Checklist, Question, Review, Reviewed, checklist
from .fits import loose_ends
from .kinds import ENTRY_CLASSES, RULES
from .line import Line, Opaque
from .may_write import may_write

__all__ = [
    "ENTRY_CLASSES",
    "RULES",
    "Amendment",
    "CaseRecord",
    "Checklist",
    "Correction",
    "LateEntry",
    "LateEntryLimits",
    "Line",
    "Opaque",
    "Question",
    "Review",
    "Reviewed",
    "StrikeOut",
    "checklist",
    "fold",
    "loose_ends",
    "may_write",
]
