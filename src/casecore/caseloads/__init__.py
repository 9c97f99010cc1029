"""Many cases: what is due for a worker or the agency, and the index that says so quickly."""

from .awaiting import Waiting, approvals_waiting
from .open_case import OpenCase, Weighed, open_case_of, weigh_cases
from .open_items import OpenItems, open_items
from .size import is_within_limit, review_caseload_size
from .worklist import ON_THE_LIST, STILL_TO_DO, Worklist

__all__ = [
    "ON_THE_LIST",
    "STILL_TO_DO",
    "OpenCase",
    "OpenItems",
    "Waiting",
    "Weighed",
    "Worklist",
    "approvals_waiting",
    "is_within_limit",
    "open_case_of",
    "open_items",
    "review_caseload_size",
    "weigh_cases",
]
