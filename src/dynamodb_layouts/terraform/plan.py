"""What a plan would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = (["no-op"], ["read"])


@dataclass(frozen=True)
class Change:
    """One resource that a plan touches: Terraform's actions on it, and its values before and after.

    `before` and `after` are None where the resource does not exist; what is known after apply only is absent
    from `after` and named in `unknown`.
    """

    address: str
    actions: tuple[str, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    unknown: dict[str, Any]

    @property
    def replaces(self) -> bool:
        """Whether the resource would be destroyed and made anew."""
        return "delete" in self.actions and "create" in self.actions


@dataclass(frozen=True)
class Drift:
    """One attribute that differs: where it is, such as `replica[0].kms_key_arn`, and both values."""

    address: str
    attribute: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Plan:
    """What a plan found: changes by address, outputs by name, and what changed outside Terraform."""

    changes: dict[str, Change]
    outputs: dict[str, Change]
    outside: dict[str, Change]

    @property
    def empty(self) -> bool:
        """Whether applying it would do nothing, neither to resources nor to outputs."""
        return not self.changes and not self.outputs

    def drift(self) -> list[Drift]:
        """Return every attribute that the plan would change, in the order of addresses."""
        return [
            Drift(address, attribute, before, after)
            for address, change in sorted(self.changes.items())
            for attribute, before, after in _differences("", change.before, change.after, change.unknown)
        ]

    @classmethod
    def parse(cls, document: dict[str, Any]) -> Plan:
        """Return the plan in a document of `terraform show -json`."""
        return cls(
            _changes(document.get("resource_changes", [])),
            {
                name: _change(f"output.{name}", change)
                for name, change in document.get("output_changes", {}).items()
                if change["actions"] not in _NOTHING
            },
            _changes(document.get("resource_drift", [])),
        )


def _changes(entries: list[dict[str, Any]]) -> dict[str, Change]:
    return {
        entry["address"]: _change(entry["address"], entry["change"])
        for entry in entries
        if entry["change"]["actions"] not in _NOTHING or "importing" in entry["change"]
    }


def _change(address: str, change: dict[str, Any]) -> Change:
    unknown = change.get("after_unknown")
    return Change(
        address,
        tuple(change["actions"]),
        change.get("before"),
        change.get("after"),
        unknown if isinstance(unknown, dict) else {},
    )


def _differences(path: str, before: Any, after: Any, unknown: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        unknown = unknown if isinstance(unknown, dict) else {}
        for key in sorted(before.keys() | after.keys() | unknown.keys()):
            inner = f"{path}.{key}" if path else key
            if unknown.get(key) is True:
                yield inner, before.get(key), "(known after apply)"
            else:
                yield from _differences(inner, before.get(key), after.get(key), unknown.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        unknowns = (
            unknown if isinstance(unknown, list) and len(unknown) == len(after) else [None] * len(after)
        )
        for number, (old, new, maybe) in enumerate(zip(before, after, unknowns, strict=True)):
            yield from _differences(f"{path}[{number}]", old, new, maybe)
    elif before != after:
        yield path, before, after
