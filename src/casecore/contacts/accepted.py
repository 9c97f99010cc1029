"""Which contacts pass the filters, and which short ones make one contact together."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .contact import Contact, Party
from .counting import MISSING, Counting, NotCounted, Ready, standard_order
from .lengths import length_of

ByDay = dict[date, list[Contact]]

_DOUBTS = tuple(MISSING)  # a tuple compares by identity; a mapping would hash the enum's name for every contact
_TOO_SHORT = NotCounted.TOO_SHORT


class Accepted(NamedTuple):
    """
    The contacts that pass the filters.

    Attributes:
        by_day: Short meetings that add up to one are represented by one of them.
        added_up: All of these short meetings, by day.
        in_doubt: Whether anything stood in doubt.
    """

    by_day: ByDay
    added_up: ByDay
    in_doubt: bool


def accepted_by_day(contacts: list[Contact], ready: Ready, *, hopeful: bool = False) -> Accepted:
    """The contacts that pass the filters; *hopeful* takes every doubt for a yes: so what could still count is known."""
    accepted: ByDay = {}
    added_up: ByDay = {}
    in_doubt = False
    short: dict[tuple[date, Party], list[Contact]] = {}
    rule, against = ready.rule, ready.against
    for contact in contacts:
        reason = against(contact)
        if reason is None or (hopeful and reason in _DOUBTS):
            day = contact.held_on
            if day in accepted:
                accepted[day].append(contact)
            else:
                accepted[day] = [contact]
        elif reason is _TOO_SHORT:
            if rule.short_contacts_add_up:
                doubt = ready.but_for_length(contact)
                in_doubt = in_doubt or doubt is not None
                if doubt is None or hopeful:
                    short.setdefault((contact.held_on, contact.party), []).append(contact)
        elif reason in _DOUBTS:
            in_doubt = True
    for (day, _), group in short.items():
        if _together(group) >= rule.minimum_minutes:
            accepted.setdefault(day, []).append(_standing_for(group, rule))
            added_up.setdefault(day, []).extend(group)
    if ready.pair_in_doubt and not in_doubt:
        in_doubt = any(len(of_day) > (rule.most_per_day or 0) for of_day in accepted.values())
    return Accepted(accepted, added_up, in_doubt)


def _together(group: list[Contact]) -> int:
    return sum(length_of(contact) or 0 for contact in group)


def _standing_for(group: list[Contact], rule: Counting) -> Contact:
    """
    The one of several short meetings that stands for the contact they make: the one that `standard_order` puts last.

    It is of a mode that makes a pair only where the meetings of such modes are long enough without the others.
    """
    pair = rule.pair_on_a_day
    if pair and pair.modes:
        of_pair = [contact for contact in group if contact.mode in pair.modes]
        is_enough = _together(of_pair) >= rule.minimum_minutes
        group = of_pair if is_enough else [contact for contact in group if contact.mode not in pair.modes]
    return max(group, key=standard_order)
