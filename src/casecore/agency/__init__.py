"""The desk: open an agency, write entries, read records, get worklists; the posts that plugins bring."""

from .adopting import Adopted, OldEntry
from .desk import Agency
from .posts import posts_of

__all__ = ["Adopted", "Agency", "OldEntry", "posts_of"]
