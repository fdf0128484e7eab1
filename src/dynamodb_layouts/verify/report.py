"""What a run has found: one report a root module, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from dynamodb_layouts.errors import LayoutsError
    from dynamodb_layouts.verify.line import Line, Status

PROVED, FALSE, CANNOT_RUN = 0, 1, 2
#: Version of the JSON report's shape.
JSON_VERSION = 1


@dataclass
class RootReport:
    """What was found of one root module; `error` is why it could not be judged to the end."""

    path: Path
    #: The path as the user gave it.
    name: str
    lines: list[Line] = field(default_factory=list)
    error: LayoutsError | None = None
    seconds: float = 0.0

    def having(self, status: Status) -> list[Line]:
        """Return the lines of one status."""
        return [line for line in self.lines if line.status == status]

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 0 when all is proved, 1 when something is false, 2 when the root could not be judged.

        Unproven lines are no failure unless `strict`. A root without any proved line is never a success.
        """
        if self.error is not None:
            return CANNOT_RUN
        if self.having("false") or (strict and self.having("unproven")):
            return FALSE
        return PROVED if self.having("proved") else FALSE

    def assert_proved(self, *, strict: bool = False) -> None:
        """Raise `AssertionError`, with the false lines, unless everything is proved.

        Unproven lines are accepted unless `strict`.
        """
        __tracebackhide__ = True
        if self.exit_code(strict=strict) != PROVED:
            raise AssertionError(self.complaint(strict=strict))

    def complaint(self, *, strict: bool = False) -> str:
        """Return what is wrong, a line each; empty when nothing is."""
        said = [f"could not be judged: {self.error}"] if self.error else []
        said += [f"false: {line}" for line in self.having("false")]
        if strict:
            said += [f"unproven: {line}" for line in self.having("unproven")]
        if not said and not self.having("proved"):
            said = ["nothing was proved"]
        return f"{self.name}:\n  " + "\n  ".join(said) if said else ""

    def document(self) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return {
            "path": str(self.path),
            "name": self.name,
            "seconds": round(self.seconds, 2),
            "error": None
            if self.error is None
            else {"what": self.error.what, "instead": self.error.instead, "exit_code": self.error.exit_code},
            "totals": totals(self.lines),
            "lines": [
                {
                    "table": line.table,
                    "aspect": line.aspect,
                    "subject": line.subject,
                    "status": line.status,
                    "expected": line.expected,
                    "found": line.found,
                    "why": line.why,
                    "backend": line.backend,
                }
                for line in self.lines
            ],
        }


@dataclass
class Report:
    """What was found of all root modules of a run."""

    roots: list[RootReport]
    seconds: float
    #: What the items for access patterns were made from.
    seed: int

    def exit_code(self, *, strict: bool = False) -> int:
        """Return the worst of the roots'; 2 where there is none."""
        return max((root.exit_code(strict=strict) for root in self.roots), default=CANNOT_RUN)

    @property
    def lines(self) -> list[Line]:
        """Every line of every root."""
        return [line for root in self.roots for line in root.lines]

    def document(self, *, strict: bool = False) -> dict[str, Any]:
        """Return the report in JSON's types."""
        return {
            "version": JSON_VERSION,
            "exit_code": self.exit_code(strict=strict),
            "seconds": round(self.seconds, 2),
            "seed": self.seed,
            "totals": totals(self.lines),
            "roots": [root.document() for root in self.roots],
        }


def totals(lines: list[Line]) -> dict[str, int]:
    """Return how many lines there are of each status."""
    statuses: tuple[Status, ...] = ("proved", "false", "unproven")
    return {status: sum(line.status == status for line in lines) for status in statuses}
