"""The corpus: seeded defects and good designs, each with what must be said of it.

defects/<check>/<name>.json    table, problems: all that must be said, and accepted: a merge patch (RFC 7386)
                               that makes the nearest table with nothing wrong
warnings/<check>/<name>.json   the same with warnings, and without: a patch that leaves none of them
good/<name>.json               tables with nothing wrong
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent / "corpus"
#: What a sentence in the corpus calls the table; the tables of all cases are judged together, by other names.
_NAME = 'table "orders"'


@dataclass(frozen=True)
class Case:
    """A table by the name it is judged under, and what must be said of it: None is anything."""

    name: str
    table: dict[str, Any]
    problems: list[str]
    warnings: list[str] | None = None


def defects() -> list[Case]:
    """Return the tables that must be refused."""
    return [
        Case(name, case["table"], _named(case["problems"], name)) for name, case in _files("defects/*/*.json")
    ]


def neighbours() -> list[Case]:
    """Return the nearest neighbours of the defects, which must be accepted."""
    return [
        Case(f"{name}.accepted", patched(case["table"], case["accepted"]), [])
        for name, case in _files("defects/*/*.json")
    ]


def good() -> list[Case]:
    """Return the good designs, a case a table."""
    return [
        Case(f"{name}.{number}", table, [])
        for name, case in _files("good/*.json")
        for number, table in case["tables"].items()
    ]


def warned() -> list[Case]:
    """Return the tables that deserve a warning and nothing else, and their neighbours that do not."""
    return [
        warned_or_not
        for name, case in _files("warnings/*/*.json")
        for warned_or_not in (
            Case(name, case["table"], [], _named(case["warnings"], name)),
            Case(f"{name}.without", patched(case["table"], case["without"]), [], []),
        )
    ]


def patched(value: Any, patch: Any) -> Any:
    """Return `value` with a JSON merge patch applied."""
    if not isinstance(patch, dict):
        return patch
    value = dict(value) if isinstance(value, dict) else {}
    for key, change in patch.items():
        if change is None:
            value.pop(key, None)
        else:
            value[key] = patched(value.get(key), change)
    return value


def _files(pattern: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            ".".join(file.relative_to(CORPUS).with_suffix("").parts),
            json.loads(file.read_text(encoding="utf-8")),
        )
        for file in sorted(CORPUS.glob(pattern))
    ]


def _named(sentences: list[str], name: str) -> list[str]:
    return [sentence.replace(_NAME, f'table "{name}"', 1) for sentence in sentences]
