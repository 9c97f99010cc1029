"""Spans that would lead out of the calendar, before the year 1 or after 9999, end with its first or last day."""

from __future__ import annotations

from datetime import date

from casecore.terms import NotReadable, Span


def look_back_start(within: Span | None, day: date) -> date:
    """The first day of the span that ends with *day*; of no span, the first day there is."""
    if within is None or day == date.max:
        return date.min if within is None else look_back_start(within, date(9999, 12, 30))
    try:
        return within.look_back(day).start
    except NotReadable:
        return date.min


def latest_after(span: Span, anchor: date) -> date:
    """The last day still within *span* of *anchor*."""
    try:
        return span.after(anchor)
    except NotReadable:
        return date.max
