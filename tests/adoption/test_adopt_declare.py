"""What no emulator has, declared from answers in AWS's own shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts.adopt.declare import declare
from dynamodb_layouts.adopt.document import render
from dynamodb_layouts.adopt.found import Found, Replica

if TYPE_CHECKING:
    from collections.abc import Mapping

ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/orders"
KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
THERE = KEY.replace("us-east-1", "eu-west-1")
STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream"
#: A table that is as the module would make it.
PLAIN = Found(
    table={
        "TableName": "orders",
        "TableArn": ARN,
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "DeletionProtectionEnabled": True,
        "SSEDescription": {"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KEY},
        "WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000, "Status": "ACTIVE"},
    },
    ttl={"TimeToLiveStatus": "DISABLED"},
    backups={"PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": 35},
    tags={"Name": "orders"},
    insights={"": "DISABLED"},
    policy=None,
    destinations=(),
    aws_managed_key=True,
)


def _with(**table: Any) -> Found:
    return replace(PLAIN, table={**PLAIN.table, **table})


def _indexed(**index: Any) -> Mapping[str, Any]:
    return {
        "IndexName": "by-id",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    } | index


def test_a_table_like_the_modules_needs_its_key_alone() -> None:
    declared = declare(PLAIN, "orders")
    assert declared.ordered() == {"hash_key": "id"}
    assert (declared.changes, declared.left, declared.unsure) == ([], [], [])
    assert [part.address("orders", "dynamodb") for part in declared.parts] == [
        'module.dynamodb.module.table["orders"].aws_dynamodb_table.this'
    ]


INDEXED = {"indexes": {"by-id": {"hash_key": "id"}}}
CAPS = {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": -1}
STACK = (
    "the CloudFormation stack shop, which has the table still: give the table DeletionPolicy: Retain there "
    "and take it out of the stack, or deleting the stack deletes it"
)
OWN = {"on_demand_throughput": {"write": 7}}


@pytest.mark.parametrize(
    ("found", "fields", "changes", "left", "unsure"),
    [
        pytest.param(
            _with(OnDemandThroughput=CAPS, GlobalSecondaryIndexes=[_indexed(OnDemandThroughput=CAPS)]),
            {"on_demand_throughput": {"read": 10}} | INDEXED,
            [],
            [],
            [],
            id="an index with the table's caps",
        ),
        pytest.param(
            _with(
                OnDemandThroughput=CAPS,
                GlobalSecondaryIndexes=[_indexed(OnDemandThroughput={"MaxWriteRequestUnits": 7})],
            ),
            {"on_demand_throughput": {"read": 10}, "indexes": {"by-id": {"hash_key": "id"} | OWN}},
            [],
            [],
            [],
            id="an index with caps of its own",
        ),
        pytest.param(
            _with(OnDemandThroughput=CAPS, GlobalSecondaryIndexes=[_indexed()]),
            {"on_demand_throughput": {"read": 10}} | INDEXED,
            ["index by-id has no caps and the table has, so the apply gives it the table's"],
            [],
            [],
            id="an index without caps",
        ),
        pytest.param(
            _with(
                WarmThroughput={"ReadUnitsPerSecond": 12001, "WriteUnitsPerSecond": 4000},
                GlobalSecondaryIndexes=[
                    _indexed(WarmThroughput={"ReadUnitsPerSecond": 1, "WriteUnitsPerSecond": 5000})
                ],
            ),
            INDEXED,
            [],
            [
                "the warm throughput of the table: 12001 reads and 4000 writes a second",
                "the warm throughput of index by-id: 1 reads and 5000 writes a second",
            ],
            [],
            id="warm throughput",
        ),
        pytest.param(
            replace(PLAIN, tags={"Name": "orders", "aws:cloudformation:stack-name": "shop"}),
            {},
            [],
            [STACK],
            [],
            id="a table of a stack",
        ),
        pytest.param(
            replace(PLAIN, ttl={"TimeToLiveStatus": "DISABLING", "AttributeName": "gone"}),
            {"ttl": "gone", "ttl_enabled": False},
            [],
            [],
            ["expiry is DISABLING, which takes up to an hour; plan when it has come to rest"],
            id="expiry that is being turned off",
        ),
        pytest.param(
            replace(PLAIN, aws_managed_key=False),
            {"encryption": {"kms_key_arn": KEY}},
            [],
            [],
            [],
            id="a customer-managed key",
        ),
        pytest.param(
            replace(
                PLAIN,
                destinations=(
                    {"StreamArn": f"{STREAM}/a", "ApproximateCreationDateTimePrecision": "MICROSECOND"},
                    {"StreamArn": f"{STREAM}/b"},
                ),
            ),
            {"kinesis_stream": {"arn": f"{STREAM}/a", "precision": "MICROSECOND"}},
            [],
            [f"the Kinesis stream {STREAM}/b, since the module declares one"],
            [],
            id="two Kinesis streams",
        ),
        pytest.param(
            replace(PLAIN, insights={"": "FAILED"}),
            {},
            [],
            ["Contributor Insights of the table, which FAILED"],
            [],
            id="insights that failed",
        ),
        pytest.param(
            replace(
                PLAIN,
                aws_managed_key=False,
                replicas={
                    "eu-west-1": Replica(
                        {
                            "KMSMasterKeyId": THERE,
                            "ReplicaTableClassSummary": {"TableClass": "STANDARD_INFREQUENT_ACCESS"},
                        },
                        backups=True,
                        tags={"Name": "orders", "aws:tag": "x"},
                    )
                },
            ),
            {
                "encryption": {"kms_key_arn": KEY},
                "replicas": {"eu-west-1": {"kms_key_arn": THERE}},
            },
            ["the replica in eu-west-1 is given the table's tags, which it has"],
            ["the table class of the replica in eu-west-1, where it differs"],
            [],
            id="a replica with a key and a class of its own",
        ),
    ],
)
def test_what_aws_alone_has(
    found: Found, fields: dict[str, Any], changes: list[str], left: list[str], unsure: list[str]
) -> None:
    declared = declare(found, "orders")
    assert declared.ordered() == {"hash_key": "id"} | fields
    assert declared.changes == changes
    assert declared.left == left
    assert declared.unsure == unsure


def test_a_policy_that_is_no_json_is_written_as_it_is() -> None:
    declared = declare(replace(PLAIN, policy="not ${json}"), "orders")
    text = render([declared], "./m", "us-east-1")
    assert 'resource_policy = { json = "not $${json}" }' in text
    assert text.endswith(f'aws_dynamodb_resource_policy.this[0]\n  id = "{ARN}"\n}}\n')
