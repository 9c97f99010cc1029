"""Post files for the tests."""

from __future__ import annotations

HEADING = """
[post]
name = "case-manager"
title = "Case Manager"
"""
SOURCE = 'source = { cite = "Announcement 1", url = "https://example.org/1", read_on = 2026-11-01 }'
LISTS = 'lists = [{ name = "mental-hygiene", words = ["mental-health", "alcoholism-services"] }]'


def edition(needs: str, *more: str, since: str = "2024-01-01", source: str = SOURCE) -> str:
    """One ``[[edition]]`` that asks for *needs*, an inline table, with further lines of its value."""
    return "\n".join(("\n[[edition]]", f"since = {since}", source, "[edition.value]", f"needs = {needs}", *more, ""))


def post(needs: str, *more: str, name: str = "case-manager") -> str:
    """A post file of one edition."""
    return HEADING.replace("case-manager", name) + edition(needs, *more)
