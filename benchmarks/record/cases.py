"""A case as an agency would have it: about a year of contacts, assessments, goals and plans, of any length asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from casecore.agency.lines import stored
from casecore.assessments import Assessment, ItemAnswer
from casecore.clients import ClientDescribed
from casecore.contacts import Contact, Mode, Outcome, Party, Place
from casecore.goals import Achievement, GoalSet, Objective, ProgressNoted
from casecore.hooks import StoredEntry
from casecore.intake import Admission
from casecore.interchange import EntryBytes
from casecore.plans import (
    NaturalSupport,
    Per,
    PlanDrafted,
    PlannedNeed,
    PlannedService,
    PlanProposed,
    PlanReviewed,
    PlanSigned,
    Signer,
)
from casecore.record import Line
from casecore.staff import WorkerAssigned
from casecore.terms import Entry

ADMITTED_ON = date(2025, 1, 6)
DAYS_BETWEEN_ENTRIES = 4


def entries(count: int) -> list[Entry]:
    """The first *count* entries of a case; the longer the case, the longer it lasts."""
    made: list[Entry] = [
        ClientDescribed(described_on=ADMITTED_ON, client="P-1", born_on=date(1984, 5, 3)),
        Admission(admitted_on=ADMITTED_ON, client="P-1", program="ICM"),
        WorkerAssigned(assigned_on=ADMITTED_ON, worker="w-7"),
        GoalSet(
            set_on=ADMITTED_ON,
            goal_id="g-1",
            words="I want my own apartment",
            in_clients_words=True,
            objectives=(
                Objective(
                    objective_id="o-1",
                    words="See apartments",
                    measure="apartments seen",
                    unit="visits",
                    baseline=0,
                    target=6,
                    target_on=date(2025, 12, 1),
                ),
            ),
            needs=("n-1",),
        ),
        PlanDrafted(
            drafted_on=ADMITTED_ON,
            plan_id="p-1",
            plan_version=1,
            author="w-7",
            goals=("g-1",),
            needs=(PlannedNeed(need_id="n-1", words="housing"),),
            services=(
                PlannedService(
                    service="housing support",
                    provider="agency",
                    minutes=60,
                    times=1,
                    per=Per.WEEK,
                    starts_on=ADMITTED_ON,
                    ends_on=date(2025, 12, 31),
                    needs=("n-1",),
                ),
            ),
            supports=(NaturalSupport(who="sister", does="drives"),),
        ),
        PlanProposed(proposed_on=ADMITTED_ON, plan_id="p-1", plan_version=1),
        *(
            PlanSigned(signed_on=ADMITTED_ON, plan_id="p-1", plan_version=1, role=role, signer=signer)
            for role, signer in ((Signer.CLIENT, "P-1"), (Signer.CASE_MANAGER, "w-7"), (Signer.SUPERVISOR, "w-1"))
        ),
    ]
    day, place = ADMITTED_ON, len(made)
    while len(made) < count:
        place += 1
        day += timedelta(days=DAYS_BETWEEN_ENTRIES)
        made.append(_entry(place, day))
    return made[:count]


def _entry(place: int, day: date) -> Entry:
    if place % 20 == 0:
        answers = tuple(ItemAnswer(item=str(item), value=(place + item) % 4) for item in range(1, 10))
        return Assessment(
            completed_on=day, assessment_id=f"a-{place}", about="depression", instrument="phq-9@1", answers=answers
        )
    if place % 11 == 0:
        return ProgressNoted(noted_on=day, goal_id="g-1", achievement=Achievement.IMPROVING)
    if place % 45 == 0:
        return PlanReviewed(reviewed_on=day, plan_id="p-1", outcome="goes on")
    return Contact(
        held_on=day,
        mode=Mode.TELEPHONE if place % 5 == 0 else Mode.FACE_TO_FACE,
        outcome=Outcome.NO_SHOW if place % 9 == 0 else Outcome.HELD,
        party=Party.COLLATERAL if place % 7 == 0 else Party.CLIENT,
        place=Place.HOME,
        minutes=30 + place % 30,
        written_on=day,
        worker="w-7",
        services=("support",),
        goals=("g-1",),
        note="Met at home, talked about the apartment and the bus line to get there.",
    )


def lines(count: int, case: str = "C-1") -> tuple[Line, ...]:
    """The same as lines of a record, written down in the evening of their days."""
    return tuple(
        Line(f"{case}-{number}", case, number, datetime.combine(entry.happened_on, time(18), UTC), "w-7", entry)
        for number, entry in enumerate(entries(count), start=1)
    )


def stored_lines(count: int, case: str = "C-1") -> list[StoredEntry]:
    """The same as a store keeps them."""
    entry_bytes = EntryBytes()
    return [stored(line, entry_bytes) for line in lines(count, case)]
