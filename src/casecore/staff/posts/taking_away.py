"""Through what can somebody who is qualified cease to be, though nothing was wrong?"""

from __future__ import annotations

from collections.abc import Iterator

from casecore.terms import Value

from .held_asked import Aged, Appointed, CredentialAsked, Held, Judged, LearningAsked, Scored, Stated
from .needs import ExperienceAsked, MayFollow, Need, StaffDay
from .qualifications import Qualifications, with_lists_spelled_out
from .word_lists import values_within
from .work import Work


def what_can_take_away(asked: Qualifications) -> tuple[str, ...]:
    """
    The fields through which a further fact, or time that passes, can turn a yes to no, by their paths.

    ``needs.all_of[1].none_of`` excludes; ``needs.any_of[0].experience.within`` looks back over a time that goes by;
    ``needs.credential`` lapses. Where nothing is named, whoever is qualified stays so as long as the edition does,
    whatever else is found, except for a day of application, examination or appointment that was not known.
    """
    # a list of words takes nothing away, but its name would hide that two lists are one
    whole = with_lists_spelled_out(asked)
    return tuple(
        path if field == "" else f"{path}.{field}"
        for path, value in values_within(whole.needs, "needs")
        for field in _takes_away(value, whole)
    )


def _takes_away(value: Value, asked: Qualifications) -> Iterator[str]:
    if isinstance(value, Need):
        yield from (name for name in ("none_of", "post") if getattr(value, name) is not None)
    elif isinstance(value, ExperienceAsked):
        yield from _of_experience(value)
    elif isinstance(value, Work):
        yield from ("before",) if value.before is not None else ()
    elif isinstance(value, CredentialAsked):
        if value.held is not Held.AT_APPOINTMENT or asked.measured_at is not StaffDay.APPOINTMENT:
            yield "held"
        yield from ("for_at_most",) if value.for_at_most is not None else ()
    elif isinstance(value, LearningAsked):
        yield from ("within",) if value.within is not None else ()
    elif isinstance(value, Scored | Stated | Judged):
        yield ""  # a later statement, or ruling, stands in its place; a statement may end
    elif isinstance(value, Aged):
        yield from ("at_most",) if value.at_most is not None else ()
    elif isinstance(value, Appointed):
        yield from ("before",) if value.before is not None else ()
    elif isinstance(value, MayFollow):
        yield from ("within",) if value.within is not None else ()


def _of_experience(asked: ExperienceAsked) -> Iterator[str]:
    if asked.within is not None:
        yield "within"
    if asked.is_preceding:
        yield "is_preceding"
    if len(asked.other) > 1:
        yield "other"  # on a full day the first of them takes the place of a later one that may count for more
