"""Re-admission, and the episodes of one person in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

import attrs

from casecore.crises import DayCount, covered_days, days_counted
from casecore.intake import Admission
from casecore.standards import Rule, Standard
from casecore.terms import (
    AtLeast,
    AtMost,
    Label,
    NotReadable,
    Problem,
    Ref,
    Source,
    Value,
    Verdict,
    all_of,
    no,
    yes,
)

from .discharge import Discharged, DischargeReason, DischargeUndone
from .standing import discharge_of


@attrs.frozen(kw_only=True)
class Episode(Value):
    """
    One stay in a program, admission to discharge, as far as the episodes around it need to know.

    Attributes:
        discharged_on, reason: Of the discharge that stands; nothing while the episode goes on.
        follows: The case id of this person's earlier episode.
    """

    case: Ref
    client: Ref
    program: Label
    admitted_on: date
    discharged_on: date | None = None
    reason: DischargeReason | None = None
    follows: Ref | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.discharged_on is not None and self.discharged_on < self.admitted_on:
            yield Problem("discharged_on", "must not be before admitted_on")
        if self.reason is not None and self.discharged_on is None:
            yield Problem("reason", "must not be given without discharged_on")
        if self.follows == self.case:
            yield Problem("follows", "must be another case")


@attrs.frozen(kw_only=True)
class ReadmissionTerms(Rule, asks="readmission"):
    """
    When a person who was discharged may be admitted again, as a new episode.

    Attributes:
        same_day_allowed: Whether on the very day of the discharge.
        undo_within_days: A return at most so many days after the discharge is no new episode: the discharge is to be
            undone.
        same_program: Whether the earlier episode must have been in the same program.
        not_after: Reasons of discharge after which nobody is admitted again.
    """

    same_day_allowed: bool
    same_program: bool
    undo_within_days: Annotated[int, AtLeast(0), AtMost(366)] | None = None
    not_after: tuple[DischargeReason, ...] = (DischargeReason.DIED,)

    def contradictions(self) -> Iterator[Problem]:
        if self.same_day_allowed and self.undo_within_days is not None:
            yield Problem("undo_within_days", "must not be given where re-admission on the same day is allowed")


def episode_of(
    case: str, admission: Admission, entries: Iterable[Discharged | DischargeUndone] = (), *, as_of: date | None = None
) -> Episode:
    """The episode that *admission* began, ended by the discharge that stands, see `discharge_of`."""
    discharge = discharge_of(entries, as_of=as_of)
    return Episode(
        case=case,
        client=admission.client,
        program=admission.program,
        admitted_on=admission.admitted_on,
        discharged_on=discharge.discharged_on if discharge else None,
        reason=discharge.reason if discharge else None,
        follows=admission.follows,
    )


def may_readmit(admission: Admission, earlier: Episode, standard: Standard[ReadmissionTerms]) -> Verdict:
    """
    May this person be admitted again, as a new episode that follows the earlier one?

    Args:
        standard: Read on the day of the new admission.

    Raises:
        StandardNotInForce: *standard* has no edition on that day.
    """
    edition = standard.on(admission.admitted_on)
    rule, source, left = edition.rule, edition.source, earlier.discharged_on
    parts = [
        _part(source, "Is it the same person?", admission.client == earlier.client, "the clients differ"),
        _part(
            source,
            "Does the admission name the earlier episode?",
            admission.follows == earlier.case,
            "it names none, or another",
            "the admission, with the earlier case as the one it follows",
        ),
    ]
    if rule.same_program:
        same = admission.program == earlier.program
        parts.append(_part(source, "Is it the same program?", same, "the programs differ"))
    ended = "Has the earlier episode ended?"
    parts.append(_part(source, ended, left is not None, "no discharge stands", "the discharge from it"))
    if left is not None:
        allowed = earlier.reason not in rule.not_after
        parts.append(_part(source, "May one come back after such a discharge?", allowed, "not after this one"))
        parts.append(_late_enough(source, admission.admitted_on, left, rule))
    return all_of("May the client be admitted again?", parts, source=source)


def _late_enough(source: Source, on: date, left: date, rule: ReadmissionTerms) -> Verdict:
    question, undo = "Is it late enough for a new episode?", "the discharge undone, and the same episode gone on with"
    gap = (on - left).days
    if gap < 0:
        return _part(source, question, False, f"the earlier episode ended only on {left}", f"an admission after {left}")
    if rule.undo_within_days is not None and gap <= rule.undo_within_days:
        return _part(source, question, False, f"at most {rule.undo_within_days} days after the discharge", undo)
    return _part(source, question, gap > 0 or rule.same_day_allowed, "it is the day of the discharge", undo)


def _part(source: Source, question: str, holds: bool, because: str, wanted: str = "") -> Verdict:
    if holds:
        return yes(question, source=source)
    return no(question, because, would_satisfy=(wanted,) if wanted else (), source=source)


def episodes_in_order(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """
    The episodes of one person, linked by what each follows, first to last.

    Raises:
        NotReadable: They are not one chain: a case stands twice, an episode follows one that is not here, two follow
            the same, more or fewer than one follow none, they go in a circle, the clients differ, or one began before
            the one it follows had ended. All problems at once.
    """
    given = tuple(episodes)
    by_case = {episode.case: episode for episode in given}
    after: dict[str, Episode] = {}
    problems: list[Problem] = []
    if len(by_case) < len(given):
        problems.append(Problem("episodes", "must not hold a case twice"))
    for place, episode in enumerate(given):
        if episode.client != given[0].client:
            problems.append(Problem(f"episodes[{place}].client", "must be the client of the others"))
        if episode.follows is None:
            continue
        earlier = by_case.get(episode.follows)
        if earlier is None:
            problems.append(Problem(f"episodes[{place}].follows", "must be one of the episodes given"))
        elif episode.follows in after:
            problems.append(Problem(f"episodes[{place}].follows", "must not be followed by another too"))
        else:
            after[episode.follows] = episode
            if earlier.discharged_on is None or earlier.discharged_on > episode.admitted_on:
                problems.append(Problem(f"episodes[{place}].admitted_on", "must not be before the earlier one ended"))
    firsts = [episode for episode in given if episode.follows is None]
    if given and len(firsts) != 1:
        problems.append(Problem("episodes", "must have exactly one that follows none"))
    if problems:
        raise NotReadable(problems, what="chain of episodes")
    ordered: list[Episode] = []
    episode_now = firsts[0] if firsts else None
    while episode_now is not None:
        ordered.append(episode_now)
        episode_now = after.get(episode_now.case)
    if len(ordered) < len(given):
        raise NotReadable([Problem("episodes", "must not go in a circle")], what="chain of episodes")
    return tuple(ordered)


def total_days_served(episodes: Iterable[Episode], *, counting: DayCount, as_of: date) -> int:
    """
    On how many days the person was served, in all these episodes together; a day in two of them counts once.

    Args:
        counting: Whether the day of discharge is one of them, as for a stay.
        as_of: An episode that goes on is counted up to this day, which is inside; later days and episodes are not.
    """
    parts = [days_counted(episode.admitted_on, episode.discharged_on, counting, as_of=as_of) for episode in episodes]
    return covered_days(part for part in parts if part is not None)
