"""What Terraform calls a table, and values that it does not know yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from living import ROOTS, actions, address, described

from dynamodb_layouts.errors import LayoutsError

if TYPE_CHECKING:
    from conftest import Backends

MOVED = """
moved {
  from = module.dynamodb.module.table["orders"]
  to   = module.dynamodb.module.table["purchases"]
}
"""


def test_a_map_key_can_be_renamed_with_a_moved_block(backend: Backends) -> None:
    emulator, session = backend("auto")
    client = emulator.client("dynamodb")
    item = {"id": {"S": "1"}, "status": {"S": "open"}}
    with session.root(ROOTS / "renamed") as root:
        root.init()
        root.apply({"key": "orders"})
        client.put_item(TableName="orders-of-the-shop", Item=item)
        before = root.outputs()["tables"]["orders"]
        (root.folder / "moved.tf").write_text(MOVED)
        change = root.plan({"key": "purchases"})
        assert change.changes == {}
        root.apply({"key": "purchases"})
        assert root.outputs()["tables"] == {"purchases": before}
        assert client.scan(TableName="orders-of-the-shop", IndexName="by-status")["Items"] == [item]
        assert root.plan().empty


def test_a_key_and_a_stream_may_be_made_in_the_same_apply(backend: Backends) -> None:
    emulator, session = backend("ministack")
    key = emulator.client("kms").create_key()["KeyMetadata"]["Arn"]
    streams = emulator.client("kinesis")
    streams.create_stream(StreamName="changes-of-orders", ShardCount=1)
    stream = streams.describe_stream(StreamName="changes-of-orders")["StreamDescription"]["StreamARN"]
    arns = {"key": key, "stream": stream}
    with session.root(ROOTS / "unknown") as root:
        root.init()
        change = root.plan(arns)
        assert {tuple(what) for what in actions(change).values()} == {("create",)}
        assert change.changes[address("orders")].unknown["server_side_encryption"] == [{"kms_key_arn": True}]
        root.apply(arns)
        assert described(emulator, "orders")["SSEDescription"]["KMSMasterKeyArn"] == key
        found = emulator.client("dynamodb").describe_kinesis_streaming_destination(TableName="orders")
        assert found["KinesisDataStreamDestinations"][0]["StreamArn"] == stream
        assert root.plan().empty


def test_a_bad_value_that_is_known_late_stops_the_apply(backend: Backends) -> None:
    """What the plan cannot judge is judged before the table is made."""
    emulator, session = backend("ministack")
    with session.root(ROOTS / "unknown") as root:
        root.init()
        arns = {"key": "arn:aws:s3:::keys", "stream": "arn:aws:kinesis:us-east-1:000000000000:stream/changes"}
        root.plan(arns)
        with pytest.raises(LayoutsError, match='"arn:aws:s3:::keys" is no ARN of a KMS key'):
            root.apply(arns)
        assert emulator.client("dynamodb").list_tables()["TableNames"].count("orders") == 0
