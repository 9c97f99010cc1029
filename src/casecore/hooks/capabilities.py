"""What a store can do beyond keeping lines, and how it refuses what it cannot."""

from __future__ import annotations

import enum

from casecore.terms import NotOffered


class Capability(enum.StrEnum):
    """
    Something that a store may offer or not. It lists what it offers; the rest it refuses with `not_offered`.

    The promises behind each stand in ``docs/reference/contracts/storage.md``.
    """

    DURABLE = "durable"
    """What was acknowledged is there when the store is opened again, and for others who have it open (S19, S20)."""
    FEED = "feed"
    """`Store.feed` tells all lines in the order in which they were written (S22, S23)."""
    CHAIN = "chain"
    """`Store.chain` and `Store.verify`: a hash over every line and the one before it (S24, S25)."""
    ANCHOR = "anchor"
    """`Store.anchor`, and `Store.verify` with one: all lines at once. Needs feed and chain (S26, S27)."""
    BORROW = "borrow"
    """It writes in a transaction of the host's, on the host's own connection (B1 to B6)."""


_WOULD = {
    Capability.DURABLE: "keep records beyond this process",
    Capability.FEED: "tell all lines in the order in which they were written",
    Capability.CHAIN: "keep a hash over every line",
    Capability.ANCHOR: "say what all its lines come to",
    Capability.BORROW: "write in a transaction of the host's",
}


def not_offered(store: object, capability: Capability) -> NotOffered:
    """
    The refusal of a store that is asked for a capability it does not list.

    >>> print(not_offered("the front desk's store", Capability.CHAIN))
    the front desk's store does not offer 'chain'; one whose capabilities list it would keep a hash over every line
    """
    name = store if isinstance(store, str) else type(store).__name__
    return NotOffered(
        f"{name} does not offer '{capability}'; one whose capabilities list it would {_WOULD[capability]}"
    )
