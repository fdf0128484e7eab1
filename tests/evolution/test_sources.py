"""Where a table came from is read once: to leave it out later, or to change it, changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from living import ITEMS, TABLES, actions, address, declared, lost, put

if TYPE_CHECKING:
    from conftest import Backends

# With a key of AWS, moto forgets the encryption of a table that it has made of another.
OPEN = {"encryption": {"enabled": False}}
SETTINGS = {"stream": "NEW_IMAGE", "ttl": "expiresAt"}

EXPORT = {"bucket": "exports", "key_prefix": "orders/", "format": "DYNAMODB_JSON"}
SOURCES: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "restored": (
        {"restore": {"source_name": "source"}},
        [
            {},
            {"restore": {"source_name": "another"}},
            {"restore": {"source_name": "source", "date_time": "2026-01-31T12:00:00Z"}},
        ],
    ),
    "imported": (
        {"import": EXPORT},
        [{}, {"import": {"bucket": "others", "format": "CSV", "compression": "GZIP"}}],
    ),
}


@pytest.mark.parametrize("key", SOURCES)
def test_a_table_outlives_its_source(backend: Backends, key: str) -> None:
    emulator, session = backend("moto")
    source, others = SOURCES[key]
    with session.root(TABLES) as root:
        root.init()
        tables = {"source": declared(**OPEN)}
        root.apply({"tables": tables})
        put(emulator, "source")
        files = emulator.client("s3")
        files.create_bucket(Bucket="exports")
        lines = "\n".join(json.dumps({"Item": item}) for item in ITEMS)
        files.put_object(Bucket="exports", Key="orders/data.json", Body=lines.encode())

        tables[key] = declared(**OPEN, **SETTINGS, **source)
        root.apply({"tables": tables})
        assert lost(emulator, key) == []

        # The calls that restore and import have no place for a stream and tags: the next apply gives them.
        change = root.plan()
        assert actions(change) == {address(key): ["update"]}
        assert {drift.attribute for drift in change.drift()} - {"billing_mode", "stream_arn"} == {
            "stream_enabled",
            "tags.Name",
            "tags_all.Name",
        }
        root.apply()
        assert root.plan().empty

        for other in others:
            tables[key] = declared(**OPEN, **SETTINGS, **other)
            assert root.plan({"tables": tables}).changes == {}
        del tables["source"]
        root.apply({"tables": tables})
        assert lost(emulator, key) == []
        assert root.plan().empty
