"""Keys, indexes and billing: what DescribeTable says against what the design declares.

Shapes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.verify.line import Line
from dynamodb_layouts.verify.standing import TABLE, ask, is_refusal, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dynamodb_layouts.verify.design import Capacity, Index, Scaling, Table, Throughput
    from dynamodb_layouts.verify.standing import Standing

#: What DynamoDB answers for a cap that is not set.
_NO_CAP = -1


def check(standing: Standing) -> Iterator[Line]:
    """Yield the lines of every table's description, and of tables that are not there or not declared."""
    yield from _presence(standing)
    for table in standing.tables:
        client = standing.client(table)
        answer = ask(functools.partial(client.describe_table, TableName=table.name))
        if is_refusal(answer):
            yield standing.line(table.key, "table", "name", table.name, answer, "table")
            continue
        yield from _table(standing, table, answer["Table"])
        yield from _indexes(standing, table, answer["Table"])


def _presence(standing: Standing) -> Iterator[Line]:
    for table in standing.declared if standing.whole else ():
        if table not in standing.tables:
            yield standing.line(table.key, "table", "name", table.name, "no such table in the state", "table")
    names = {table.name for table in standing.declared}
    for address, values in standing.resources.items():
        if kind_of(address) == TABLE and values["name"] not in names:
            # Not false, because nobody says what it should be; but not passed over either.
            why = "no output of the root module is the design of this table"
            backend = str(standing.route.primary)
            yield Line("", "table", address, "a design", "none", "unproven", backend, why)


def _table(standing: Standing, table: Table, found: Mapping[str, Any]) -> Iterator[Line]:
    types = _types(found)

    def line(subject: str, expected: Any, answer: Any, capability: Any = "table") -> Line:
        return standing.line(table.key, "table", subject, expected, answer, capability)

    yield line("name", table.name, found["TableName"])
    yield line(
        "keys", _keys(table.hash_key, table.range_key, table.attributes), _schema(found["KeySchema"], types)
    )
    yield line("attribute types", table.attributes, types)
    billing = found.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    yield line("billing mode", table.billing_mode, billing, _billing(table.billing_mode))
    yield from _capacity(standing, table, None, found)
    yield line(
        "table class",
        table.table_class,
        found.get("TableClassSummary", {}).get("TableClass", "STANDARD"),
        "table_class",
    )
    yield line(
        "deletion protection",
        table.deletion_protection,
        found.get("DeletionProtectionEnabled", False),
        "deletion_protection",
    )
    stream = found.get("StreamSpecification", {})
    view = stream.get("StreamViewType") if stream.get("StreamEnabled") else None
    yield line("stream", table.stream, view, "stream")
    yield from _encryption(standing, table, found.get("SSEDescription", {}))
    if table.restored_from:
        source = found.get("RestoreSummary", {}).get("SourceTableArn", "")
        yield standing.line(
            table.key,
            "table",
            "restored from",
            table.restored_from,
            source,
            "restore",
            holds=source == table.restored_from or source.endswith(f":table/{table.restored_from}"),
        )


def _encryption(standing: Standing, table: Table, found: Mapping[str, Any]) -> Iterator[Line]:
    on = found.get("Status") in {"ENABLED", "ENABLING", "UPDATING"}
    how = "a KMS key" if table.encryption.enabled else "a key that AWS owns"
    yield standing.line(
        table.key, "table", "encryption", how, "a KMS key" if on else "a key that AWS owns", "sse"
    )
    if table.encryption.enabled and table.encryption.kms_key_arn:
        key, expected = found.get("KMSMasterKeyArn"), table.encryption.kms_key_arn
        yield standing.line(table.key, "table", "KMS key", expected, key, "cmk")


def _indexes(standing: Standing, table: Table, found: Mapping[str, Any]) -> Iterator[Line]:
    types = _types(found)
    for local, title, member in (
        (False, "global indexes", "GlobalSecondaryIndexes"),
        (True, "local indexes", "LocalSecondaryIndexes"),
    ):
        declared = {name: index for name, index in table.indexes.items() if index.local == local}
        present = {index["IndexName"]: index for index in found.get(member, [])}
        if declared or present:
            yield standing.line(table.key, "indexes", title, set(declared), set(present), "table")
        for name in sorted(declared.keys() & present.keys()):
            yield from _index(standing, table, declared[name], present[name], types)


