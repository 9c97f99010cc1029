"""The desk: open an agency, write entries, read records, get worklists."""

from .adopting import Adopted, OldEntry
from .desk import Agency

__all__ = ["Adopted", "Agency", "OldEntry"]
