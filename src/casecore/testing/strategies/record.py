"""Whole legal case histories: what a case record may come to hold, line by line, amendments included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from casecore.assessments import (
    Assessment,
    EvaluationDone,
    EvaluationOrdered,
    EvaluationScheduled,
    ReportReceived,
    ReportReviewed,
)
from casecore.clients import ClientDescribed
from casecore.contacts import Contact, EffortDocumented, Mode, Outcome, Party, Place
from casecore.crises import Setting, StayBegan, StayEnded
from casecore.discharges import (
    Destination,
    Discharged,
    DischargePlanned,
    DischargeReason,
    DischargeUndone,
    SummaryWritten,
)
from casecore.goals import Achievement, GoalSet, GoalStatus, GoalStatusChanged, Objective, ProgressNoted
from casecore.intake import Admission
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
from casecore.record import (
    CaseRecord,
    Correction,
    LateEntry,
    Line,
    StrikeOut,
    fold,
    known_in,
    may_write,
)
from casecore.staff import Assignment, WorkerAssigned, WorkerRelieved
from casecore.standards import Exemption, ExemptionEnded
from casecore.terms import Entry

FIRST_DAY = date(2025, 1, 1)
WORKERS = ("w-1", "w-2")


@st.composite
def case_histories(
    draw: st.DrawFn,
    *,
    case: str = "C-1",
    program: str = "ICM",
    first_day: date = FIRST_DAY,
    most_steps: int = 30,
    amendments: bool = True,
    standards: Sequence[str] = ("contacts/face-to-face",),
) -> tuple[Line, ...]:
    """
    The lines of a case, as a desk would have let them be written: admitted, served, perhaps discharged and taken back.

    Args:
        first_day: The day of the admission.
        most_steps: About how many lines at the most.
        amendments: Whether late entries, corrections and strike-outs are among them.
        standards: Names of standards that exemptions may lift.
    """
    lines: list[Line] = []
    today = first_day

    def write(entry: Entry) -> bool:
        record = fold(case, lines)
        if not may_write(record, entry, today=today).is_yes:
            return False
        number = len(lines) + 1
        instant = datetime.combine(today, time(9), UTC) + timedelta(seconds=number)
        lines.append(Line(f"{case}-e{number}", case, number, instant, draw(st.sampled_from(WORKERS)), entry))
        return True

    write(ClientDescribed(described_on=first_day, client="P-1", born_on=date(1980, 2, 29)))
    write(Admission(admitted_on=first_day, client="P-1", program=program))
    write(WorkerAssigned(assigned_on=first_day, worker=draw(st.sampled_from(WORKERS))))
    for _ in range(draw(st.integers(0, most_steps))):
        today += timedelta(days=draw(st.sampled_from((0, 0, 1, 2, 5, 9, 20, 33))))
        happened = max(first_day, today - timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 3, 12)))))
        record = fold(case, lines)
        makers = (_FACTS + _AMENDMENTS) if amendments else _FACTS
        entry = draw(st.sampled_from(makers))(draw, record, happened, today, standards)
        if entry is not None:
            write(entry)
    return tuple(lines)


def case_records(**kwargs: object) -> st.SearchStrategy[CaseRecord]:
    """Folded records of `case_histories`; takes its arguments."""
    return case_histories(**kwargs).map(lambda lines: fold(lines[0].case, lines))  # type: ignore[arg-type]  # passed on


def _contact(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    return Contact(
        held_on=day,
        mode=draw(st.sampled_from((Mode.FACE_TO_FACE, Mode.FACE_TO_FACE, Mode.TELEPHONE, Mode.VIDEO))),
        outcome=draw(st.sampled_from((Outcome.HELD, Outcome.HELD, Outcome.HELD, Outcome.NO_SHOW))),
        party=draw(st.sampled_from((Party.CLIENT, Party.CLIENT, Party.COLLATERAL))),
        place=draw(st.sampled_from((None, Place.HOME, Place.OFFICE))),
        minutes=draw(st.sampled_from((None, 5, 15, 40))),
        written_on=draw(st.sampled_from((None, None, day, today, today + timedelta(days=4)))),
    )


def _assessment(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    about = draw(st.sampled_from(("functional", "comprehensive", "depression")))
    return Assessment(completed_on=day, assessment_id=f"a-{record.number}", about=about)


def _goal(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    objective = Objective(objective_id="o-1", words="go out", measure="outings", unit="a week", baseline=0, target=3)
    return GoalSet(
        set_on=day,
        goal_id=draw(st.sampled_from(("g-1", "g-2"))),
        words="a place of my own",
        in_clients_words=draw(st.booleans()),
        objectives=draw(st.sampled_from(((), (objective,)))),
        needs=draw(st.sampled_from(((), ("n-1",)))),
    )


def _progress(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry | None:
    goals = sorted(known_in(record).goals)
    if not goals:
        return None
    goal = draw(st.sampled_from(goals))
    if draw(st.booleans()):
        return ProgressNoted(noted_on=day, goal_id=goal, achievement=draw(st.sampled_from(Achievement)))
    return GoalStatusChanged(
        changed_on=day, goal_id=goal, status=draw(st.sampled_from(GoalStatus)), reason="as agreed with the client"
    )


def _plan(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry | None:
    known = known_in(record)
    versions = known.plans.get("p-1", {})
    newest = max(versions, default=0)
    steps: list[Entry] = [
        PlanDrafted(
            drafted_on=day,
            plan_id="p-1",
            plan_version=newest + 1,
            author="w-1",
            goals=tuple(sorted(known.goals)),
            needs=(PlannedNeed(need_id="n-1", words="housing"),),
            services=(PlannedService(service="support", provider="agency", minutes=60, times=1, per=Per.WEEK),),
            supports=draw(st.sampled_from(((), (NaturalSupport(who="sister"),)))),
        )
    ]
    if newest:
        steps += [
            PlanProposed(proposed_on=day, plan_id="p-1", plan_version=newest),
            PlanSigned(
                signed_on=day,
                plan_id="p-1",
                plan_version=newest,
                role=draw(st.sampled_from((Signer.CLIENT, Signer.CASE_MANAGER, Signer.SUPERVISOR))),
                signer=draw(st.sampled_from(("P-1", "w-1", "w-9"))),
            ),
            PlanReviewed(reviewed_on=day, plan_id="p-1", is_complete=draw(st.booleans())),
        ]
    return draw(st.sampled_from(steps))


def _stay(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    ended = {stay.stay_id for stay in record.of(StayEnded)}
    for stay_id in known_in(record).stays:
        if stay_id not in ended:
            return StayEnded(discharged_on=day, stay_id=stay_id)
    return StayBegan(admitted_on=day, stay_id=f"s-{record.number}", setting=draw(st.sampled_from(Setting)))


def _discharge(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    if record.discharge is None:
        if draw(st.booleans()):
            return DischargePlanned(planned_on=day, destination=Destination.OWN_HOME)
        return Discharged(
            discharged_on=day,
            reason=draw(st.sampled_from(DischargeReason)),
            is_planned=draw(st.booleans()),
            destination=Destination.OWN_HOME,
        )
    if draw(st.booleans()):
        return DischargeUndone(undone_on=today, reason="it did not take place")
    return SummaryWritten(written_on=today)


def _exemption(draw: st.DrawFn, record: CaseRecord, day: date, today: date, standards: Sequence[str]) -> Entry:
    standing = record.exemptions
    ends_one: bool = draw(st.booleans())
    if standing and ends_one:
        return ExemptionEnded(ended_on=today, exemption_id=standing[-1].exemption_id, reason="no longer needed")
    return Exemption(
        granted_on=day,
        exemption_id=f"x-{record.number}",
        standard=draw(st.sampled_from(list(standards))),
        reason="flooding",
        authority="director",
        since=day,
        until=day + timedelta(days=draw(st.integers(1, 70))),
    )


def _worker(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    worker = draw(st.sampled_from(WORKERS))
    if draw(st.integers(0, 3)):
        return WorkerAssigned(assigned_on=day, worker=worker, capacity=draw(st.sampled_from(Assignment)))
    return WorkerRelieved(relieved_on=day, worker=worker)


def _evaluation(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    ordered = sorted(known_in(record).evaluations)
    if not ordered or draw(st.booleans()):
        return EvaluationOrdered(ordered_on=day, evaluation_id=f"ev-{record.number}", about="psychiatric")
    evaluation = draw(st.sampled_from(ordered))
    step: Entry = draw(
        st.sampled_from(
            (
                EvaluationScheduled(
                    scheduled_on=day, evaluation_id=evaluation, appointment_on=day + timedelta(days=10)
                ),
                EvaluationDone(done_on=day, evaluation_id=evaluation),
                ReportReceived(received_on=day, evaluation_id=evaluation),
                ReportReviewed(reviewed_on=day, evaluation_id=evaluation),
            )
        )
    )
    return step


def _effort(draw: st.DrawFn, record: CaseRecord, day: date, today: date, standards: Sequence[str]) -> Entry:
    return EffortDocumented(
        documented_on=today, standard=draw(st.sampled_from(list(standards))), for_day=day, effort="called twice"
    )


def _late(draw: st.DrawFn, record: CaseRecord, day: date, today: date, standards: Sequence[str]) -> Entry:
    return LateEntry(entered_on=today, entry=_contact(draw, record, day, today, standards), reason="away that week")


def _correction(draw: st.DrawFn, record: CaseRecord, day: date, today: date, standards: Sequence[str]) -> Entry | None:
    contacts = [line.entry_id for line in record.lines_of(Contact)]
    if not contacts:
        return None
    return Correction(
        corrected_on=today,
        of=draw(st.sampled_from(contacts)),
        to=_contact(draw, record, day, today, standards),
        reason="wrong day",
    )


def _strike(draw: st.DrawFn, record: CaseRecord, day: date, today: date, _: Sequence[str]) -> Entry:
    return StrikeOut(
        struck_on=today, of=draw(st.sampled_from([line.entry_id for line in record.lines])), reason="wrong client"
    )


_FACTS = (
    _contact, _contact, _contact, _contact, _assessment, _goal, _progress, _plan, _plan, _stay, _discharge, _exemption,
    _worker, _evaluation, _effort,
)  # fmt: skip
_AMENDMENTS = (_late, _correction, _strike)
