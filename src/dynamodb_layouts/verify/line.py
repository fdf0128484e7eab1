"""One line of a report: something asked, and what was found."""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dynamodb_layouts.emulators import Capability

#: `proved`: found as expected. `false`: found otherwise. `unproven`: the backend is known not to be able to
#: show it, so that neither can be said.
Status = Literal["proved", "false", "unproven"]


@dataclass(frozen=True)
class Line:
    """What was expected of a table, what was found, and which backend says so.

    `table` is a table's key in the design, or empty for the root module as a whole. `aspect` groups lines
    (indexes, tags, second plan, …); with `subject` and `table` it identifies the line, whichever pass it
    comes from. `why` says of an unproven line what keeps the backend from proving it, of others what they
    show.
    `capability` is what the backend must be able to do for the line to be provable.
    """

    table: str
    aspect: str
    subject: str
    expected: str
    found: str
    status: Status
    backend: str
    why: str = ""
    capability: Capability | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the line in every pass."""
        return self.table, self.aspect, self.subject

    def __str__(self) -> str:
        """Say it as a person reads it."""
        where = f"{self.table}, {self.aspect}" if self.table else self.aspect
        subject = f"{where}: {self.subject}" if self.subject != self.aspect else where
        if self.status == "proved":
            said = self.found
        elif self.status == "unproven":
            return f"{subject}: expected {self.expected}; {self.why}"
        else:
            said = f"expected {self.expected}, found {self.found}"
        return f"{subject}: {said} [{self.backend}]"


def shown(value: Any) -> str:
    """Return a value as a report shows it: names bare, nothing as `none`, the rest as JSON."""
    if value is None or (isinstance(value, (list, tuple, dict, AbstractSet)) and not value):
        return "none"
    if isinstance(value, str):
        return value
    if isinstance(value, AbstractSet):
        return ", ".join(sorted(map(str, value)))
    if isinstance(value, (list, tuple)):
        return ", ".join(map(shown, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}={shown(inner)}" for name, inner in sorted(value.items()))
    return json.dumps(value, default=str)
