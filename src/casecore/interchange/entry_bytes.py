"""
Entries to bytes and back.

The bytes are JSON with every field said, defaults too: a default that changes later never changes what an old entry
means. cattrs (behind `casecore.terms.read`) defines what bytes mean, and carries old forms forward; msgspec decodes the
current form several times faster, straight into the same classes. Tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from casecore.record import Amendment, Correction, LateEntry, Opaque
from casecore.terms import Entry, NotReadable, Problem, field_names, read

from .kinds import Kinds, Upcast
from .plain_json import read_json

_INNER: dict[type[Entry], str] = {LateEntry: "entry", Correction: "to"}
"""The amendments that hold another entry, and the field in which they do."""


_DAMAGE = (msgspec.MsgspecError, UnicodeError, RecursionError)

Decoder = Callable[[bytes], Entry]


class _Decoders(dict[tuple[str, int], Decoder]):
    """The decoder of each kind and form, made when it is first asked for."""

    def __init__(self, make: Callable[[str, int], Decoder]) -> None:
        self._make = make

    def __missing__(self, key: tuple[str, int]) -> Decoder:
        decoder = self[key] = self._make(*key)
        return decoder


class EntryBytes:
    """Writes and reads the bytes of entries of the given kinds."""

    def __init__(self, kinds: Kinds | None = None) -> None:
        self.kinds = kinds or Kinds()
        self._decoders = _Decoders(self._decoder)
        self._json = msgspec.json.Encoder()

    def encode(self, entry: Entry) -> bytes:
        """
        The entry as UTF-8 JSON.

        Raises:
            NotReadable: Its class is not among the kinds.
        """
        if isinstance(entry, Opaque):
            return entry.body
        if self.kinds.get(entry.kind) is not type(entry):
            raise NotReadable([Problem("", f"must be of a known kind; {type(entry).__name__} is none")], what="entry")
        field = _INNER.get(type(entry))
        if field is None:
            return self._json.encode(entry)
        inner: Entry = getattr(entry, field)
        said = {name: getattr(entry, name) for name in field_names(type(entry))}
        said[field] = {"kind": inner.kind, "form": inner.version, "body": msgspec.Raw(self.encode(inner))}
        return self._json.encode(said)

    def decode(self, kind: str, form: int, body: bytes) -> Entry:
        """
        The entry that *body* holds; of a kind not known here, an `Opaque` one.

        Bytes of the current form are taken to be bytes that `encode` made: their types are checked, limits and
        contradictions are not checked again. For data from elsewhere use `read_entry`.

        Raises:
            NotReadable: The bytes are damaged, or of a newer form than this library knows.
        """
        try:
            return self._decoders[kind, form](body)
        except _DAMAGE:
            pass  # told below, so that the error carries nothing of what stood there
        raise NotReadable([Problem("", "must be the bytes of an entry; these are damaged")], what=f"stored {kind}")

    def decode_all(self, kinds: Sequence[str], forms: Sequence[int], bodies: Sequence[bytes]) -> list[Entry]:
        """What `decode` gives for each kind, form and body: for a whole case, at less cost an entry."""
        decoders = self._decoders
        try:
            return [decoders[key](body) for key, body in zip(zip(kinds, forms, strict=True), bodies, strict=True)]
        except _DAMAGE:
            pass  # one by one, so that the error names the kind
        return list(map(self.decode, kinds, forms, bodies))

    def read_entry(self, kind: str, data: Any, form: int | None = None) -> Entry:
        """
        An entry from plain data that somebody else made, checked in full.

        Args:
            kind: The kind's word, as in ``contact``.
            data: Plain data, as a JSON or TOML reader gives it.
            form: The form of the data, where it is an older one.

        Raises:
            NotReadable: With every problem and its path.
        """
        cls = self.kinds.get(kind)
        if cls is None:
            raise NotReadable([Problem("kind", "must be a known kind of entry")], what="entry")
        data = self._carried_forward(cls, data, cls.version if form is None else form)
        field = _INNER.get(cls)
        if field is None or not isinstance(data, dict):
            return read(data, cls)
        inner, problems = self._inner(data.get(field))
        try:
            entry = read({**data, field: inner}, cls)
        except NotReadable as error:
            problems = [found for found in error.problems if found.path != field] + [
                found.inside(field) for found in problems
            ]
        else:
            return entry
        raise NotReadable(problems, what=cls.__name__)

    def _inner(self, data: Any) -> tuple[Entry | None, list[Problem]]:
        """The entry inside an amendment, or what is wrong with it."""
        if not isinstance(data, dict) or set(data) != {"kind", "form", "body"}:
            return None, [Problem("", "must hold kind, form and body")]
        if not isinstance(data["kind"], str) or type(data["form"]) is not int:
            return None, [Problem("", "must name its kind as text and its form as a whole number")]
        if issubclass(self.kinds.get(data["kind"]) or Entry, Amendment):  # before it is read: they could nest for ever
            return None, [Problem("", "must be a fact, not an amendment")]
        try:
            return self.read_entry(data["kind"], data["body"], data["form"]), []
        except NotReadable as error:
            return None, list(error.problems)

    def _carried_forward(self, cls: type[Entry], data: Any, form: int) -> Any:
        if not 1 <= form <= cls.version:
            raise NotReadable([Problem("form", f"must be from 1 to {cls.version}, the newest known")], what=cls.kind)
        for older in range(form, cls.version):
            upcast = self.kinds.upcasts.get((cls.kind, older))
            if upcast is None:
                raise NotReadable([Problem("form", f"{older} has no way forward to {older + 1}")], what=cls.kind)
            if not isinstance(data, dict):
                raise NotReadable([Problem("", "must be a mapping of fields")], what=cls.kind)
            data = _carried(upcast, data)
            if data is None:
                told = f"{older} could not be carried forward to {older + 1}"
                raise NotReadable([Problem("form", told)], what=cls.kind)
        return data

    def _stored(self, cls: type[Entry], form: int, body: bytes) -> Entry:
        """An amendment or an older form; an amendment of a kind that nothing here knows is as opaque as that kind."""
        data = read_json(body, what=f"stored {cls.kind}")
        inner = data.get(_INNER.get(cls)) if isinstance(data, dict) else None
        kind = inner.get("kind") if isinstance(inner, dict) else None
        if isinstance(kind, str) and self.kinds.get(kind) is None:
            return Opaque(cls.kind, form, body)
        return self.read_entry(cls.kind, data, form)

    def _decoder(self, kind: str, form: int) -> Decoder:
        cls = self.kinds.get(kind)
        if cls is None:
            return lambda body: Opaque(kind, form, body)
        if form != cls.version or cls in _INNER:
            return lambda body: self._stored(cls, form, body)
        return msgspec.json.Decoder(cls).decode


def _carried(upcast: Upcast, data: dict[str, Any]) -> Any:
    """What a host's upcast makes of the data; nothing where it fails, whose error may quote what stood there."""
    try:
        return upcast(dict(data))
    except Exception:  # a host's own function
        return None
