"""
The chain of hashes through the lines of a case, and the anchor over all lines of a store.

The bytes that are hashed stand in ``docs/reference/contracts/storage.md``, so that an auditor can make them with any
language. Everything here is pure; a store keeps one hash beside each line.
"""

from __future__ import annotations

import enum
import hashlib
import re
import struct
from collections.abc import Iterable, Iterator, MutableMapping
from typing import NamedTuple

from casecore.terms import NotReadable, Problem

from .stored import StoredEntry

VERSION = 1
"""The way of hashing; the first byte of what is hashed of a line, and the first word of a written anchor."""

CHAIN_START = bytes(32)
"""What the first line of a case, and the first line of a store, is chained to."""

_HEAD = struct.Struct(">Bqq6Q")
_POSITION = struct.Struct(">q")
_TYPES = (str, str, int, str, int, str, str, bytes)
_sha256 = hashlib.sha256


def line_digest(line: StoredEntry) -> bytes:
    """
    The SHA-256 of everything that is stored of a line: 32 bytes.

    Raises:
        UnicodeEncodeError: It holds half of a character.
        OverflowError: It holds a number beyond 64 bits.
    """
    entry_id, case, number, kind, form, recorded_at, by, body = line
    one, two, three, four, five = entry_id.encode(), case.encode(), kind.encode(), recorded_at.encode(), by.encode()
    try:
        head = _HEAD.pack(VERSION, number, form, len(one), len(two), len(three), len(four), len(five), len(body))
    except struct.error:
        raise OverflowError("a number beyond 64 bits") from None
    return _sha256(head + one + two + three + four + five + body).digest()


def link(before: bytes, digest: bytes) -> bytes:
    """The hash of a line: over the hash of the line before it (or `CHAIN_START`) and its own digest."""
    return _sha256(before + digest).digest()


def link_lines(lines: Iterable[StoredEntry], heads: MutableMapping[str, bytes]) -> list[bytes]:
    """
    The hash of each of *lines* in turn.

    Args:
        lines: Of any cases, each case's in order.
        heads: The hash of the last line so far of every case that has lines; goes along with them.

    Raises:
        UnicodeEncodeError, OverflowError: As `line_digest`.
    """
    hashes = []
    for line in lines:
        case = line[1]
        heads[case] = head = _sha256(heads.get(case, CHAIN_START) + line_digest(line)).digest()
        hashes.append(head)
    return hashes


class ChainAnchor(NamedTuple):
    """
    What all lines of a store come to at one moment, short enough to be kept where the store's keeper cannot reach it.

    Attributes:
        position: The feed's position of the last line that it speaks of; 0 for none.
        lines: How many lines that are.
        hash: The SHA-256 over their positions and hashes in the order of the feed.
    """

    position: int
    lines: int
    hash: bytes

    def and_on(self, heads: Iterable[tuple[int, bytes]]) -> ChainAnchor:
        """The anchor over the lines of this one and those that follow, told by position and hash."""
        position, count, digest = self
        for position, head in heads:
            digest = _sha256(digest + _POSITION.pack(position) + head).digest()
            count += 1
        return ChainAnchor(position, count, digest)

    def __str__(self) -> str:
        """As one line of text: ``1:position:lines:hash``, the hash in hexadecimal."""
        return f"{VERSION}:{self.position}:{self.lines}:{self.hash.hex()}"

    @classmethod
    def read(cls, text: str) -> ChainAnchor:
        """
        The anchor that was written as *text*.

        Raises:
            NotReadable: It is not one, or one of another version.
        """
        found = re.fullmatch(rf"{VERSION}:([0-9]{{1,19}}):([0-9]{{1,19}}):([0-9a-f]{{64}})", text.strip(), re.ASCII)
        if found is None:
            raise NotReadable([Problem("", f"must be {VERSION}:position:lines:hash")], what="anchor")
        return cls(int(found[1]), int(found[2]), bytes.fromhex(found[3]))


NO_LINES = ChainAnchor(0, 0, CHAIN_START)
"""The anchor of an empty store."""


class Damaged(enum.StrEnum):
    """What is wrong with a line, or with all of them together."""

    ALTERED = "altered"
    """The line, or its hash, is not what was written."""
    MISSING = "missing"
    """The line is not there, though a later line or the index row speaks of it."""
    OUT_OF_ORDER = "out-of-order"
    """The line was not written after the line that stands before it."""
    NOT_AS_ANCHORED = "not-as-anchored"
    """The lines that the anchor speaks of are not those that are there. Names no case: one hash cannot say which."""


class Damage(NamedTuple):
    """
    One thing that `verify` found; nothing of what a line says.

    Attributes:
        case: The case id as it is stored; empty where no one case can be named.
        number: The number of the line; 0 where no one line can be named.
        what: What is wrong with it.
    """

    case: str
    number: int
    what: Damaged


def check_chain(
    lines: Iterable[tuple[int, StoredEntry, bytes]],
    anchor: ChainAnchor | None = None,
    *,
    rows: Iterable[tuple[str, int]] = (),
) -> tuple[Damage, ...]:
    """
    Find what was done to lines behind their store's back.

    Args:
        lines: All lines by position, each with its hash as stored. Fields may have become anything.
        anchor: What the lines came to when they were known to be right.
        rows: The case and number of each index row that speaks of a line which is not there.

    Returns:
        In the order of positions, each once. Nothing is repeated of a line but its case and number.
    """
    found = [*_damage(lines, anchor), *(Damage(_named(case), number, Damaged.MISSING) for case, number in rows)]
    return tuple(dict.fromkeys(found))


def _damage(lines: Iterable[tuple[int, StoredEntry, bytes]], anchor: ChainAnchor | None) -> Iterator[Damage]:
    last: dict[str, tuple[int, bytes]] = {}
    so_far, compared = NO_LINES, anchor is None
    for position, line, kept in lines:
        if anchor is not None and not compared and position > anchor.position:
            compared = True
            if so_far != anchor:
                yield Damage("", 0, Damaged.NOT_AS_ANCHORED)
        right = _is_line(line, kept)
        case, number = _named(line.case), line.number if type(line.number) is int else 0
        kept = kept if type(kept) is bytes else b""
        so_far = so_far.and_on([(position, kept)])
        before, head = last.get(line.case, (0, CHAIN_START))
        last[line.case] = (number, kept)
        if not right:
            yield Damage(case, number, Damaged.ALTERED)
        elif number <= before:
            yield Damage(case, number, Damaged.OUT_OF_ORDER)
        elif number > before + 1:
            yield Damage(case, before + 1, Damaged.MISSING)
        elif link(head, line_digest(line)) != kept:
            yield Damage(case, number, Damaged.ALTERED)
    if anchor is not None and not compared and so_far != anchor:
        yield Damage("", 0, Damaged.NOT_AS_ANCHORED)


def _is_line(line: StoredEntry, kept: object) -> bool:
    """Whether it can have been written by a store at all; somebody else may have put anything there."""
    return tuple(map(type, line)) == _TYPES and type(kept) is bytes and all(map(_is_text, line))


def _is_text(part: object) -> bool:
    try:
        if isinstance(part, str):
            part.encode()
    except UnicodeEncodeError:
        return False
    return True


def _named(case: object) -> str:
    """A case id that can be printed, also where it is none any more."""
    return case.encode("utf-8", "replace").decode() if isinstance(case, str) else ""
