"""For one case and one month: what each minimum of contacts asked, what counted, what did not and why not."""

from __future__ import annotations

from datetime import date

from casecore.contacts import ContactAccount, ContactMinimum, EffortDocumented, explain_contacts
from casecore.crises import INPATIENT, StayBegan, StayEnded, stays_of
from casecore.record import CaseRecord
from casecore.standards import Rules
from casecore.terms import Period, StandardNotInForce


def contact_accounts(record: CaseRecord, rules: Rules, *, day: date, as_of: date) -> tuple[ContactAccount, ...]:
    """The account of every minimum that asks anything of this case in the period that *day* lies in."""
    seen = record.as_of(as_of)
    admission, client, discharge = seen.admission, seen.client, seen.discharge
    if admission is None:
        return ()
    accounts = []
    for standard in rules.asking(ContactMinimum):
        try:
            account = explain_contacts(
                seen.contacts,
                standard,
                day=day,
                admitted_on=admission.admitted_on,
                as_of=as_of,
                discharged_on=discharge.discharged_on if discharge else None,
                stays=[
                    Period(stay.admitted_on, stay.discharged_on or date.max)
                    for stay in stays_of(seen.of(StayBegan, StayEnded), as_of=as_of)
                    if stay.setting in INPATIENT and stay.discharged_on != stay.admitted_on
                ],
                born_on=client.born_on if client else None,
                efforts=seen.of(EffortDocumented),
            )
        except StandardNotInForce:
            continue
        accounts.append(account)
    return tuple(accounts)
