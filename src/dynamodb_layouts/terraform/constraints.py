"""Terraform's version constraints, such as `>= 5.100, < 7` and `~> 5.1`."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_CLAUSE = re.compile(r"^(=|!=|>=|<=|>|<|~>)?\s*v?([0-9][0-9A-Za-z.+-]*)$")

_COMPARE: dict[str, Callable[[Version, Version], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def allows(constraint: str, version: str) -> bool:
    """Say whether `version` meets `constraint`; a constraint that cannot be read is met by nothing."""
    clauses = [clause.strip() for clause in constraint.split(",") if clause.strip()]
    return all(_clause_allows(clause, version) for clause in clauses)


def newest(versions: Iterable[str], constraint: str) -> str | None:
    """Return the newest of `versions` that meets `constraint`, or None."""
    allowed = [version for version in versions if allows(constraint, version)]
    return max(allowed, key=Version, default=None)


def _clause_allows(clause: str, version: str) -> bool:
    match = _CLAUSE.match(clause)
    if not match:
        return False
    sign, text = match[1] or "=", match[2]
    try:
        actual, wanted = Version(version), Version(text)
    except InvalidVersion:
        return False
    if sign != "~>":
        return _COMPARE[sign](actual, wanted)
    # Only the last part that is written may grow: `~> 5.1` is below 6, `~> 5.1.2` is below 5.2.
    fixed = wanted.release[:-1] or wanted.release
    return actual >= wanted and actual.release[: len(fixed)] == fixed
