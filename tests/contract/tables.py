"""Tables made of a design with boto3: copies to spoil, and those of random models."""

from __future__ import annotations

import copy
import itertools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = itertools.count()


def definition(table: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of CreateTable for an element of `design.tables`."""
    projected = {"global": _indexes(table["indexes"]), "local": _indexes(table["local_indexes"])}
    keys = {table["hash_key"], table["range_key"]}
    keys |= {
        index[key]
        for indexes in (table["indexes"], table["local_indexes"])
        for index in indexes.values()
        for key in ("hash_key", "range_key")
    }
    return {
        "TableName": table["name"],
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": _schema(table),
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind}
            for name, kind in table["attributes"].items()
            if name in keys
        ],
        **({"GlobalSecondaryIndexes": projected["global"]} if projected["global"] else {}),
        **({"LocalSecondaryIndexes": projected["local"]} if projected["local"] else {}),
    }


@contextmanager
def made(client: Any, table: dict[str, Any]) -> Iterator[str]:
    """Make a table as this one is, under a name of its own, which it yields; delete it at the end."""
    name = f"{table['name']}-{next(_NUMBERS)}"
    client.create_table(**definition({**table, "name": name}))
    try:
        yield name
    finally:
        client.delete_table(TableName=name)


def changed(table: dict[str, Any], *path: str, to: Any) -> dict[str, Any]:
    """Return a copy of a design in which the value at a path is another; None takes a key out of a map."""
    result = copy.deepcopy(table)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    if to is None:
        inner.pop(path[-1])
    else:
        inner[path[-1]] = to
    return result


def only(table: dict[str, Any], *entities: str) -> dict[str, Any]:
    """Return a design with these entities alone, and the patterns that return no others."""
    asked = table["access_patterns"].items()
    return {
        **table,
        "entities": {name: table["entities"][name] for name in entities},
        "access_patterns": {name: one for name, one in asked if {*one["returns"]} <= {*entities}},
    }


def _indexes(indexes: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "IndexName": name,
            "KeySchema": _schema(index),
            "Projection": {
                "ProjectionType": index["projection"],
                **(
                    {"NonKeyAttributes": index["non_key_attributes"]}
                    if index["projection"] == "INCLUDE"
                    else {}
                ),
            },
        }
        for name, index in indexes.items()
    ]


def _schema(keys: dict[str, Any]) -> list[dict[str, str]]:
    names = [(keys["hash_key"], "HASH"), (keys["range_key"], "RANGE")]
    return [{"AttributeName": name, "KeyType": kind} for name, kind in names if name]
