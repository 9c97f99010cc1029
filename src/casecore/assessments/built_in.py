"""The instruments that come with the library, and reading an agency's own."""

from __future__ import annotations

import functools
from decimal import Decimal, InvalidOperation

from casecore.terms import NotKnown, NotReadable, Problem, read

from .instrument import Instrument

BUILT_IN = ("gad-7", "phq-9")
"""The ids of the instruments that come with the library. None of them holds its items' wording."""
LONGEST_FILE = 1_000_000


def built_in(instrument: str) -> Instrument:
    """
    An instrument that comes with the library, by its id or by id and version (``phq-9``, ``phq-9@1``).

    Its source says what was read where, and what could not be confirmed.

    Raises:
        NotKnown: None comes under that id and version.
    """
    if instrument.partition("@")[0] in BUILT_IN:
        found = _built_in(instrument.partition("@")[0])
        if instrument in (found.id, found.key):
            return found
    raise NotKnown(f"no such instrument comes with the library; those that do are {', '.join(BUILT_IN)}")


def read_instrument(text: str) -> Instrument:
    """
    An instrument from its definition in TOML.

    Numbers with a decimal point are read exactly: ``5.1`` is 5.1.

    Raises:
        NotReadable: The text is no TOML, or no instrument: all problems with their paths.
    """
    import tomllib  # loaded at the first use: most hosts never define an instrument

    if len(text) > LONGEST_FILE:
        raise NotReadable([Problem("", f"must not be longer than {LONGEST_FILE} characters")], what="instrument")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, InvalidOperation) as error:
        told = str(error)
        where = f" {told[told.rindex('(at ') :]}" if "(at " in told else ""
    else:
        return read(data, Instrument, what="instrument")
    raise NotReadable([Problem("", f"must be TOML{where}")], what="instrument")


@functools.cache
def _built_in(name: str) -> Instrument:
    from importlib import resources  # loaded at the first use, as above

    return read_instrument((resources.files(__package__) / "instruments" / f"{name}.toml").read_text("utf-8"))
