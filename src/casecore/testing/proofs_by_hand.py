"""Chain and anchor once more, after the page and not after the code: what stores are compared with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from casecore.hooks import ChainAnchor, StoredEntry


def chain_by_hand(lines: Iterable[StoredEntry]) -> list[bytes]:
    """The hash of every line of one case."""
    hashes = [bytes(32)]
    for line in lines:
        texts = [part.encode() for part in (line.entry_id, line.case, line.kind, line.recorded_at, line.by)]
        written = b"\x01" + line.number.to_bytes(8, "big") + line.form.to_bytes(8, "big", signed=True)
        for part in (*texts, line.body):
            written += len(part).to_bytes(8, "big")
        written += b"".join(texts) + line.body
        hashes.append(hashlib.sha256(hashes[-1] + hashlib.sha256(written).digest()).digest())
    return hashes[1:]


def anchor_by_hand(lines: Iterable[tuple[int, StoredEntry]]) -> ChainAnchor:
    """What the lines of a feed come to."""
    told = list(lines)
    chains = {
        case: iter(chain_by_hand(line for _, line in told if line.case == case))
        for case in {line.case for _, line in told}
    }
    return anchor_over([(position, next(chains[line.case])) for position, line in told])


def anchor_over(heads: Iterable[tuple[int, bytes]]) -> ChainAnchor:
    """What positions and hashes come to."""
    last, number, digest = 0, 0, bytes(32)
    for position, head in heads:
        last, number = position, number + 1
        digest = hashlib.sha256(digest + position.to_bytes(8, "big") + head).digest()
    return ChainAnchor(last, number, digest)
