"""Who is served."""

from __future__ import annotations

from datetime import date

import attrs

from casecore.terms import Entry, Label, Ref


@attrs.frozen(kw_only=True)
class ClientDescribed(Entry, kind="client-described", dated="described_on"):
    """
    What is known of the person from this day on; a later description replaces an earlier one whole.

    Attributes:
        client: The host's id of the person; the same in every episode of theirs.
        born_on: Unknown stays unknown: rules that depend on age then answer *not known*.
    """

    described_on: date
    client: Ref
    name: Label | None = None
    born_on: date | None = None
    language: Label | None = None
