"""What stands behind something said of a worker: whether it was verified, and which papers are on file."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from casecore.terms import Label, Problem, Value


@attrs.frozen(kw_only=True)
class Claim(Value):
    """
    Something said of a worker, and what stands behind it.

    Attributes:
        is_verified: False where it has only been said, and a post may ask for more than that.
        papers: The kinds of papers on file for it, as in ``transcript``; a post may make one compulsory.
        refused: The kinds of papers that were asked for and will not come. One that is in neither list may still come.
    """

    is_verified: bool = True
    papers: tuple[Label, ...] = ()
    refused: tuple[Label, ...] = ()

    def contradictions(self) -> Iterator[Problem]:
        if set(self.papers) & set(self.refused):
            yield Problem("refused", "must not name a paper that is on file")
