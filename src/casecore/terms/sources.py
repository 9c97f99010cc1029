"""By whose authority: the source of a number, a rule or a form."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import attrs

from .checks import Label, Length, Words
from .values import Value

Address = Annotated[str, Length(1, 2_000)]
"""A public address; those of state registers run longer than a label."""


@attrs.frozen(kw_only=True)
class Source(Value):
    """
    Where a standard comes from, so that a reader can go and look.

    Attributes:
        cite: The citation as a lawyer or auditor would write it: ``14 NYCRR 506.4(a)(1)``.
        url: A public address of the text, where there is one.
        read_on: The day, or the currency date of the copy, on which somebody last read it there.
        note: What a reader must know: which part could not be read, where two sources disagree.
        invented: True for examples made up for learning; such a source is never law.
    """

    cite: Label
    url: Address | None = None
    read_on: date | None = None
    note: Words | None = None
    invented: bool = False

    def __str__(self) -> str:
        return f"{self.cite} (invented example)" if self.invented else self.cite
