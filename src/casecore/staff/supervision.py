"""
Who supervises whom on a day.

>>> from datetime import date
>>> chart = [Supervision(worker="w-7", supervisor="w-2", since=date(2026, 1, 1)),
...          Supervision(worker="w-2", supervisor="w-1", since=date(2025, 1, 1))]
>>> supervisor_of("w-7", chart, on=date(2026, 1, 1)), supervisor_of("w-7", chart, on=date(2025, 12, 31))
('w-2', None)
>>> chain_above("w-7", chart, on=date(2026, 3, 1))
('w-2', 'w-1')
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

import attrs

from casecore.terms import CasecoreError, NotReadable, Period, Problem, Ref, Value


class SupervisionSort(enum.Enum):
    """In which respect somebody is supervised; a worker has at most one supervisor of each sort on a day."""

    LINE = "line"
    CLINICAL = "clinical"


@attrs.frozen(kw_only=True)
class Supervision(Value):
    """
    A worker is supervised by somebody from a day on.

    A later one of the same sort takes its place for good, also where that one ends again.

    Attributes:
        since: First day.
        until: First day no longer; nothing while it lasts.
    """

    worker: Ref
    supervisor: Ref
    since: date
    until: date | None = None
    sort: SupervisionSort = SupervisionSort.LINE

    def contradictions(self) -> Iterator[Problem]:
        if self.worker == self.supervisor:
            yield Problem("supervisor", "must not be the worker themselves")
        if self.until is not None and self.until <= self.since:
            yield Problem("until", "must be after since")


@attrs.frozen(kw_only=True)
class Covering(Value):
    """
    Who acts for somebody who is away: their deputy on those days.

    Attributes:
        absent: The worker who is away.
        covered_by: Who acts for them; nothing where nobody does.
    """

    absent: Ref
    days: Period
    covered_by: Ref | None = None

    def contradictions(self) -> Iterator[Problem]:
        if self.absent == self.covered_by:
            yield Problem("covered_by", "must not be who is away")


class SupervisionCircle(CasecoreError, ValueError):
    """
    Workers supervise one another in a circle.

    Attributes:
        path: The ids of the workers, each supervised by the next, the last by the first.
        on: A day on which it is so.
    """

    def __init__(self, path: tuple[str, ...], on: date) -> None:
        self.path, self.on = path, on
        super().__init__(path, on)

    def __str__(self) -> str:
        return f"a circle of supervision on {self.on}: {' -> '.join((*self.path, self.path[0]))}"


def supervisors_on(
    supervisions: Iterable[Supervision], *, on: date, sort: SupervisionSort = SupervisionSort.LINE
) -> dict[str, str]:
    """
    The supervisor of each worker who has one on that day, by worker id.

    Raises:
        NotReadable: Two supervisors are named for one worker from the same day.
    """
    latest: dict[str, tuple[int, Supervision]] = {}
    for place, each in enumerate(supervisions):
        if each.sort is sort and each.since <= on:
            before = latest.get(each.worker)
            if before is None or before[1].since < each.since:
                latest[each.worker] = place, each
            elif before[1].since == each.since and before[1] != each:
                raise NotReadable([_twice(place)], what="supervision")
    return {worker: each.supervisor for worker, (_, each) in latest.items() if each.until is None or on < each.until}


def supervisor_of(
    worker: str,
    supervisions: Iterable[Supervision],
    *,
    on: date,
    sort: SupervisionSort = SupervisionSort.LINE,
) -> str | None:
    """Who supervises a worker on that day, present or away; nothing where nobody is named."""
    own = (each for each in supervisions if each.worker == worker)
    return supervisors_on(own, on=on, sort=sort).get(worker)


def chain_above(
    worker: str,
    supervisions: Iterable[Supervision],
    *,
    on: date,
    sort: SupervisionSort = SupervisionSort.LINE,
) -> tuple[str, ...]:
    """
    The worker's supervisor, that one's supervisor, and so on to the top.

    Raises:
        SupervisionCircle: The chain comes back to somebody in it.
    """
    return climb(worker, supervisors_on(supervisions, on=on, sort=sort), on)


def climb(worker: str, chart: Mapping[str, str], on: date) -> tuple[str, ...]:
    """The chain above a worker, by the supervisors of one day."""
    chain = [worker]
    seen = {worker}
    while (above := chart.get(chain[-1])) is not None:
        if above in seen:
            raise SupervisionCircle(_from_the_least(chain[chain.index(above) :]), on)
        seen.add(above)
        chain.append(above)
    return tuple(chain[1:])


def acting_supervisor_of(
    worker: str,
    supervisions: Iterable[Supervision],
    coverings: Iterable[Covering],
    *,
    on: date,
    sort: SupervisionSort = SupervisionSort.LINE,
) -> str | None:
    """
    Who acts as the worker's supervisor on that day: the supervisor, or whoever covers for one who is away.

    Where an absent supervisor is covered by nobody, or by the worker, the next one up the chain acts.

    Raises:
        SupervisionCircle: As for `chain_above`.
        NotReadable: Two people cover for one on a day.
    """
    return acting_for(worker, supervisors_on(supervisions, on=on, sort=sort), away_on(coverings, on=on), on)


def away_on(coverings: Iterable[Covering], *, on: date) -> dict[str, str | None]:
    """
    Who is away on that day, each with who covers for them.

    Raises:
        NotReadable: Two people cover for one.
    """
    away: dict[str, str | None] = {}
    for place, each in enumerate(coverings):
        if on in each.days:
            if away.get(each.absent, each.covered_by) != each.covered_by:
                problem = Problem(f"[{place}].covered_by", "must not be another one than before it on the same day")
                raise NotReadable([problem], what="coverings")
            away[each.absent] = each.covered_by
    return away


def acting_for(worker: str, chart: Mapping[str, str], away: Mapping[str, str | None], on: date) -> str | None:
    """Who acts as a worker's supervisor, by the supervisors and absences of one day."""
    for above in climb(worker, chart, on):
        acting: str | None = above
        seen = {worker}
        while acting is not None and acting in away and acting not in seen:
            seen.add(acting)
            acting = away[acting]
        if acting is not None and acting not in seen:
            return acting
    return None


