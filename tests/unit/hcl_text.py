"""String literals of HCL as they stand in the source, and the texts that a template can become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\", "$${": "${", "%%{": "%{"}
_ESCAPE = re.compile("|".join(map(re.escape, _ESCAPES)))
_COMMENT = re.compile(r"#[^\n]*|//[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Literal:
    """A quoted string: its literal parts, between which interpolations stand, and the line it begins in."""

    parts: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The literal with `…` for every interpolation."""
        return "…".join(self.parts)

    @property
    def length(self) -> int:
        """How many characters are literal."""
        return sum(map(len, self.parts))

    def matches(self, message: str) -> bool:
        """Say whether the literal can become `message`."""
        if not (message.startswith(self.parts[0]) and message.endswith(self.parts[-1])):
            return False
        return re.fullmatch(".*".join(map(re.escape, self.parts)), message, re.DOTALL) is not None


def literals(file: Path) -> list[Literal]:
    """Return every quoted string of an HCL file, those inside interpolations left out."""
    return list(_literals(file.read_text(encoding="utf-8")))


def _literals(text: str) -> Iterator[Literal]:
    at = 0
    while at < len(text):
        if comment := _COMMENT.match(text, at):
            at = comment.end()
        elif text[at] == '"':
            end, parts = _string(text, at)
            yield Literal(tuple(parts), text.count("\n", 0, at) + 1)
            at = end
        else:
            at += 1


def _string(text: str, start: int) -> tuple[int, list[str]]:
    """Read the string that begins at `start`; return where it ends, and its literal parts."""
    parts, at, begin = [], start + 1, start + 1
    while text[at] != '"':
        if text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            parts.append(_unescaped(text[begin:at]))
            at = begin = _interpolation(text, at + 2)
        else:
            at += 2 if text[at] == "\\" else 1
    return at + 1, [*parts, _unescaped(text[begin:at])]


def _interpolation(text: str, at: int) -> int:
    """Return where the interpolation ends whose inside begins at `at`."""
    depth = 1
    while depth:
        if text[at] == '"':
            at, _ = _string(text, at)
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES[found[0]], text)
