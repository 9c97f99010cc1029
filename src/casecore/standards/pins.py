"""
Which version of a rulebook a case is judged by.

Without a pin, by the newest version that the host has loaded. A pin holds a case to one version from a day on; a later
one moves it to another version or lets it follow the newest again. The pins in force on the day asked about choose the
text; which edition of that text governs a month long past is still decided by the editions' own days.

Versions are ordered part by part, numbers as numbers: 2024.9, 2024.12, 2025.1. A version is older than a longer one
that begins with it (2024, 2024.1), and a word is older than a number in its place (2025.draft, 2025.1). The linter
advises numbers joined by dots, whose order nobody need look up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from casecore.terms import Entry, Label, NotKnown, NotReadable, Problem, Words

from .rulebook import Rulebook, Rules


@attrs.frozen(kw_only=True)
class RulebookPinned(Entry, kind="rulebook-pinned", dated="pinned_on"):
    """
    From *pinned_on* the case is judged by this version of the rulebook.

    Attributes:
        rulebook: The rulebook's name, without its version.
        pinned_to: The version; nothing (to be said, there is no default) means that the newest is followed again.
    """

    pinned_on: date
    rulebook: Label
    pinned_to: Label | None
    reason: Words


def pinned_versions(entries: Iterable[Entry], on: date) -> Mapping[str, str]:
    """
    The version each pinned rulebook is pinned to on *on*, by the rulebook's name.

    Entries of other kinds are passed over. Of several pins of one rulebook the one dated last holds; of two on one day,
    the one that stands later in *entries*.
    """
    latest: dict[str, RulebookPinned] = {}
    for entry in entries:
        if not isinstance(entry, RulebookPinned) or entry.pinned_on > on:
            continue
        if entry.rulebook not in latest or latest[entry.rulebook].pinned_on <= entry.pinned_on:
            latest[entry.rulebook] = entry
    return {name: pin.pinned_to for name, pin in latest.items() if pin.pinned_to is not None}


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """What to sort versions by: see the top of this file."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", version)
    return tuple((1, int(part), "") if part[0] in "0123456789" else (0, 0, part) for part in parts)


class Bookshelf:
    """
    All versions of all rulebooks that a host has loaded. Never changes once made.

    The order of *rulebooks* matters only within one layer: there the one first named later wins.

    Raises:
        NotReadable: Two different texts carry the same name and version.
    """

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        shelf: dict[str, dict[str, Rulebook]] = {}
        problems = []
        for place, book in enumerate(rulebooks):
            if shelf.setdefault(book.name, {}).setdefault(book.version, book) != book:
                problems.append(Problem(f"rulebooks[{place}]", "must not differ from another of this name and version"))
        if problems:
            raise NotReadable(problems, what="rulebooks")
        self._shelf = shelf
        self._newest = {
            name: max(versions.values(), key=lambda book: (version_order(book.version), book.version))
            for name, versions in shelf.items()
        }
        self._chosen: dict[tuple[str | None, frozenset[tuple[str, str]]], Rules] = {}

    def rulebook(self, name: str, version: str | None = None) -> Rulebook:
        """
        The rulebook of this name and version; without a version the newest.

        Raises:
            NotKnown: It is not loaded.
        """
        try:
            return self._newest[name] if version is None else self._shelf[name][version]
        except KeyError:
            asked = name if version is None else f"{name}@{version}"
            raise NotKnown(f"rulebook {asked!r} is not loaded") from None

    def rules(self, *, program: str | None, pins: Mapping[str, str]) -> Rules:
        """
        The rules for a case in *program* with these pins; the same question gets the same, already merged `Rules`.

        The version is chosen first. Whether the rulebook speaks of the program is then asked of that version.

        Raises:
            NotKnown: A pinned version is not loaded, whether or not it speaks of the program.
        """
        question = (program, frozenset(pins.items()))
        chosen = self._chosen.get(question)
        if chosen is None:
            for name, version in pins.items():
                self.rulebook(name, version)
            books = (self.rulebook(name, pins.get(name)) for name in self._shelf)
            chosen = self._chosen[question] = Rules(book for book in books if book.speaks_of(program))
        return chosen


def rules_for(rulebooks: Iterable[Rulebook], *, program: str | None, pins: Mapping[str, str]) -> Rules:
    """
    The rules one case is held to: of each rulebook the pinned version, else the newest; those that speak of *program*.

    For many cases make one `Bookshelf` and ask it, which merges once for each program and set of pins.

    Raises:
        NotKnown: A pinned version is not among *rulebooks*.
        NotReadable: Two different texts carry the same name and version.
    """
    return Bookshelf(rulebooks).rules(program=program, pins=pins)
