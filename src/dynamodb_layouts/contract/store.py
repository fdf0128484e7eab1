"""Reading and writing generated items through the low-level API, all pages joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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


def write(client: DynamoDBClient, table: str, items: Iterable[dict[str, Any]], key: Sequence[str]) -> None:
    """Put items with BatchWriteItem; raises `RuntimeError` when some stay unprocessed.

    Of items with the same primary key (`key` names its attributes), the last one stays.
    """
    requests = [{"PutRequest": {"Item": to_api(item)}} for item in items]
    _batches(client, table, requests, lambda request: [request["PutRequest"]["Item"][name] for name in key])


def delete(client: DynamoDBClient, table: str, keys: Iterable[dict[str, Any]]) -> None:
    """Delete items by primary key with BatchWriteItem; raises as `write` does."""
    requests = [{"DeleteRequest": {"Key": to_api(key)}} for key in keys]
    _batches(client, table, requests, lambda request: list(request["DeleteRequest"]["Key"].values()))


def ask(
    client: DynamoDBClient,
    operation: str,
    request: dict[str, Any],
    limit: int | None = None,
    *,
    first: bool = False,
) -> Answer:
    """Run a GetItem, Query or Scan to its last page, or for its first one.

    `limit` is the number of items a page holds at most.
    """
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
        if first or "LastEvaluatedKey" not in page:
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


def _batches(
    client: DynamoDBClient, table: str, requests: list[Any], key: Callable[[Any], list[Any]]
) -> None:
    for batch in _cut(requests, key):
        left = batch
        for _ in range(_ATTEMPTS):
            left = client.batch_write_item(RequestItems={table: left})["UnprocessedItems"].get(table, [])
            if not left:
                break
        else:
            raise RuntimeError(f"{len(left)} of {len(requests)} writes to {table} stayed unprocessed")


def _cut(requests: list[Any], key: Callable[[Any], list[Any]]) -> Iterator[list[Any]]:
    """Cut requests into batches; no key comes twice in one, which DynamoDB refuses."""
    batch: list[Any] = []
    seen: set[str] = set()
    for request in requests:
        name = repr(key(request))
        if len(batch) == _BATCH or name in seen:
            yield batch
            batch, seen = [], set()
        batch.append(request)
        seen.add(name)
    if batch:
        yield batch
