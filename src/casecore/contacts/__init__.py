"""Contacts: what counts, how often, written down on time, and how many units they make."""

from .contact import Contact, EffortDocumented, Mode, Outcome, Party, Place

__all__ = ["Contact", "EffortDocumented", "Mode", "Outcome", "Party", "Place"]
