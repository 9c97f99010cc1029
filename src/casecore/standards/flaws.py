"""What the linter finds: one flaw, where it is and how bad it is."""

from __future__ import annotations

import enum

import attrs

from casecore.terms import Label, Value, Words


class Severity(enum.Enum):
    """How bad a flaw is: with an error the file is not to be used; a warning wants a person's look."""

    ERROR = "error"
    WARNING = "warning"


class FlawCode(enum.Enum):
    """
    What kinds of flaw there are; see ``docs/reference/rulebook-format.md``.

    The last ones are found only in posts; see ``docs/reference/post-format.md``.
    """

    UNREADABLE = "unreadable"
    UNSOURCED = "unsourced"
    INVENTED_SOURCE = "invented-source"
    NOT_MARKED_INVENTED = "not-marked-invented"
    SOURCE_NOT_TRACEABLE = "source-not-traceable"
    REPEATED_NAME = "repeated-name"
    NAME_FORM = "name-form"
    VERSION_FORM = "version-form"
    NO_STANDARDS = "no-standards"
    NO_EDITIONS = "no-editions"
    OUT_OF_ORDER = "out-of-order"
    OVERLAPPING = "overlapping"
    UNREACHABLE = "unreachable"
    GAP = "gap"
    REPEALS_NOTHING = "repeals-nothing"
    ASKS_OTHERWISE = "asks-otherwise"
    ASKS_FOR_LESS = "asks-for-less"
    MASKED = "masked"
    SAME_LAYER = "same-layer"
    NEVER_MET = "never-met"
    ASKS_NOTHING = "asks-nothing"
    HIDDEN_ROUTE = "hidden-route"
    FLOOR_TOO_HIGH = "floor-too-high"
    USELESS_FLOOR = "useless-floor"
    USELESS_SUBSTITUTE = "useless-substitute"
    NO_CONVERSION = "no-conversion"
    UNUSED_LIST = "unused-list"
    LIST_OUT_OF_PLACE = "list-out-of-place"
    UNUSED_STEP = "unused-step"
    UNKNOWN_POST = "unknown-post"
    CIRCULAR = "circular"


@attrs.frozen(kw_only=True)
class Flaw(Value):
    """
    One thing wrong with the text of a rulebook or a post.

    Attributes:
        path: Where in the file, counting from 0: ``standard[2].edition[0].value.at_least``; empty for the whole file.
        standard: The standard's, or the post's, name, where it could be read.
    """

    severity: Severity
    code: FlawCode
    path: str
    message: Words
    standard: Label | None = None

    def __str__(self) -> str:
        where = f"{self.path} ({self.standard})" if self.standard else self.path or "file"
        return f"{self.severity.value}: {where}: {self.message} [{self.code.value}]"
