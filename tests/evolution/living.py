"""Living tables: a root module that declares them, and what can be seen of them from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Plan

ROOTS = Path(__file__).parent / "roots"
TABLES = ROOTS / "tables"

#: Enough to tell an index that has lost some: not every one is in every index.
ITEMS: list[dict[str, Any]] = [
    {"id": {"S": "a"}, "at": {"S": "1"}, "status": {"S": "open"}, "total": {"N": "10"}, "note": {"S": "x"}},
    {"id": {"S": "a"}, "at": {"S": "2"}, "status": {"S": "done"}, "expiresAt": {"N": "4102444800"}},
    {"id": {"S": "b"}, "at": {"S": "1"}, "status": {"S": "open"}, "total": {"N": "9"}},
]
PROVISIONED = {"billing_mode": "PROVISIONED", "capacity": {"read": 5, "write": 5}}
SCALED = PROVISIONED | {"autoscaling": {"read": {"min": 5, "max": 50}, "write": {"min": 5, "max": 50}}}
BY_STATUS = {"by-status": {"hash_key": "status"}}
BY_TOTAL = {"by-total": {"hash_key": "id", "range_key": "total"}}
#: The one key here that is no string.
TYPES = {"total": "N"}


def declared(**fields: Any) -> dict[str, Any]:
    """Return the declaration of a table. Protection would keep the tests from clearing up."""
    indexes = [*fields.get("indexes", {}).values(), *fields.get("local_indexes", {}).values()]
    keys = {index.get(key) for index in indexes for key in ("hash_key", "range_key")}
    types = {name: kind for name, kind in TYPES.items() if name in keys}
    return {
        "hash_key": "id",
        "range_key": "at",
        "deletion_protection": False,
        "attribute_types": types,
    } | fields


def address(key: str, resource: str = "aws_dynamodb_table.this") -> str:
    """Return where something of the table of that map key is in the state."""
    return f'module.dynamodb.module.table["{key}"].{resource}'


def put(emulator: Emulator, name: str) -> None:
    """Put the items into a table."""
    for item in ITEMS:
        emulator.client("dynamodb").put_item(TableName=name, Item=item)


def described(emulator: Emulator, name: str) -> Mapping[str, Any]:
    """Return what DynamoDB says of a table."""
    table: Mapping[str, Any] = emulator.client("dynamodb").describe_table(TableName=name)["Table"]
    return table


def indexes(emulator: Emulator, name: str) -> dict[str, str]:
    """Return a table's global indexes with what each copies."""
    found = described(emulator, name).get("GlobalSecondaryIndexes", [])
    return {index["IndexName"]: index["Projection"]["ProjectionType"] for index in found}


def capacity(emulator: Emulator, name: str) -> dict[str, tuple[int, int]]:
    """Return the provisioned figures of a table, under its own name, and of its indexes."""
    table = described(emulator, name)
    parts = {name: table} | {index["IndexName"]: index for index in table.get("GlobalSecondaryIndexes", [])}
    return {
        part: (
            figures["ProvisionedThroughput"]["ReadCapacityUnits"],
            figures["ProvisionedThroughput"]["WriteCapacityUnits"],
        )
        for part, figures in parts.items()
    }


def lost(emulator: Emulator, name: str) -> list[str]:
    """Say where the items are not what was put: in the table, or in one of its indexes."""
    client = emulator.client("dynamodb")
    table = described(emulator, name)
    wrong = []
    if _ordered(client.scan(TableName=name)["Items"]) != _ordered(ITEMS):
        wrong.append(name)
    for index in [*table.get("GlobalSecondaryIndexes", []), *table.get("LocalSecondaryIndexes", [])]:
        keys = {key["AttributeName"] for key in index["KeySchema"]}
        expected = [[item["id"], item["at"]] for item in ITEMS if keys <= item.keys()]
        found = client.scan(TableName=name, IndexName=index["IndexName"])["Items"]
        if _ordered([[item["id"], item["at"]] for item in found]) != _ordered(expected):
            wrong.append(f"{name}/index/{index['IndexName']}")
    return wrong


def actions(plan: Plan) -> dict[str, list[str]]:
    """Return what a plan does, by address."""
    return {change.address: list(change.actions) for change in plan.changes.values()}


def _ordered(values: list[Any]) -> list[Any]:
    return sorted(values, key=lambda value: json.dumps(value, sort_keys=True))
