"""The contract between a root module and the harness: what its tables are declared to be."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from dynamodb_layouts.errors import LayoutsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jsonschema import ValidationError

VERSION = 1
#: Violations of the schema that one error shows; the first usually explains the others.
_SHOWN = 5


@dataclass(frozen=True)
class Capacity:
    """Provisioned capacity, in capacity units."""

    read: int
    write: int


@dataclass(frozen=True)
class Scaling:
    """How one figure is scaled: units, percentage of use, and seconds between two steps."""

    min: int
    max: int
    target: float
    scale_in_cooldown: int
    scale_out_cooldown: int


@dataclass(frozen=True)
class Throughput:
    """Caps on demand, in request units a second; None for no cap."""

    read: int | None = None
    write: int | None = None


@dataclass(frozen=True)
class Index:
    """A secondary index; `scaling` has the keys `read` and `write` as far as they are scaled."""

    name: str
    local: bool
    hash_key: str
    range_key: str | None
    projection: str
    non_key_attributes: frozenset[str]
    capacity: Capacity | None
    scaling: dict[str, Scaling]
    throughput: Throughput
    contributor_insights: bool


@dataclass(frozen=True)
class Ttl:
    """Expiry of items."""

    attribute: str
    enabled: bool


@dataclass(frozen=True)
class PointInTimeRecovery:
    """Continuous backups; `days` is None for AWS's default."""

    enabled: bool
    days: int | None


@dataclass(frozen=True)
class Encryption:
    """Encryption with a KMS key: the customer's if there is an ARN, else the AWS-managed one."""

    enabled: bool
    kms_key_arn: str | None


@dataclass(frozen=True)
class KinesisStream:
    """A Kinesis data stream that receives every change; `precision` is None for AWS's default."""

    arn: str
    precision: str | None


@dataclass(frozen=True)
class Replica:
    """The table's copy in another region."""

    region: str
    kms_key_arn: str | None
    point_in_time_recovery: bool
    propagate_tags: bool


@dataclass(frozen=True)
class Table:
    """One table as the design declares it.

    `attributes` are the types of all key attributes. `indexes` holds global and local ones by name.
    `declaration` is the element of `design.tables` that all this was read from, entities and access patterns
    included.
    """

    key: str
    name: str
    hash_key: str
    range_key: str | None
    attributes: dict[str, str]
    billing_mode: str
    capacity: Capacity | None
    scaling: dict[str, Scaling]
    throughput: Throughput
    table_class: str
    indexes: dict[str, Index]
    ttl: Ttl | None
    point_in_time_recovery: PointInTimeRecovery
    encryption: Encryption
    deletion_protection: bool
    stream: str | None
    kinesis_stream: KinesisStream | None
    replicas: dict[str, Replica]
    contributor_insights: bool
    resource_policy: str | None
    restored_from: str | None
    imported_from: str | None
    tags: dict[str, str]
    declaration: Mapping[str, Any]

    @property
    def key_attributes(self) -> list[str]:
        """The table's own key attributes, partition key first."""
        return [self.hash_key, *([self.range_key] if self.range_key else [])]


def is_design(value: Any) -> bool:
    """Say whether an output's value has the shape of a design, whatever its version."""
    return isinstance(value, dict) and value.keys() >= {"version", "tables"}


def read(outputs: Mapping[str, Any], root: Path | str) -> tuple[Table, ...]:
    """Return the tables of every design among the outputs of the root module in `root`.

    A table goes by its key in the design, or, where two designs share a key, by `output.key`.
    Raises `LayoutsError` when no output is a design, when one is of another version or violates
    `schemas/design-v1.json`, and when two declare a table of one name.
    """
    designs = {name: value for name, value in sorted(outputs.items()) if is_design(value)}
    if not designs:
        raise missing(root)
    for name, value in designs.items():
        _demand_valid(value, f'output "{name}" of {root}')
    keys = [key for value in designs.values() for key in value["tables"]]
    tables = tuple(
        _table(key if keys.count(key) == 1 else f"{name}.{key}", declared)
        for name, value in designs.items()
        for key, declared in value["tables"].items()
    )
    for table in tables:
        _demand_types(table, root)
    names = [table.name for table in tables]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise LayoutsError(
            f"two designs of {root} declare the table {', '.join(repeated)}",
            "put out each design once",
        )
    return tables


def missing(root: Path | str) -> LayoutsError:
    """Return the error of a root module that puts out no design."""
    return LayoutsError(
        f"no output of {root} is a design, so there is nothing to compare its tables with",
        'add: output "design" { value = module.<name>.design }',
    )


