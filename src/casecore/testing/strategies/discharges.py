"""Values of the discharges room, all legal: entries, rules, episodes in a row, and summaries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecore.contacts import Mode
from casecore.crises import WhenOvertaken
from casecore.discharges import (
    ContactTotal,
    ContactWindow,
    Destination,
    Discharged,
    DischargeEntry,
    DischargePlanContents,
    DischargePlanned,
    DischargeReadiness,
    DischargeReason,
    DischargeSummary,
    DischargeUndone,
    Episode,
    EpisodeSummary,
    FollowUpArranged,
    GoalOutcome,
    PlanItem,
    PostDischargeContact,
    ReadinessItem,
    ReadmissionTerms,
    SummaryClock,
    SummaryWritten,
)
from casecore.goals import Achievement, GoalStatus
from casecore.terms import Span

from .crises import contacts_asked, short_spans, stay_lists

Between = tuple[date, date]

YEARS = (date(2023, 1, 1), date(2026, 12, 31))
"""The days that values lie between where nothing else is asked for; both inside."""

_refs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
_labels = st.sampled_from(("psychiatry", "housing", "peer support", "Clinic *North*"))
_words = st.sampled_from(("reached", "moved to another county", "# déménagé\n- <b>là-bas</b>", "1. see [plan](x)"))
_counts = st.integers(0, 60)


def _tuples(parts: st.SearchStrategy[Any], *, at_least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(parts, unique=True, min_size=at_least, max_size=4).map(tuple)


def _fixed(drawn: dict[str, st.SearchStrategy[Any]], fields: dict[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """The strategies of the fields, those that the caller fixed replaced by their value."""
    return drawn | {name: st.just(value) for name, value in fields.items()}


def follow_ups_arranged(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[FollowUpArranged]:
    """Appointments and services arranged, with gaps."""
    drawn = {"service": _labels, "provider": st.none() | _labels, "on": st.none() | st.dates(*between)}
    return st.builds(FollowUpArranged, **_fixed(drawn, fields))


def discharges_planned(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[DischargePlanned]:
    """Discharge plans, from empty to complete."""
    day = st.none() | st.dates(*between)
    drawn = {
        "planned_on": st.dates(*between),
        "target_on": day,
        "destination": st.none() | st.sampled_from(Destination),
        "living_arrangement": st.none() | _words,
        "follow_ups": _tuples(follow_ups_arranged(between=between)),
        "supports": _tuples(_labels),
        "crisis_contact": st.none() | _labels,
        "medication": st.none() | _words,
        "given_to_client_on": day,
        "notice_given_on": day,
    }
    return st.builds(DischargePlanned, **_fixed(drawn, fields))


def discharges(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[Discharged]:
    """Discharges for every reason, to every destination."""
    drawn = {
        "discharged_on": st.dates(*between),
        "reason": st.sampled_from(DischargeReason),
        "is_planned": st.booleans(),
        "destination": st.sampled_from(Destination),
        "in_own_words": st.none() | _words,
    }
    return st.builds(Discharged, **_fixed(drawn, fields))


def discharges_undone(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[DischargeUndone]:
    """Discharges that did not take place after all."""
    return st.builds(DischargeUndone, **_fixed({"undone_on": st.dates(*between), "reason": _words}, fields))


def summaries_written(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[SummaryWritten]:
    """Discharge summaries that were finished."""
    drawn = {"written_on": st.dates(*between), "text": st.none() | _words, "author": st.none() | _refs}
    return st.builds(SummaryWritten, **_fixed(drawn, fields))


@st.composite
def discharge_entries(draw: st.DrawFn, /, *, between: Between = YEARS, most: int = 5) -> list[DischargeEntry]:
    """
    A whole legal history of discharges, in the order of writing and of days: each undoing undoes a standing discharge,
    no discharge follows a standing one.
    """
    entries: list[DischargeEntry] = []
    day, stands = draw(st.dates(*between)), False
    for _ in range(draw(st.integers(0, most))):
        day = min(between[1], day + timedelta(days=draw(st.integers(0, 40))))
        if draw(st.booleans()):
            entries.append(draw(summaries_written(written_on=day)))
        elif stands:
            entries.append(draw(discharges_undone(undone_on=day)))
            stands = False
        else:
            entries.append(draw(discharges(discharged_on=day)))
            stands = True
    return entries


@st.composite
def discharge_plan_contents(draw: st.DrawFn, /, **fields: Any) -> DischargePlanContents:
    """What programs ask of a discharge plan; never nothing."""
    services = draw(_tuples(_labels))
    items = draw(_tuples(st.sampled_from(PlanItem), at_least=0 if services else 1))
    return draw(
        st.builds(DischargePlanContents, **_fixed({"asks_for": st.just(items), "services": st.just(services)}, fields))
    )


@st.composite
def discharge_readiness_rules(draw: st.DrawFn, /, **fields: Any) -> DischargeReadiness:
    """What programs ask for before a discharge."""
    items = fields.get("asks_for") or draw(_tuples(st.sampled_from(ReadinessItem), at_least=1))
    asks_notice = ReadinessItem.NOTICE_GIVEN in items
    drawn = {
        "asks_for": st.just(items),
        "when_unplanned": _tuples(st.sampled_from(items)),
        "goal_outcomes": _tuples(st.sampled_from(GoalStatus), at_least=1),
        "notice": st.integers(0, 30).map(lambda days: Span(days=days)) if asks_notice else st.none(),
        "duties_passed_over": _tuples(st.just("contacts/face-to-face")),
    }
    return draw(st.builds(DischargeReadiness, **_fixed(drawn, fields)))


@st.composite
def discharge_summary_rules(draw: st.DrawFn, /, **fields: Any) -> DischargeSummary:
    """By when summaries are written, on discharge alone or on inactivity too."""
    on_inactivity = draw(st.booleans())
    drawn = {
        "within": short_spans(),
        "undone_summary_counts": st.booleans(),
        "early_within": st.none() | short_spans(),
        "inactive_within": st.integers(1, 120).map(lambda days: Span(days=days)) if on_inactivity else st.none(),
        "inactive_day_one": st.booleans() if on_inactivity else st.none(),
        "clock": st.sampled_from(SummaryClock) if on_inactivity else st.none(),
        "not_for": _tuples(st.sampled_from(DischargeReason)),
    }
    return draw(st.builds(DischargeSummary, **_fixed(drawn, fields)))


@st.composite
def contact_windows(draw: st.DrawFn, /, **fields: Any) -> ContactWindow:
    """Windows for a contact after the discharge, of days."""
    last = draw(st.integers(1, 60))
    drawn = {
        "name": _refs,
        "contact": contacts_asked(),
        "within": st.just(Span(days=last)),
        "same_day_counts": st.booleans(),
        "not_before": st.none() | st.integers(0, last).map(lambda days: Span(days=days)),
        "closes_after": st.none() | short_spans(),
    }
    return draw(st.builds(ContactWindow, **_fixed(drawn, fields)))


def post_discharge_rules(**fields: Any) -> st.SearchStrategy[PostDischargeContact]:
    """Rules with one to three windows."""
    windows = st.lists(contact_windows(), min_size=1, max_size=3, unique_by=lambda window: window.name).map(tuple)
    drawn = {
        "windows": windows,
        "when_readmitted": st.sampled_from(WhenOvertaken),
        "not_for": _tuples(st.sampled_from(DischargeReason)),
    }
    return st.builds(PostDischargeContact, **_fixed(drawn, fields))


def readmission_terms(**fields: Any) -> st.SearchStrategy[ReadmissionTerms]:
    """Rules about re-admission."""

    def terms(undo_within_days: int | None) -> st.SearchStrategy[ReadmissionTerms]:
        drawn = {
            "same_day_allowed": st.booleans() if undo_within_days is None else st.just(False),
            "same_program": st.booleans(),
            "undo_within_days": st.just(undo_within_days),
            "not_after": _tuples(st.sampled_from(DischargeReason)),
        }
        return st.builds(ReadmissionTerms, **_fixed(drawn, fields))

    return (st.none() | st.integers(0, 30)).flatmap(terms)


@st.composite
def episodes(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> Episode:
    """Single episodes, ended or going on."""
    admitted_on = fields.get("admitted_on") or draw(st.dates(*between))
    ended = st.none() | st.dates(admitted_on, max(admitted_on, between[1]))
    discharged_on = fields["discharged_on"] if "discharged_on" in fields else draw(ended)
    drawn = {
        "case": _refs,
        "client": _refs,
        "program": _labels,
        "admitted_on": st.just(admitted_on),
        "discharged_on": st.just(discharged_on),
        "reason": st.sampled_from(DischargeReason) if discharged_on else st.none(),
    }
    return draw(st.builds(Episode, **_fixed(drawn, fields)))


@st.composite
def episode_chains(
    draw: st.DrawFn, /, *, between: Between = YEARS, most: int = 4, client: str = "p-1"
) -> list[Episode]:
    """The episodes of one person, each following the one before, first to last; only the last may go on."""
    chain: list[Episode] = []
    day = draw(st.dates(*between))
    count = draw(st.integers(1, most))
    for number in range(count):
        left = min(between[1], day + timedelta(days=draw(st.integers(0, 90))))
        goes_on = number == count - 1 and draw(st.booleans())
        chain.append(
            draw(
                episodes(
                    case=f"c-{number}",
                    client=client,
                    admitted_on=day,
                    discharged_on=None if goes_on else left,
                    follows=f"c-{number - 1}" if number else None,
                )
            )
        )
        day = min(between[1], left + timedelta(days=draw(st.integers(0, 60))))
    return chain


def goal_outcomes(**fields: Any) -> st.SearchStrategy[GoalOutcome]:
    """What became of goals, some of it not known."""
    drawn = {
        "words": _words,
        "goal_id": st.none() | _refs,
        "status": st.none() | st.sampled_from(GoalStatus),
        "achievement": st.none() | st.sampled_from(Achievement),
        "because": st.none() | _words,
    }
    return st.builds(GoalOutcome, **_fixed(drawn, fields))


def contact_totals(**fields: Any) -> st.SearchStrategy[ContactTotal]:
    """Counts of contacts of one mode."""
    drawn = dict.fromkeys(("held", "attempts", "minutes", "without_length"), _counts)
    return st.builds(ContactTotal, **_fixed(drawn | {"mode": st.sampled_from(Mode)}, fields))


@st.composite
def episode_summaries(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> EpisodeSummary:
    """Summaries, with any part of them not known."""
    admitted_on = fields.get("admitted_on") or draw(st.dates(*between))
    last = max(admitted_on, between[1])
    words, labels = st.none() | _words, st.none() | _labels
    drawn = {
        "admitted_on": st.just(admitted_on),
        "discharged_on": st.dates(admitted_on, last),
        "program": _labels,
        "reason": st.sampled_from(DischargeReason),
        "is_planned": st.booleans(),
        "destination": st.sampled_from(Destination),
        "case": st.none() | _refs,
        "level": labels,
        "crisis_contact": labels,
        "goals": st.none() | st.lists(goal_outcomes(), max_size=3).map(tuple),
        "contacts": st.none() | st.lists(contact_totals(), max_size=3).map(tuple),
        "stays": st.none() | stay_lists(between=(admitted_on, last), most=2).map(tuple),
        "follow_ups": st.none() | _tuples(follow_ups_arranged(between=(admitted_on, last))),
        "supports": st.none() | _tuples(_labels),
        "refusals": st.none() | _tuples(_words),
    }
    for name in ("in_own_words", "treatment", "functioning", "diagnosis", "medication", "living_arrangement"):
        drawn[name] = words
    return draw(st.builds(EpisodeSummary, **_fixed(drawn, fields)))