def _index(
    standing: Standing, table: Table, index: Index, found: Mapping[str, Any], types: Mapping[str, str]
) -> Iterator[Line]:
    def line(subject: str, expected: Any, answer: Any) -> Line:
        return standing.line(table.key, "indexes", f"{index.name} {subject}", expected, answer, "table")

    projection = found["Projection"]
    yield line(
        "keys", _keys(index.hash_key, index.range_key, table.attributes), _schema(found["KeySchema"], types)
    )
    yield line("projection", index.projection, projection["ProjectionType"])
    if index.projection == "INCLUDE" or projection.get("NonKeyAttributes"):
        expected = index.non_key_attributes if index.projection == "INCLUDE" else frozenset()
        yield line("projected attributes", set(expected), set(projection.get("NonKeyAttributes", [])))
    if not index.local:
        yield from _capacity(standing, table, index, found)


def _capacity(
    standing: Standing, table: Table, index: Index | None, found: Mapping[str, Any]
) -> Iterator[Line]:
    """Yield what is provisioned, or on demand the caps, of an index or of the table itself."""
    declared, aspect = (index, "indexes") if index else (table, "table")
    subject = f"{index.name} capacity" if index else "capacity"
    if declared.capacity is not None:
        given = found.get("ProvisionedThroughput", {})
        answered = {"read": given.get("ReadCapacityUnits"), "write": given.get("WriteCapacityUnits")}
        expected = _figures(declared.capacity, declared.scaling)
        yield standing.line(
            table.key,
            aspect,
            subject,
            expected,
            answered,
            "provisioned",
            holds=_within(declared.capacity, declared.scaling, answered),
        )
        return
    caps = _caps(declared.throughput)
    answer = found.get("OnDemandThroughput", {})
    answered = {
        "read": _cap(answer.get("MaxReadRequestUnits")),
        "write": _cap(answer.get("MaxWriteRequestUnits")),
    }
    if caps != answered or any(caps.values()):
        yield standing.line(
            table.key,
            aspect,
            subject.replace("capacity", "on-demand caps"),
            caps,
            answered,
            "on_demand_throughput_index" if index else "on_demand_throughput",
        )


def _figures(capacity: Capacity, scaling: Mapping[str, Scaling]) -> dict[str, Any]:
    """Return what capacity may be: where an autoscaler owns a figure, anything between its bounds."""
    figures = {"read": capacity.read, "write": capacity.write}
    return {
        what: f"{scaling[what].min} to {scaling[what].max}" if what in scaling else figure
        for what, figure in figures.items()
    }


def _within(capacity: Capacity, scaling: Mapping[str, Scaling], answered: Mapping[str, Any]) -> bool:
    figures = {"read": capacity.read, "write": capacity.write}
    return all(
        isinstance(answered[what], int)
        and (
            # A figure outside the bounds is one to start with, which the autoscaler has not moved yet.
            answered[what] == figure
            or (what in scaling and scaling[what].min <= answered[what] <= scaling[what].max)
        )
        for what, figure in figures.items()
    )


def _caps(throughput: Throughput) -> dict[str, int | None]:
    return {"read": throughput.read, "write": throughput.write}


def _cap(value: Any) -> int | None:
    return None if value in (None, _NO_CAP) else int(value)


def _billing(mode: str) -> str:
    return "provisioned" if mode == "PROVISIONED" else "table"


def _types(found: Mapping[str, Any]) -> dict[str, str]:
    return {a["AttributeName"]: a["AttributeType"] for a in found.get("AttributeDefinitions", [])}


def _keys(hash_key: str, range_key: str | None, types: Mapping[str, str]) -> str:
    """Return keys as a report shows them: `customerId (S), at (N)`."""
    return ", ".join(f"{key} ({types.get(key, '?')})" for key in (hash_key, range_key) if key)


def _schema(schema: list[dict[str, Any]], types: Mapping[str, str]) -> str:
    by_role = {element["KeyType"]: element["AttributeName"] for element in schema}
    return _keys(by_role.get("HASH", "?"), by_role.get("RANGE"), types)
