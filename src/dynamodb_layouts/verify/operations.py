"""Sample operations on every table, made from its keys: put, get, query everywhere, update, delete."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from dynamodb_layouts.verify.standing import ask, is_refusal, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dynamodb_layouts.verify.design import Index, Table
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

#: Attributes of no key, there to show what an index projects and that an update arrives.
_NOTE = "dynamodb-layouts-note"
_BEFORE, _AFTER = {"S": "before"}, {"S": "after"}
#: 2100-01-01 in epoch seconds: an item with this expiry stays.
_NEVER = {"N": "4102444800"}
_CONDITION_FAILED = "ConditionalCheckFailedException"

Item = dict[str, dict[str, Any]]


def check(standing: Standing) -> Iterator[Line]:
    """Yield the lines of one item's life in every table; the item is deleted at the end, come what may."""
    for table in standing.tables:
        yield from _Life(standing, table).lines()


class _Life:
    """One item in one table."""

    def __init__(self, standing: Standing, table: Table) -> None:
        self._standing = standing
        self._table = table
        self._client = standing.client(table)
        self._item = sample(table)
        self._key = {name: self._item[name] for name in table.key_attributes}

    def lines(self) -> Iterator[Line]:
        """Yield them in the order of the operations."""
        request = {"TableName": self._table.name, "Item": self._item}
        put = ask(lambda: self._client.put_item(**request) and "accepted")
        yield self._line("put", "accepted", put)
        if is_refusal(put):
            return
        try:
            yield self._line("get", self._said([self._item]), self._get())
            yield self._line("put on condition that the key is free", _CONDITION_FAILED, self._put_again())
            yield from self._queries()
            yield self._line("update", self._said([self._item | {_NOTE: _AFTER}]), self._update())
        finally:
            answer = ask(self._delete)
        yield self._line("delete", "no item left", answer)

    def _queries(self) -> Iterator[Line]:
        yield self._line("query", self._said([self._item]), self._query(None))
        for name, index in self._table.indexes.items():
            expected = self._said([projected(self._table, index, self._item)])
            yield self._line(f"query {name}", expected, self._query(index))

    def _get(self) -> Any:
        return ask(lambda: self._said([self._read()]))

    def _read(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._client.get_item(
            TableName=self._table.name, Key=self._key, ConsistentRead=True
        ).get("Item", {})
        return found

    def _put_again(self) -> str:
        try:
            self._client.put_item(
                TableName=self._table.name,
                Item=self._item,
                ConditionExpression="attribute_not_exists(#key)",
                ExpressionAttributeNames={"#key": self._table.hash_key},
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            return _CONDITION_FAILED if code == _CONDITION_FAILED else refused(error)
        return "accepted"

    def _query(self, index: Index | None) -> Any:
        source = index or self._table
        keys = [key for key in (source.hash_key, source.range_key) if key]
        request = {
            "TableName": self._table.name,
            "KeyConditionExpression": " AND ".join(f"#k{n} = :k{n}" for n in range(len(keys))),
            "ExpressionAttributeNames": {f"#k{n}": key for n, key in enumerate(keys)},
            "ExpressionAttributeValues": {f":k{n}": self._item[key] for n, key in enumerate(keys)},
        }
        if index:
            request["IndexName"] = index.name
        return ask(lambda: self._said(self._client.query(**request)["Items"]))

    def _update(self) -> Any:
        def update() -> Any:
            self._client.update_item(
                TableName=self._table.name,
                Key=self._key,
                UpdateExpression="SET #note = :note",
                ExpressionAttributeNames={"#note": _NOTE},
                ExpressionAttributeValues={":note": _AFTER},
            )
            return self._said([self._read()])

        return ask(update)

    def _delete(self) -> Any:
        self._client.delete_item(TableName=self._table.name, Key=self._key)
        return self._said([self._read()]) if self._read() else "no item left"

    def _said(self, items: Sequence[Mapping[str, Any]]) -> str:
        """Return items by their attributes, with values where they are not the sample's."""
        said = [
            ", ".join(
                name if typed == self._item.get(name) else f"{name} = {_bare(typed)}"
                for name, typed in sorted(item.items())
            )
            for item in items
        ]
        return f"1 item with {said[0] or 'no attributes'}" if len(said) == 1 else f"{len(said)} items"

    def _line(self, subject: str, expected: Any, found: Any) -> Line:
        return self._standing.line(self._table.key, "operations", subject, expected, found, "table")


def sample(table: Table) -> Item:
    """Return an item in DynamoDB's JSON with every key attribute of the table and its indexes.

    It carries what the indexes include, an expiry that never comes, and a key that no other item has.
    """
    item: Item = {}
    for index in table.indexes.values():
        item |= {name: {"S": f"included {name}"} for name in sorted(index.non_key_attributes)}
    item[_NOTE] = _BEFORE
    if table.ttl:
        item[table.ttl.attribute] = _NEVER
    # Last, because a local index may include what is a global one's key.
    for name, kind in sorted(table.attributes.items()):
        if not (table.ttl and name == table.ttl.attribute):
            item[name] = _value(kind)
    # A design that names a key without its type is found out elsewhere; here it is taken for a string.
    for name in table.key_attributes:
        item.setdefault(name, _value("S"))
    return item


def projected(table: Table, index: Index, item: Mapping[str, Any]) -> Item:
    """Return what an index holds of an item."""
    if index.projection == "ALL":
        return dict(item)
    kept = {*table.key_attributes, index.hash_key, index.range_key}
    if index.projection == "INCLUDE":
        kept |= index.non_key_attributes
    return {name: value for name, value in item.items() if name in kept}


def _value(kind: str) -> dict[str, Any]:
    unique = uuid.uuid4()
    values: dict[str, Callable[[], Any]] = {
        "S": lambda: f"dynamodb-layouts-{unique}",
        # DynamoDB keeps 38 digits.
        "N": lambda: str(unique.int % 10**15),
        "B": lambda: unique.bytes,
    }
    return {kind: values[kind]()}


def _bare(typed: Mapping[str, Any]) -> str:
    return ", ".join(value.hex() if isinstance(value, bytes) else str(value) for value in typed.values())