def _demand_valid(value: Mapping[str, Any], where: str) -> None:
    if value["version"] != VERSION:
        raise LayoutsError(
            f"{where} is a design of version {value['version']}, and this harness knows version {VERSION}",
            "use the harness and the module of one release",
        )
    if errors := sorted(_validator().iter_errors(value), key=lambda error: error.json_path):
        said = "\n  ".join(violations(errors))
        raise LayoutsError(
            f"{where} is no design of version {VERSION}:\n  {said}",
            "pass on the module's output as it is",
        )


def _demand_types(table: Table, root: Path | str) -> None:
    """Refuse a design whose keys have no type, which a JSON Schema cannot say."""
    sources: list[Table | Index] = [table, *table.indexes.values()]
    keys = {key for source in sources for key in (source.hash_key, source.range_key) if key}
    if missing_types := sorted(keys - table.attributes.keys()):
        raise LayoutsError(
            f"table {table.key} in the design of {root} has keys without a type: {', '.join(missing_types)}",
            "put the type of every key attribute into attributes",
        )


def violations(errors: Iterable[ValidationError]) -> list[str]:
    """Return what is wrong and where, one line each: `tables.shop.hash_key: 1 is not of type 'string'`."""
    said = [
        f"{error.json_path.removeprefix('$').removeprefix('.') or 'the value'}: {error.message}"
        for error in errors
    ]
    return [*said[:_SHOWN], *([f"and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else [])]


def schema(name: str) -> dict[str, Any]:
    """Return a schema that comes with this package."""
    loaded: dict[str, Any] = json.loads(
        resources.files("dynamodb_layouts.schemas").joinpath(name).read_text(encoding="utf-8")
    )
    return loaded


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema("design-v1.json"))


def _table(key: str, declared: Mapping[str, Any]) -> Table:
    ttl, kinesis, policy = declared["ttl"], declared["kinesis_stream"], declared["resource_policy"]
    restore, imported = declared["restore"], declared["import"]
    return Table(
        key=key,
        name=declared["name"],
        hash_key=declared["hash_key"],
        range_key=declared["range_key"],
        attributes=dict(declared["attributes"]),
        billing_mode=declared["billing_mode"],
        capacity=_capacity(declared["capacity"]),
        scaling=_scaling(declared["autoscaling"]),
        throughput=_throughput(declared["on_demand_throughput"]),
        table_class=declared["table_class"],
        indexes={
            **{name: _global(name, index) for name, index in declared["indexes"].items()},
            **{name: _local(name, index) for name, index in declared["local_indexes"].items()},
        },
        ttl=None if ttl is None else Ttl(ttl["attribute"], ttl["enabled"]),
        point_in_time_recovery=PointInTimeRecovery(
            declared["point_in_time_recovery"]["enabled"], declared["point_in_time_recovery"]["days"]
        ),
        encryption=Encryption(declared["encryption"]["enabled"], declared["encryption"]["kms_key_arn"]),
        deletion_protection=declared["deletion_protection"],
        stream=declared["stream"],
        kinesis_stream=None if kinesis is None else KinesisStream(kinesis["arn"], kinesis["precision"]),
        replicas={
            region: Replica(
                region, replica["kms_key_arn"], replica["point_in_time_recovery"], replica["propagate_tags"]
            )
            for region, replica in declared["replicas"].items()
        },
        contributor_insights=declared["contributor_insights"],
        resource_policy=None if policy is None else policy["json"],
        restored_from=None if restore is None else restore["source_name"] or restore["source_arn"],
        imported_from=None if imported is None else imported["bucket"],
        tags=dict(declared["tags"]),
        declaration=declared,
    )


def _global(name: str, index: Mapping[str, Any]) -> Index:
    return Index(
        name=name,
        local=False,
        hash_key=index["hash_key"],
        range_key=index["range_key"],
        projection=index["projection"],
        non_key_attributes=frozenset(index["non_key_attributes"]),
        capacity=_capacity(index["capacity"]),
        scaling=_scaling(index["autoscaling"]),
        throughput=_throughput(index["on_demand_throughput"]),
        contributor_insights=index["contributor_insights"],
    )


def _local(name: str, index: Mapping[str, Any]) -> Index:
    return Index(
        name=name,
        local=True,
        hash_key=index["hash_key"],
        range_key=index["range_key"],
        projection=index["projection"],
        non_key_attributes=frozenset(index["non_key_attributes"]),
        capacity=None,
        scaling={},
        throughput=Throughput(),
        contributor_insights=False,
    )


def _capacity(value: Mapping[str, Any] | None) -> Capacity | None:
    return None if value is None else Capacity(value["read"], value["write"])


def _scaling(value: Mapping[str, Any] | None) -> dict[str, Scaling]:
    return {what: Scaling(**value[what]) for what in ("read", "write") if value and value[what]}


def _throughput(value: Mapping[str, Any] | None) -> Throughput:
    return Throughput() if value is None else Throughput(value["read"], value["write"])
