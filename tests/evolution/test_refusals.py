"""Changes that DynamoDB cannot make, and that the provider plans as nothing or as something else.

The plan fails and says what to write instead; the table and its items stay as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from living import BY_STATUS, BY_TOTAL, TABLES, declared, described, lost, put

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Root

TYPE = (
    "DynamoDB cannot change the type of a key; declare {} again, and for another type give an index another "
    "key attribute, or make another table and copy the items."
)
LOCAL = "DynamoDB makes local indexes with the table and never changes them, and this declaration differs"


def _local(**fields: Any) -> dict[str, Any]:
    return {"local_indexes": {"by-total": {"range_key": "total"} | fields}}


SOME = _local(projection="INCLUDE", non_key_attributes=["note"])

# Before, after, and what the plan says.
CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "type-of-a-key": (
        {},
        {"attribute_types": {"at": "N"}},
        ["attribute_types.at: the table has S and the declaration says N.", TYPE.format("S")],
    ),
    "type-of-an-index-key": (
        {"indexes": BY_TOTAL},
        {"indexes": BY_TOTAL, "attribute_types": {}},
        ["attribute_types.total: the table has N and the declaration says S.", TYPE.format("N")],
    ),
    "type-of-an-index-key-beside-a-change": (
        {"indexes": BY_STATUS},
        {"indexes": BY_STATUS, "attribute_types": {"status": "N"}, "stream": "NEW_IMAGE"},
        ["attribute_types.status: the table has S and the declaration says N.", TYPE.format("S")],
    ),
    "projection-of-a-local-index": (
        _local(),
        _local(projection="KEYS_ONLY"),
        [LOCAL, "from the table's by-total (range_key total, ALL).", "Declare it as it was"],
    ),
    "attributes-of-a-local-index": (
        SOME,
        _local(projection="INCLUDE", non_key_attributes=["note", "status"]),
        [LOCAL, "from the table's by-total (range_key total, INCLUDE note)."],
    ),
    "range-key-of-a-local-index": (
        _local(),
        _local(range_key="status"),
        [LOCAL, "from the table's by-total (range_key total, ALL)."],
    ),
    # The backends keep the name of an expiry that is off, and AWS does not: only there can the name go then.
    "expiry-without-its-name": (
        {"ttl": "expiresAt"},
        {},
        [
            "ttl: expiry is on, and DynamoDB turns it off by its attribute's name alone.",
            "Keep ttl and write ttl_enabled = false",
        ],
    ),
    "cap-that-is-declared-no-more": (
        {"on_demand_throughput": {"read": 20, "write": 5}},
        {"on_demand_throughput": {"read": 20}},
        [
            "on_demand_throughput: the table has a cap that the declaration does not have,",
            "--table-name cap-that-is-declared-no-more --on-demand-throughput MaxWriteRequestUnits=-1",
        ],
    ),
}


@dataclass
class Living:
    """Tables as they were before the change, and what the backend said of each."""

    emulator: Emulator
    root: Root
    tables: dict[str, Any]
    before: dict[str, Any]


@pytest.fixture(scope="module")
def living(backend: Backends) -> Iterator[Living]:
    emulator, session = backend("ministack")
    tables = {key: declared(**before) for key, (before, _, _) in CHANGES.items()}
    with session.root(TABLES) as root:
        root.init()
        root.apply({"tables": tables})
        for key in CHANGES:
            put(emulator, key)
        yield Living(emulator, root, tables, {key: _described(emulator, key) for key in CHANGES})
        # What is destroyed is what was applied, not what was refused.
        root.plan({"tables": tables})


def _described(emulator: Emulator, name: str) -> dict[str, Any]:
    """Return what a backend says of a table, without what counting items changes."""
    client = emulator.client("dynamodb")
    table = {key: value for key, value in described(emulator, name).items() if "Count" not in key}
    table.pop("TableSizeBytes", None)
    for index in [*table.get("GlobalSecondaryIndexes", []), *table.get("LocalSecondaryIndexes", [])]:
        index.pop("ItemCount", None)
        index.pop("IndexSizeBytes", None)
    ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return {"table": table, "ttl": ttl}


@pytest.mark.parametrize("key", CHANGES)
def test_the_plan_says_why_not(living: Living, key: str) -> None:
    _, after, messages = CHANGES[key]
    with pytest.raises(LayoutsError) as planned:
        living.root.plan({"tables": living.tables | {key: declared(**after) | after}})
    said = " ".join(str(planned.value).split())
    assert f'Table "{key}", ' in said
    for message in messages:
        assert message in said


def test_all_refusals_come_at_once_and_the_tables_stay(living: Living) -> None:
    changed = {key: declared(**after) | after for key, (_, after, _) in CHANGES.items()}
    with pytest.raises(LayoutsError) as planned:
        living.root.plan({"tables": changed})
    said = str(planned.value)
    assert [key for key in CHANGES if f'Table "{key}", ' not in said] == []

    with pytest.raises(LayoutsError, match="Resource postcondition failed"):
        living.root.apply({"tables": changed})
    for key in CHANGES:
        assert _described(living.emulator, key) == living.before[key]
        assert lost(living.emulator, key) == []
    assert living.root.plan({"tables": living.tables}).empty


def test_a_key_that_is_declared_no_more_stays(backend: Backends) -> None:
    """The provider keeps the key and plans nothing, as docs/gotchas.md says; this fails when that changes."""
    emulator, session = backend("moto")
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    with session.root(TABLES) as root:
        root.init()
        root.apply({"tables": {"secret": declared(encryption={"kms_key_arn": key})}})
        assert not root.plan({"tables": {"secret": declared()}}).changes


def test_default_tags_of_the_provider_count(backend: Backends) -> None:
    """With the module's own 47 and the name 50 are allowed; the provider's 3 come on top."""
    emulator, _ = backend("moto")
    tags = {f"tag-{number}": "x" for number in range(47)}
    defaults = {f"TF_AWS_DEFAULT_TAGS_default_{number}": "x" for number in range(3)}
    with Session(emulator.environment() | defaults) as session, session.root(TABLES) as root:
        root.init()
        said = r"tags: 51 with the default_tags of the provider, and AWS allows 50; leave some out\."
        with pytest.raises(LayoutsError, match=said):
            root.plan({"tables": {"tagged": declared(tags=tags)}})
        del tags["tag-0"]
        assert root.plan({"tables": {"tagged": declared(tags=tags)}}).changes
