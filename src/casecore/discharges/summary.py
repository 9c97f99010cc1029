"""What happened in an episode: the content of the discharge summary, as data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from casecore.contacts import Contact, Mode
from casecore.crises import Stay
from casecore.goals import Achievement, GoalStatus
from casecore.intake import Admission
from casecore.terms import Count, Label, Ref, Value, Words

from .discharge import Destination, Discharged, DischargePlanned, DischargeReason, FollowUpArranged


@attrs.frozen(kw_only=True)
class GoalOutcome(Value):
    """What became of one goal. What is not given is not known."""

    words: Words
    goal_id: Ref | None = None
    status: GoalStatus | None = None
    achievement: Achievement | None = None
    because: Words | None = None


@attrs.frozen(kw_only=True)
class ContactTotal(Value):
    """
    The contacts of one mode in the episode.

    Attributes:
        minutes: Of the held contacts whose length is known.
        without_length: Held contacts whose length is not.
    """

    mode: Mode
    held: Count
    attempts: Count
    minutes: Count
    without_length: Count


@attrs.frozen(kw_only=True)
class EpisodeSummary(Value):
    """
    One episode at its end. Nothing (None) in a field means not known; an empty tuple means that there was none.

    Attributes:
        treatment: What was done and how the client responded.
        functioning: How the client gets on at the end.
        refusals: What the client was offered and declined.
    """

    admitted_on: date
    discharged_on: date
    program: Label
    reason: DischargeReason
    is_planned: bool
    destination: Destination
    case: Ref | None = None
    level: Label | None = None
    in_own_words: Words | None = None
    treatment: Words | None = None
    functioning: Words | None = None
    diagnosis: Words | None = None
    medication: Words | None = None
    living_arrangement: Words | None = None
    crisis_contact: Label | None = None
    goals: tuple[GoalOutcome, ...] | None = None
    contacts: tuple[ContactTotal, ...] | None = None
    stays: tuple[Stay, ...] | None = None
    follow_ups: tuple[FollowUpArranged, ...] | None = None
    supports: tuple[Label, ...] | None = None
    refusals: tuple[Words, ...] | None = None


def episode_summary(
    admission: Admission,
    discharge: Discharged,
    *,
    case: str | None = None,
    plan: DischargePlanned | None = None,
    goals: Iterable[GoalOutcome] | None = None,
    contacts: Iterable[Contact] | None = None,
    stays: Iterable[Stay] | None = None,
    refusals: Iterable[str] | None = None,
    treatment: str | None = None,
    functioning: str | None = None,
    diagnosis: str | None = None,
) -> EpisodeSummary:
    """
    The summary of an episode, drawn from what was entered. What is not handed in is not known; nothing is made up.

    Args:
        plan: The discharge plan as it stands; medication, living arrangement, follow-up and supports come from it.
        contacts: Counted from the day of admission to the day of discharge, both inside; others are passed over.
        stays: Those that touch the same days.
    """
    first, last = admission.admitted_on, discharge.discharged_on
    within = (
        None
        if stays is None
        else tuple(
            stay
            for stay in stays
            if stay.admitted_on <= last and (stay.discharged_on is None or stay.discharged_on >= first)
        )
    )
    return EpisodeSummary(
        admitted_on=first,
        discharged_on=last,
        program=admission.program,
        reason=discharge.reason,
        is_planned=discharge.is_planned,
        destination=discharge.destination,
        case=case,
        level=admission.level,
        in_own_words=discharge.in_own_words,
        treatment=treatment,
        functioning=functioning,
        diagnosis=diagnosis,
        medication=plan.medication if plan else None,
        living_arrangement=plan.living_arrangement if plan else None,
        crisis_contact=plan.crisis_contact if plan else None,
        goals=None if goals is None else tuple(goals),
        contacts=None if contacts is None else _totals(contacts, first, last),
        stays=within,
        follow_ups=plan.follow_ups if plan else None,
        supports=plan.supports if plan else None,
        refusals=None if refusals is None else tuple(refusals),
    )


def _totals(contacts: Iterable[Contact], first: date, last: date) -> tuple[ContactTotal, ...]:
    by_mode: dict[Mode, list[Contact]] = {}
    for contact in contacts:
        if first <= contact.held_on <= last:
            by_mode.setdefault(contact.mode, []).append(contact)
    totals: list[ContactTotal] = []
    for mode in Mode:
        if mode in by_mode:
            lengths = [contact.minutes for contact in by_mode[mode] if contact.was_held]
            totals.append(
                ContactTotal(
                    mode=mode,
                    held=len(lengths),
                    attempts=len(by_mode[mode]) - len(lengths),
                    minutes=sum(length for length in lengths if length is not None),
                    without_length=lengths.count(None),
                )
            )
    return tuple(totals)
