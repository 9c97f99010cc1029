"""What hospital and emergency-room stays ask for."""

from __future__ import annotations

from casecore.crises import StayBegan, StayDuties, StayEnded, stay_dues, stays_of

from ..checklist import Question, Reviewed


def stay_duties(asked: Question) -> Reviewed:
    """The visit, the coordination and the contacts that follow a stay, while the client is in the program."""
    standards = asked.rules.asking(StayDuties)
    admission = asked.record.admission
    if not standards or admission is None:
        return Reviewed()
    last = asked.discharged_on
    stays = [
        stay
        for stay in stays_of(asked.record.of(StayBegan, StayEnded), as_of=asked.as_of)
        if (last is None or stay.admitted_on <= last)
        and (stay.discharged_on is None or stay.discharged_on >= admission.admitted_on)
    ]
    return Reviewed(
        [
            due
            for standard in standards
            for due in stay_dues(
                stays, asked.record.contacts, standard, as_of=asked.as_of, working_days=asked.working_days
            )
        ]
    )
