"""Items that are written while an index is being built are in it afterwards, and those from before too."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from conftest import Backends

ROOT = Path(__file__).resolve().parents[1] / "evolution/roots/tables"


def _declared(**fields: Any) -> dict[str, Any]:
    return {"tables": {"busy": {"hash_key": "id", "deletion_protection": False} | fields}}


def test_items_written_meanwhile_are_in_the_index(backend: Backends) -> None:
    emulator, session = backend("auto")
    client = boto3.session.Session().client(
        "dynamodb",
        endpoint_url=emulator.endpoint_url,
        region_name=emulator.region,
        aws_access_key_id=emulator.credentials.access_key,
        aws_secret_access_key=emulator.credentials.secret_key,
        # No write is tried again: by then, the index could be there.
        config=Config(retries={"total_max_attempts": 1}),
    )
    written: list[str] = []
    ended = threading.Event()

    def write() -> None:
        for number in itertools.count():
            # Every third item has no key for the index, and must not be in it.
            item = {"id": {"S": f"{number:06}"}} | (
                {} if number % 3 == 2 else {"kind": {"S": str(number % 5)}}
            )
            try:
                client.put_item(TableName="busy", Item=item)
                written.append(item["id"]["S"])
            except ClientError as error:
                # DynamoDB Local fails now and then meanwhile; an item may be there or not then.
                if error.response["Error"]["Code"] != "InternalFailure":
                    raise
            if ended.is_set():
                return

    with session.root(ROOT) as root:
        root.init()
        root.apply(_declared())
        plan = root.plan(_declared(indexes={"by-kind": {"hash_key": "kind"}}))
        assert [change.actions for change in plan.changes.values()] == [("update",)]
        writer = threading.Thread(target=write)
        writer.start()
        try:
            root.apply_planned()
        finally:
            ended.set()
            writer.join()
        scan = client.get_paginator("scan").paginate
        table = {item["id"]["S"]: item for page in scan(TableName="busy") for item in page["Items"]}
        found = [item for page in scan(TableName="busy", IndexName="by-kind") for item in page["Items"]]
        # What was accepted is there: from before the index, from its building, and from after it.
        assert set(written) <= table.keys()
        assert len(written) > 10
        expected = [item for item in table.values() if "kind" in item]
        assert sorted(found, key=str) == sorted(expected, key=str)
        assert root.plan().empty
