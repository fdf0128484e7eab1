"""A table as the module declares it: only what differs from the module's defaults.

The defaults are those of `tables` in `variables.tf` at the repository's root.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.adopt import hcl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dynamodb_layouts.adopt.found import Found

#: The order of fields in a declaration, which is that of the module's documentation.
ORDER = (
    "name",
    "hash_key",
    "range_key",
    "attribute_types",
    "billing_mode",
    "capacity",
    "autoscaling",
    "on_demand_throughput",
    "table_class",
    "indexes",
    "local_indexes",
    "ttl",
    "ttl_enabled",
    "point_in_time_recovery",
    "encryption",
    "deletion_protection",
    "stream",
    "kinesis_stream",
    "replicas",
    "contributor_insights",
    "resource_policy",
    "tags",
)


@dataclass(frozen=True)
class Part:
    """A resource of a table's module: its address there, its key among several, and how it is imported.

    Import IDs: the sections "Import" of the AWS provider's documentation, version 5.100.
    """

    resource: str
    key: str | int | None
    id: str

    def address(self, table: str, module: str) -> str:
        """Return where the module called `module` has it for the table under the map key `table`."""
        each = (
            "" if self.key is None else f"[{self.key if isinstance(self.key, int) else hcl.string(self.key)}]"
        )
        return f"module.{module}.module.table[{hcl.string(table)}].{self.resource}{each}"


@dataclass
class Declaration:
    """What to write for one table, and what to say of it.

    `changes` is what applying it changes nevertheless, `left` what stays as it is outside Terraform's sight,
    `unsure` what could not be told. Each is a list of phrases without a full stop.
    """

    key: str
    fields: dict[str, Any] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)

    def index(self, name: str) -> dict[str, Any]:
        """Return the fields of a global index, to add to."""
        found: dict[str, Any] = self.fields.setdefault("indexes", {}).setdefault(name, {})
        return found

    def take(self, part: Part) -> None:
        """Have a resource imported."""
        self.parts.append(part)

    def ordered(self) -> dict[str, Any]:
        """Return the fields in their order; raises `ValueError` for one that has no place in it."""
        return {name: self.fields[name] for name in sorted(self.fields, key=ORDER.index)}

    def tags(self, found: Found) -> Mapping[str, str]:
        """Return the tags that the module gives the table: what is declared, and its name."""
        return {"Name": found.name, **self.fields.get("tags", {})}
