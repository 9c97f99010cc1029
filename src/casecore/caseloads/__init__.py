"""Many cases: what is due for a worker or the agency, and the index that says so quickly."""

from .open_items import OpenItems, open_items
from .size import review_caseload_size
from .worklist import ON_THE_LIST, STILL_TO_DO, Worklist

__all__ = ["ON_THE_LIST", "STILL_TO_DO", "OpenItems", "Worklist", "open_items", "review_caseload_size"]
