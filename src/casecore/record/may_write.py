"""May this be written now? Every reason against it at once, and what would satisfy each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from casecore.discharges import Discharged
from casecore.intake import Admission
from casecore.plans import PlanSignatures
from casecore.standards import Edition, Standard
from casecore.terms import Entry, Verdict, WorkingDays, all_of, no, yes

from .amendments import Correction, LateEntry, LateEntryLimits, StrikeOut, fact_of
from .case_record import CaseRecord, fold
from .fits import cannot_follow, loose_ends, misfits
from .known import known_in
from .line import Line
from .next_steps import may_come_next
from .standing import originals, struck_out

_AFTER_ALL = datetime.max.replace(tzinfo=UTC)


def may_write(
    record: CaseRecord,
    entry: Entry,
    *,
    today: date,
    limits: Edition[LateEntryLimits] | None = None,
    signatures: Standard[PlanSignatures] | None = None,
    working_days: WorkingDays | None = None,
) -> Verdict:
    """
    Whether *entry* may be written in this case now.

    Args:
        record: The whole record as it stands, not an as-of view of it.
        entry: What somebody wants to write.
        today: The agency's day at the moment of writing; nothing may have happened after it.
        limits: When an entry counts as late, where a rulebook says so.
        signatures: Who must sign a plan, where a rulebook says so.

    Returns:
        Yes, or no with every reason and what would satisfy it.
    """
    reasons = list(_out_of_time(entry, today, limits, working_days))
    if isinstance(entry, Correction | StrikeOut):
        reasons.extend(_wrong_amendment(record, entry))
    else:
        fact = fact_of(entry)
        known = known_in(record)
        reasons.extend(misfits(fact, known))
        reasons.extend(cannot_follow(fact, known))
        reasons.extend(_wrong_step(may_come_next(record, fact, signatures), already_refused=bool(reasons)))
        if isinstance(fact, Admission | Discharged) and not reasons:
            reasons.extend(_left_loose(record, fact))
    question = f"May this {entry.kind} be written in case {record.case} now?"
    return all_of(question, reasons) if reasons else yes(question)


def _out_of_time(
    entry: Entry, today: date, limits: Edition[LateEntryLimits] | None, working_days: WorkingDays | None
) -> Iterator[Verdict]:
    fact = fact_of(entry)
    for dated in {entry.happened_on, fact.happened_on}:
        if dated > today:
            yield no("Has it happened yet?", f"dated {dated}, after {today}", would_satisfy=["writing it on its day"])
    if limits is None or isinstance(entry, Correction | StrikeOut):
        return
    on_time_until = limits.rule.late_after.after(fact.happened_on, working_days)
    if today > on_time_until and not isinstance(entry, LateEntry):
        yield no(
            "Is it written down on time?",
            f"that was until {on_time_until}",
            would_satisfy=["a late entry, with the reason why it is late"],
            source=limits.source,
        )
    last = limits.rule.refused_after
    if last is not None and today > last.after(fact.happened_on, working_days):
        yield no(
            "Is a late entry still taken?",
            f"that was until {last.after(fact.happened_on, working_days)}",
            source=limits.source,
        )


def _wrong_step(step: Verdict | None, *, already_refused: bool) -> Iterator[Verdict]:
    """The parts of a stage's verdict that speak against the step; what is not there at all has been told already."""
    if step is not None and not step.is_yes:
        if step.parts:
            yield from (part for part in step.parts if not part.is_yes)
        elif not already_refused:
            yield step


def _wrong_amendment(record: CaseRecord, entry: Correction | StrikeOut) -> Iterator[Verdict]:
    question = "Is the entry it refers to there to be amended?"
    amended = next((line for line in record.lines if line.entry_id == entry.of), None)
    if amended is None:
        yield no(question, f"this record has no entry {entry.of}", would_satisfy=["the id of an entry of this case"])
        return
    struck = struck_out(record.lines)
    root = originals(record.lines).get(entry.of, entry.of)
    if entry.of in struck or root in struck:
        yield no(
            question, f"entry {entry.of} was struck out", would_satisfy=["striking out that strike-out", "a new entry"]
        )
        return
    if isinstance(entry, Correction):
        said = fact_of(amended.entry)
        if type(entry.to) is not type(said):
            wanted = "fact" if isinstance(said, StrikeOut) else said.kind
            yield no(
                "Is the correction of the same kind as what it corrects?",
                f"entry {entry.of} is a {amended.entry.kind}",
                would_satisfy=[f"a correction to a {wanted}", "striking it out, and a new entry"],
            )
            return
    yield from _left_loose(record, entry)


def _left_loose(record: CaseRecord, entry: Entry) -> Iterator[Verdict]:
    """Every entry that no longer fits once *entry* is written: it moves the episode or what others refer to."""
    line = Line("", record.case, record.number + 1, _AFTER_ALL, "", entry)
    before = loose_ends(record)
    after = loose_ends(fold(record.case, (*record.lines, line)))
    for entry_id, reasons in after.items():
        if entry_id not in before:
            yield no(
                f"Does entry {entry_id} still fit?",
                "; ".join(f"{reason.question} {reason.because}" for reason in reasons),
                would_satisfy=[f"amending entry {entry_id} first"],
            )
