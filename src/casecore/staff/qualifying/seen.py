"""What a question sees of a staff file: the file, the day asked about, and how the post counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from casecore.terms import exact

from ..posts import Counting, StaffDay, YearOfWork
from ..staff_file import StaffFile


class Reckoning:
    """How a post counts, as exact numbers."""

    __slots__ = ("counts_unverified", "day_asked_counts", "days_in_a_year", "ects", "full_time", "hours_in_a_year")

    def __init__(self, counting: Counting, *, counts_unverified: bool) -> None:
        self.counts_unverified = counts_unverified
        self.day_asked_counts = counting.day_asked_counts
        self.full_time = None if counting.full_time_hours is None else exact(counting.full_time_hours)
        self.days_in_a_year = counting.days_in_a_year if counting.year is YearOfWork.DAYS else None
        hours = counting.hours_in_a_year if counting.year is YearOfWork.HOURS else None
        self.hours_in_a_year = None if hours is None else exact(hours)
        ects = counting.ects_in_a_semester_credit
        self.ects: Fraction | None = None if ects is None else exact(ects)


class Seen:
    """One staff file, as one question sees it."""

    __slots__ = ("counts_unverified", "file", "on", "reckoning", "weighed")

    def __init__(self, file: StaffFile, on: date, reckoning: Reckoning) -> None:
        self.file = file
        self.on = on
        self.reckoning = reckoning
        self.counts_unverified = reckoning.counts_unverified
        # what was weighed already, by question and day: one question may stand in several routes
        self.weighed: dict[tuple[object, date], Any] = {}

    def day(self, named: StaffDay) -> date | None:
        """
        The day that *named* means for this worker; nothing where it is not known.

        Who is not appointed yet would be appointed on the day asked about.
        """
        if named is StaffDay.ASKED:
            return self.on
        if named is StaffDay.APPOINTMENT:
            return self.file.appointed_on or self.on
        return self.file.applied_on if named is StaffDay.APPLICATION else self.file.examined_on
