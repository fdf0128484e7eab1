"""Reading and writing generated items through the low-level API, all pages joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy_boto3_dynamodb import DynamoDBClient

_SERIALIZE = TypeSerializer().serialize
_DESERIALIZE = TypeDeserializer().deserialize
#: Items that one BatchWriteItem takes.
_BATCH = 25
#: Times that unprocessed items are sent again before the backend counts as refusing them.
_ATTEMPTS = 8


@dataclass(frozen=True)
class Answer:
    """What DynamoDB answered: items in order, pages it took, capacity units it says it consumed."""

    items: list[dict[str, Any]]
    pages: int
    capacity: float


def write(client: DynamoDBClient, table: str, items: Iterable[dict[str, Any]]) -> None:
    """Put items with BatchWriteItem; raises `RuntimeError` when some stay unprocessed."""
    _batches(client, table, [{"PutRequest": {"Item": to_api(item)}} for item in items])


def delete(client: DynamoDBClient, table: str, keys: Iterable[dict[str, Any]]) -> None:
    """Delete items by primary key with BatchWriteItem; raises as `write` does."""
    _batches(client, table, [{"DeleteRequest": {"Key": to_api(key)}} for key in keys])


def ask(client: DynamoDBClient, operation: str, request: dict[str, Any], limit: int | None = None) -> Answer:
    """Run a GetItem, Query or Scan to its last page; `limit` is the number of items a page holds at most."""
    if operation == "GetItem":
        answered = client.get_item(**request)
        found = [answered["Item"]] if "Item" in answered else []
        return Answer([from_api(item) for item in found], 1, _capacity(answered))
    method = client.query if operation == "Query" else client.scan
    items: list[dict[str, Any]] = []
    pages, capacity = 0, 0.0
    start: dict[str, Any] = {} if limit is None else {"Limit": limit}
    while True:
        page = method(**request, **start)
        items += [from_api(item) for item in page["Items"]]
        pages += 1
        capacity += _capacity(page)
        if "LastEvaluatedKey" not in page:
            return Answer(items, pages, capacity)
        start["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def to_api(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item in DynamoDB's JSON."""
    return {name: _SERIALIZE(value) for name, value in item.items()}


def from_api(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item in Python's types: numbers as `Decimal`, binaries as `Binary`."""
    return {name: _DESERIALIZE(value) for name, value in item.items()}


def _capacity(answered: Any) -> float:
    return float(answered.get("ConsumedCapacity", {}).get("CapacityUnits", 0.0))


def _batches(client: DynamoDBClient, table: str, requests: list[Any]) -> None:
    for start in range(0, len(requests), _BATCH):
        left = requests[start : start + _BATCH]
        for _ in range(_ATTEMPTS):
            left = client.batch_write_item(RequestItems={table: left})["UnprocessedItems"].get(table, [])
            if not left:
                break
        else:
            raise RuntimeError(f"{len(left)} of {len(requests)} writes to {table} stayed unprocessed")
