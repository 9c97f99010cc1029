"""JSON from a stranger into plain data: bounded in size and depth, and never quoted in an error."""

from __future__ import annotations

from typing import Any

import msgspec

from casecore.terms import NotReadable, Problem

LARGEST = 50_000_000
"""Bytes of JSON read in one go; a host that has more hands it over in parts."""


def read_json(data: bytes | str, *, what: str = "JSON") -> Any:
    """
    Plain data from JSON.

    Of a key that stands twice in one object the later counts, as JSON readers have it. What text may not hold (a NUL
    written as an escape) is left for the reading of the fields to refuse.

    Raises:
        NotReadable: It is not JSON, not UTF-8, larger than 50 MB, or nested too deep.
    """
    if len(data) > LARGEST:
        raise NotReadable([Problem("", f"must not be larger than {LARGEST} bytes")], what=what)
    problem: Problem
    try:
        return msgspec.json.decode(data)
    except RecursionError:
        problem = Problem("", "must not be nested so deep")
    except (msgspec.DecodeError, UnicodeError) as error:
        place = str(error).rpartition("(byte ")[2].rstrip(")")
        problem = Problem("", f"must be well-formed JSON{f'; it is not at byte {place}' if place.isdigit() else ''}")
    raise NotReadable([problem], what=what)
