"""Cutting a provider's schema down to the types that a configuration uses.

The AWS provider's schema is 5 MB for some 2,000 types. Every Terraform command fetches and decodes all of
it, at more than a second of processor time, to use a handful. The answer is a protobuf message whose entries
can be kept or dropped without looking into them, so no generated code is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Fields of GetProviderSchema.Response, the same in protocols 5 and 6: maps of a type's name to its schema.
_SCHEMA_MAPS = (2, 3)
_LENGTH_DELIMITED = 2
_VARINT = 0


class Schema:
    """A provider's whole answer to the schema question, of which parts can be given out."""

    def __init__(self, message: bytes) -> None:
        """Index `message`; raises `ValueError` when it is not such an answer."""
        self._types: dict[str, list[bytes]] = {}
        rest = []
        for number, value, whole in _fields(message):
            if number in _SCHEMA_MAPS:
                self._types.setdefault(_key(value), []).append(whole)
            else:
                rest.append(whole)
        self._rest = b"".join(rest)

    @property
    def types(self) -> frozenset[str]:
        """The names of all its resources and data sources."""
        return frozenset(self._types)

    def only(self, types: Collection[str]) -> bytes:
        """Return the answer with the resources and data sources named in `types` and no others."""
        kept = (entry for name in sorted(types) for entry in self._types.get(name, ()))
        return self._rest + b"".join(kept)


def _key(entry: bytes) -> str:
    return next(value.decode() for number, value, _ in _fields(entry) if number == 1)


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, value and whole encoding of each field."""
    position = 0
    while position < len(message):
        start = position
        tag, position = _varint(message, position)
        kind, value = tag & 7, b""
        if kind == _LENGTH_DELIMITED:
            length, position = _varint(message, position)
            value = message[position : position + length]
            position += length
        elif kind == _VARINT:
            _, position = _varint(message, position)
        else:
            raise ValueError(f"wire type {kind} is not used in a schema")
        yield tag >> 3, value, message[start:position]


def _varint(message: bytes, position: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = message[position]
        position += 1
        result |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004 - the continuation bit
            return result, position
