"""Values of the crises room, all legal: stays, how they began and ended, the rules about them, and results."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casecore.contacts import Mode, Party, Place
from casecore.crises import (
    Anchor,
    ContactAsked,
    DayCount,
    DeathExcludes,
    Diversion,
    FollowUp,
    FollowUpOutcome,
    FollowUpRate,
    FollowUpResult,
    InpatientUse,
    Keep,
    LinkedTo,
    Readmission,
    Setting,
    Sieve,
    Stay,
    StayBegan,
    StayDuties,
    StayDuty,
    StayEnded,
    WhenOvertaken,
)
from casecore.terms import ONE_DAY, Period, Span

Between = tuple[date, date]

YEARS = (date(2023, 1, 1), date(2026, 12, 31))
"""The days that values lie between where nothing else is asked for; both inside."""

_refs = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8)
_words = st.sampled_from(("brought by the police", "fell", "épisode"))
_facilities = st.none() | st.sampled_from(("General Hospital", "State Hospital"))
_counts = st.integers(0, 50)


def _tuples(kind: Any, *, at_least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(kind), unique=True, min_size=at_least, max_size=3).map(tuple)


def _fixed(drawn: dict[str, st.SearchStrategy[Any]], fields: dict[str, Any]) -> dict[str, st.SearchStrategy[Any]]:
    """The strategies of the fields, those that the caller fixed replaced by their value."""
    return drawn | {name: st.just(value) for name, value in fields.items()}


def day_counts() -> st.SearchStrategy[DayCount]:
    """Ways of counting the days of a stay."""
    return st.sampled_from(DayCount)


@st.composite
def stays_began(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> StayBegan:
    """Admissions, with the alert on that day or in the two weeks after."""
    setting = fields.get("setting") or draw(st.sampled_from(Setting))
    admitted_on = fields.get("admitted_on") or draw(st.dates(*between))
    others = [other for other in Setting if other is not setting]
    drawn = {
        "admitted_on": st.just(admitted_on),
        "stay_id": _refs,
        "setting": st.just(setting),
        "facility": _facilities,
        "reason": st.none() | _words,
        "alerted_on": st.none() | st.integers(0, 14).map(lambda days: admitted_on + timedelta(days=days)),
        "diverted_from": st.none() | st.sampled_from(others),
    }
    return draw(st.builds(StayBegan, **_fixed(drawn, fields)))


def stays_ended(*, between: Between = YEARS, **fields: Any) -> st.SearchStrategy[StayEnded]:
    """Discharges from stays."""
    drawn = {"discharged_on": st.dates(*between), "stay_id": _refs, "destination": st.none() | st.just("home")}
    return st.builds(StayEnded, **_fixed(drawn, fields))


@st.composite
def stays(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> Stay:
    """Stays, open or ended, none beyond *between*."""
    fixed = {name: value for name, value in fields.items() if name not in ("discharged_on", "destination")}
    began = draw(stays_began(between=between, **fixed))
    ended = st.none() | st.dates(began.admitted_on, max(began.admitted_on, between[1]))
    discharged_on = fields["discharged_on"] if "discharged_on" in fields else draw(ended)
    return Stay(
        stay_id=began.stay_id,
        setting=began.setting,
        admitted_on=began.admitted_on,
        discharged_on=discharged_on,
        facility=began.facility,
        reason=began.reason,
        alerted_on=began.alerted_on,
        diverted_from=began.diverted_from,
        destination=fields.get("destination"),
    )


def stay_lists(*, between: Between = YEARS, most: int = 6, **fields: Any) -> st.SearchStrategy[list[Stay]]:
    """Several stays of one client, each with an id of its own; they may overlap, as transfers in real records do."""
    return st.lists(stays(between=between, **fields), max_size=most, unique_by=lambda stay: stay.stay_id)


def stay_entries(*, between: Between = YEARS, most: int = 6) -> st.SearchStrategy[list[StayBegan | StayEnded]]:
    """The entries of a whole legal history of stays, by the day they are dated."""
    return stay_lists(between=between, most=most).map(_entries)


def _entries(told: list[Stay]) -> list[StayBegan | StayEnded]:
    entries: list[StayBegan | StayEnded] = []
    for stay in told:
        entries.append(
            StayBegan(
                admitted_on=stay.admitted_on,
                stay_id=stay.stay_id,
                setting=stay.setting,
                facility=stay.facility,
                reason=stay.reason,
                alerted_on=stay.alerted_on,
                diverted_from=stay.diverted_from,
            )
        )
        if stay.discharged_on is not None:
            ended = StayEnded(discharged_on=stay.discharged_on, stay_id=stay.stay_id, destination=stay.destination)
            entries.append(ended)
    return sorted(entries, key=lambda entry: (entry.happened_on, entry.kind))  # stay-began comes before stay-ended


def contacts_asked(**fields: Any) -> st.SearchStrategy[ContactAsked]:
    """Kinds of contacts that standards ask for."""
    drawn = {
        "modes": _tuples(Mode),
        "parties": _tuples(Party),
        "places": st.just(()) | _tuples(Place),
        "attempts_count": st.booleans(),
    }
    return st.builds(ContactAsked, **_fixed(drawn, fields))


def short_spans(*, shortest: int = 0) -> st.SearchStrategy[Span]:
    """Spans of days or months, as duties after a stay or a discharge have."""
    return st.integers(shortest, 45).map(lambda days: Span(days=days)) | st.integers(max(1, shortest), 3).map(
        lambda months: Span(months=months)
    )


def stay_duty_terms(**fields: Any) -> st.SearchStrategy[StayDuty]:
    """Single duties on account of a stay."""
    drawn = {
        "contact": contacts_asked(),
        "within": short_spans(shortest=0 if fields.get("same_day_counts") else 1),
        "anchor": st.sampled_from(Anchor),
        "same_day_counts": st.booleans(),
        "when_overtaken": st.sampled_from(WhenOvertaken),
        "closes_after": st.none() | short_spans(),
    }
    return st.builds(StayDuty, **_fixed(drawn, fields))


@st.composite
def stay_duties(draw: st.DrawFn, /, **fields: Any) -> StayDuties:
    """Rules about stays that ask for something at least."""
    during = st.sampled_from((Anchor.ADMISSION, Anchor.ALERT)).flatmap(lambda anchor: stay_duty_terms(anchor=anchor))
    after = st.lists(stay_duty_terms(anchor=Anchor.DISCHARGE), max_size=2).map(tuple)
    visit, coordination, afterwards = draw(st.none() | during), draw(st.none() | during), draw(after)
    if visit is None and coordination is None and not afterwards:
        visit = draw(during)
    drawn = {
        "settings": _tuples(Setting, at_least=1),
        "visit": st.just(visit),
        "coordination": st.just(coordination),
        "afterwards": st.just(afterwards),
    }
    return draw(st.builds(StayDuties, **_fixed(drawn, fields)))


@st.composite
def follow_up_rules(draw: st.DrawFn, /, **fields: Any) -> FollowUp:
    """Measures of follow-up, with every choice drawn."""
    settings = fields.get("settings") or draw(_tuples(Setting, at_least=1))
    keep = fields.get("keep") or draw(st.sampled_from(Keep))
    others = [setting for setting in Setting if setting not in settings]
    excluding = draw(st.just(()) | _tuples(others, at_least=1)) if others else ()
    excluding = fields.get("excluding_settings", excluding)
    same_day = fields.get("same_day_counts", draw(st.booleans()))
    chained = keep is not Keep.ALL
    drawn = {
        "settings": st.just(settings),
        "counted_from": st.sampled_from((Anchor.ADMISSION, Anchor.DISCHARGE)),
        "within_days": st.integers(0 if same_day else 1, 40),
        "same_day_counts": st.just(same_day),
        "contact": contacts_asked(),
        "order": st.permutations(list(Sieve)).map(tuple),
        "death_excludes": st.sampled_from(DeathExcludes),
        "keep": st.just(keep),
        "chained_within_days": st.integers(0, 60) if chained else st.none(),
        "linked_to": st.sampled_from(LinkedTo) if chained else st.none(),
        "excluding_settings": st.just(excluding),
        "excluded_within_days": st.integers(0, 60) if excluding else st.none(),
    }
    return draw(st.builds(FollowUp, **_fixed(drawn, fields)))


@st.composite
def follow_up_results(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> FollowUpResult:
    """Results of single events, as `follow_ups` gives them."""
    event_on = fields.get("event_on") or draw(st.dates(*between))
    window = Period(event_on + ONE_DAY, event_on + timedelta(days=draw(st.integers(2, 32))))
    outcome = fields.get("outcome") or draw(st.sampled_from(FollowUpOutcome))
    drawn = {
        "stay_id": _refs,
        "event_on": st.just(event_on),
        "window": st.just(window),
        "outcome": st.just(outcome),
        "settles_on": st.just(window.end + timedelta(days=draw(st.integers(0, 30)))),
        "met_on": st.just(window.start if outcome is FollowUpOutcome.MET else None),
        "because": st.just("died" if outcome is FollowUpOutcome.EXCLUDED else ""),
    }
    return draw(st.builds(FollowUpResult, **_fixed(drawn, fields)))


def follow_up_rates(**fields: Any) -> st.SearchStrategy[FollowUpRate]:
    """Rates; never more unsettled than decided."""
    drawn = dict.fromkeys(("met", "not_met", "excluded", "still_open"), _counts) | {"unsettled": st.just(0)}
    return st.builds(FollowUpRate, **_fixed(drawn, fields))


@st.composite
def inpatient_uses(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> InpatientUse:
    """Inpatient use in periods within *between*; never more days than the period has."""
    start = draw(st.dates(*between))
    period = fields.get("period") or Period(start, draw(st.dates(start, between[1])) + ONE_DAY)
    drawn = {"period": st.just(period), "days": st.integers(0, period.days), "admissions": _counts}
    return draw(st.builds(InpatientUse, **_fixed(drawn, fields)))


def readmission_results(**fields: Any) -> st.SearchStrategy[Readmission]:
    """Readmissions as `casecore.crises.readmissions` finds them."""
    return st.builds(Readmission, **_fixed({"stay_id": _refs, "after": _refs, "days": _counts}, fields))


@st.composite
def diversion_results(draw: st.DrawFn, /, *, between: Between = YEARS, **fields: Any) -> Diversion:
    """Diversions, held or not, as `casecore.crises.diversions` finds them."""
    on = fields.get("on") or draw(st.dates(*between))
    drawn = {
        "stay_id": _refs,
        "diverted_from": st.sampled_from(Setting),
        "on": st.just(on),
        "failed_on": st.none() | st.integers(0, 30).map(lambda days: on + timedelta(days=days)),
    }
    return draw(st.builds(Diversion, **_fixed(drawn, fields)))
