"""
Deliberately broken stores. The docstring of each is the clause that must catch it, or `machine`.

They stand beside whole ones that they are broken copies of, whose docstrings say so in words.
"""

from __future__ import annotations

import re
from typing import Any

from . import feeding, proving, reading, writing

BROKEN: tuple[Any, ...] = tuple(
    thing
    for room in (writing, reading, feeding, proving)
    for thing in vars(room).values()
    if isinstance(thing, type) and thing.__module__ == room.__name__
    if re.fullmatch(r"S\d+|machine", thing.__doc__ or "")
)
