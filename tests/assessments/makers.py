"""Small values that the tests of this room share."""

from __future__ import annotations

from casecore.assessments import Instrument, Item, Scoring, Worse
from casecore.terms import Source

SOURCE = Source(cite="made up", invented=True)


def an_instrument(count: int = 3, highest: int = 3, **fields: object) -> Instrument:
    asked = tuple(Item(id=str(n), lowest=0, highest=highest) for n in range(1, count + 1))
    said = {
        "id": "x", "version": "1", "title": "X", "license": "free", "source": SOURCE, "worse": Worse.HIGHER,
        "scoring": Scoring.SUM, "items": asked,
    }  # fmt: skip
    return Instrument(**(said | fields))  # type: ignore[arg-type]  # fields of many types
