"""Why a contact counts or not, in one sentence; never with a name or a word of its note."""

from __future__ import annotations

from .contact import Contact
from .counting import Counting, NotCounted
from .lengths import length_of


def sentence(contact: Contact, reason: NotCounted | None, rule: Counting) -> str:
    """The sentence for one contact."""
    if reason is None:
        if (length_of(contact) or 0) < rule.minimum_minutes and contact.was_held and length_of(contact) is not None:
            return "Counts: with the other short contacts of this day it is long enough."
        return "Counts."
    return (
        "Does not count: "
        + {
            NotCounted.OUTCOME: f"what came of it was {contact.outcome.value}.",
            NotCounted.MODE: f"{contact.mode.value} is not a mode that counts.",
            NotCounted.JUSTIFICATION: f"{contact.mode.value} counts only with a justification; none is written down.",
            NotCounted.PARTY: f"a contact with a {contact.party.value} does not count.",
            NotCounted.COLLATERAL_OF_ADULT: f"collaterals count only for clients under {rule.collaterals_under_age}.",
            NotCounted.AGE_NOT_KNOWN: "collaterals count only by the client's age, which is not known.",
            NotCounted.PLACE: f"the place ({contact.place.value if contact.place else 'none'}) is not one that counts.",
            NotCounted.PLACE_NOT_KNOWN: "only some places count, and where it took place is not known.",
            NotCounted.TOO_SHORT: f"it lasted {length_of(contact)} of at least {rule.minimum_minutes} minutes.",
            NotCounted.NO_LENGTH: f"it must last {rule.minimum_minutes} minutes, and its length is not written down.",
            NotCounted.LENGTH_NOT_KNOWN: f"it must last {rule.minimum_minutes} minutes, and its length is not known.",
            NotCounted.ADDED_UP: "it makes one contact together with another short one of this day.",
            NotCounted.DAILY_MAXIMUM: f"no more than {rule.most_per_day} a day count, and this day has them.",
            NotCounted.BEFORE_ADMISSION: "it was held before the days that count.",
            NotCounted.AFTER_DISCHARGE: "it was held after the days that count.",
        }[reason]
    )
