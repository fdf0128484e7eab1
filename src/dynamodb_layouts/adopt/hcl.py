"""HCL as `terraform fmt` would leave it, made of Python values.

Syntax: https://developer.hashicorp.com/terraform/language/syntax/configuration and the specification of HCL's
native syntax, https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Raw:
    """An expression to be written as it is, such as an address."""

    text: str


@dataclass(frozen=True)
class Call:
    """A function called with one value: `jsonencode({ … })`."""

    function: str
    argument: Value


@dataclass(frozen=True)
class Commented:
    """A member of an object with lines of comment above it."""

    lines: tuple[str, ...]
    value: Value


@dataclass(frozen=True)
class Multiline:
    """An object that has a line for each member, however short it is."""

    members: Mapping[str, Value]


_Parts: TypeAlias = "Sequence[Value] | Mapping[str, Value]"
Value: TypeAlias = "str | int | float | bool | Raw | Call | Commented | Multiline | _Parts | None"

_INDENT = "  "
#: Columns up to which an object or a list stays on its line.
_WIDTH = 100
#: A name that is a key without quotes, and is no keyword there.
_BARE = re.compile(r"(?!(?:for|null|true|false)$)[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: A character that would end the literal or could not be seen in it.
_SPECIAL = re.compile(r'[\\"\n\r\t]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]')


def string(text: str) -> str:
    """Return a quoted template that is exactly `text`, whatever quotes, newlines, `${` or `%{` it has."""
    escaped = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}"), text)
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def key(name: str) -> str:
    """Return a name as it stands before the `=` of an object."""
    return name if _BARE.fullmatch(name) else string(name)


def comment(line: str, indent: str = "") -> str:
    """Return a line of comment; what would end it early is a space in it."""
    return f"{indent}# {' '.join(line.split())}".rstrip()


def expression(value: Value, indent: str = "") -> str:
    """Return a value as an expression whose first line is indented already."""
    match value:
        case Commented():
            written = expression(value.value, indent)
        case Raw():
            written = value.text
        case Call():
            written = f"{value.function}({expression(value.argument, indent)})"
        case Multiline():
            written = _lines(value.members, indent)
        case None | bool():
            written = {None: "null", True: "true", False: "false"}[value]
        case str():
            written = string(value)
        case int() | float():
            written = _number(value)
        case _:
            written = _collection(value, indent)
    return written


def attributes(members: Mapping[str, Value], indent: str = "") -> list[str]:
    """Return the lines of `name = value`, with the equal signs of neighbouring lines below each other."""
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, value in members.items():
        if isinstance(value, Commented):
            lines += [*_aligned(run, indent), *(comment(line, indent) for line in value.lines)]
            run = []
        written = expression(value, indent)
        if "\n" in written:
            # fmt takes no part of an expression for a column, so this one stands alone.
            lines += [*_aligned(run, indent), f"{indent}{key(name)} = {written}"]
            run = []
        else:
            run.append((key(name), written))
    return [*lines, *_aligned(run, indent)]


def block(head: str, members: Mapping[str, Value]) -> str:
    """Return a block such as `import { … }`; `head` is its type with its labels."""
    return "\n".join([f"{head} {{", *attributes(members, _INDENT), "}"])


def _aligned(run: list[tuple[str, str]], indent: str) -> Iterator[str]:
    width = max((_columns(name) for name, _ in run), default=0)
    for name, written in run:
        yield f"{indent}{name}{' ' * (width - _columns(name))} = {written}"


def _columns(text: str) -> int:
    """Return how wide fmt takes a text to be: marks that go on the letter before them have no width."""
    return sum(not unicodedata.category(character).startswith("M") for character in text)


def _collection(value: _Parts, indent: str) -> str:
    short = _short(value)
    if short is not None and len(indent) + len(short) <= _WIDTH:
        return short
    if isinstance(value, Mapping):
        return _lines(value, indent)
    inner = indent + _INDENT
    return "\n".join(["[", *(f"{inner}{expression(each, inner)}," for each in value), f"{indent}]"])


def _lines(members: Mapping[str, Value], indent: str) -> str:
    return "\n".join(["{", *attributes(members, indent + _INDENT), f"{indent}}}"])


def _short(value: _Parts) -> str | None:
    """Return an object or a list on one line, or None where it needs more."""
    members = list(value.items()) if isinstance(value, Mapping) else [("", each) for each in value]
    parts = []
    for name, each in members:
        if isinstance(each, Commented | Multiline):
            return None
        written = expression(each)
        if "\n" in written:
            return None
        parts.append(f"{key(name)} = {written}" if isinstance(value, Mapping) else written)
    joined = ", ".join(parts)
    if isinstance(value, Mapping):
        return f"{{ {joined} }}" if parts else "{}"
    return f"[{joined}]"


def _number(value: float) -> str:
    # HCL counts in 512 bits and writes as Go does; what Python writes for a float is read back as the same.
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(value)
