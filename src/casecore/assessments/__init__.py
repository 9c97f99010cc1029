"""Assessments: which are owed, what an instrument's answers come to, and whether a change is real."""

from .assessment import Assessment, ItemAnswer

__all__ = ["Assessment", "ItemAnswer"]
