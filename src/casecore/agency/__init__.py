"""The desk: open an agency, write entries, read records, get worklists; posts and instruments that plugins bring."""

from .adopting import Adopted, OldEntry
from .brought import instruments_of
from .desk import Agency
from .posts import posts_of
from .taking_in import TakenIn

__all__ = ["Adopted", "Agency", "OldEntry", "TakenIn", "instruments_of", "posts_of"]
