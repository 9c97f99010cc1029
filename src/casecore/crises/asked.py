"""Which contacts will do for a duty that follows a stay or a discharge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from casecore.contacts import Contact, Mode, Outcome, Party, Place
from casecore.terms import Value


@attrs.frozen(kw_only=True)
class ContactAsked(Value):
    """
    The contact that a standard asks for. Where nothing is named, any will do.

    Attributes:
        attempts_count: Whether an attempt that reached nobody will do.
    """

    modes: tuple[Mode, ...] = ()
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    attempts_count: bool = False

    def will_do(self, contact: Contact) -> bool:
        """Whether *contact* is of the kind asked for. An unknown place is none of the places named."""
        return (
            (contact.outcome is Outcome.HELD or self.attempts_count)
            and (not self.modes or contact.mode in self.modes)
            and (not self.parties or contact.party in self.parties)
            and (not self.places or contact.place in self.places)
        )

    def days_among(self, contacts: Iterable[Contact], *, since: date, as_of: date) -> list[date]:
        """The days of the contacts that will do, first to last, none before *since* or after *as_of*."""
        will_do = self.will_do
        return sorted(contact.held_on for contact in contacts if since <= contact.held_on <= as_of and will_do(contact))

    def __str__(self) -> str:
        words = ["a contact or an attempt" if self.attempts_count else "a held contact"]
        if self.modes:
            words.append(" or ".join(mode.value for mode in self.modes))
        if self.parties:
            words.append("with " + " or ".join(party.value for party in self.parties))
        if self.places:
            words.append("at " + " or ".join(place.value for place in self.places))
        return ", ".join(words)
