"""The words every room uses: days, sources, verdicts, dues and findings, entries, errors."""

from .checks import AtLeast, AtMost, Count, Label, Length, Minutes, Ref, Words, text_problem
from .days import (
    ONE_DAY,
    Period,
    Span,
    WorkingDays,
    add_months,
    age_on,
    month_of,
    months_between,
    quarter_of,
)
from .dues import Due, DueState, Finding
from .entries import Entry
from .errors import (
    CasecoreError,
    NotKnown,
    NotReadable,
    PluginFault,
    Problem,
    RecordMoved,
    StandardNotInForce,
    StoreUnavailable,
)
from .reading import plain, read
from .sources import Source
from .values import Value, field_names
from .verdicts import Answer, NotPossible, Verdict, all_of, any_of, at_least, negation, no, not_known, yes

__all__ = [
    "ONE_DAY",
    "Answer",
    "AtLeast",
    "AtMost",
    "CasecoreError",
    "Count",
    "Due",
    "DueState",
    "Entry",
    "Finding",
    "Label",
    "Length",
    "Minutes",
    "NotKnown",
    "NotPossible",
    "NotReadable",
    "Period",
    "PluginFault",
    "Problem",
    "RecordMoved",
    "Ref",
    "Source",
    "Span",
    "StandardNotInForce",
    "StoreUnavailable",
    "Value",
    "Verdict",
    "Words",
    "WorkingDays",
    "add_months",
    "age_on",
    "all_of",
    "any_of",
    "at_least",
    "field_names",
    "month_of",
    "months_between",
    "negation",
    "no",
    "not_known",
    "plain",
    "quarter_of",
    "read",
    "text_problem",
    "yes",
]