def review_no_circles(supervisions: Iterable[Supervision]) -> None:
    """
    Refuse supervisions of which some form a circle on any day, or name two supervisors from one day.

    Raises:
        SupervisionCircle: The first circle.
        NotReadable: All places where a second supervisor of the same sort is named from the same day.
    """
    placed = list(enumerate(supervisions))
    first: dict[tuple[str, SupervisionSort, date], Supervision] = {}
    problems = [
        _twice(place) for place, each in placed if first.setdefault((each.worker, each.sort, each.since), each) != each
    ]
    if problems:
        raise NotReadable(problems, what="supervision")
    for sort in SupervisionSort:
        latest: dict[str, Supervision] = {}
        by_day = sorted((each for _, each in placed if each.sort is sort), key=_since)
        for since, together in groupby(by_day, key=_since):
            changed = {each.worker: each for each in together}
            latest.update(changed)
            _check_from(latest, sorted(changed), since)


def _check_from(latest: dict[str, Supervision], changed: Iterable[str], on: date) -> None:
    """Look for a circle through one of those whose supervisor changed on that day; others were looked at before."""
    safe: set[str] = set()
    for worker in changed:
        walked: dict[str, None] = {}
        while worker not in safe:
            if worker in walked:
                path = list(walked)
                raise SupervisionCircle(_from_the_least(path[path.index(worker) :]), on)
            walked[worker] = None
            now = latest.get(worker)
            if now is None or (now.until is not None and now.until <= on):
                break
            worker = now.supervisor
        safe.update(walked)


def _since(supervision: Supervision) -> date:
    return supervision.since


def _from_the_least(path: list[str]) -> tuple[str, ...]:
    """The same circle told from its least id, so that it is told alike from wherever it was found."""
    least = path.index(min(path))
    return tuple(path[least:] + path[:least])


def _twice(place: int) -> Problem:
    return Problem(f"[{place}].supervisor", "must not be another one from the same day on")
