"""Every setting of a living table, changed: the plan updates, the items stay, a second plan is empty.

All tables of a backend take their steps together, in one root module: every plan shows that a change of one
leaves the others alone, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from living import (
    BY_STATUS,
    BY_TOTAL,
    PROVISIONED,
    SCALED,
    TABLES,
    actions,
    address,
    capacity,
    declared,
    described,
    indexes,
    lost,
    put,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator

UPDATE = ["update"]


@dataclass
class Step:
    """A declaration, what the backend must say then, and what the plan does to come there."""

    fields: dict[str, Any]
    seen: Any
    table: list[str] | None = field(default_factory=lambda: list(UPDATE))
    #: What happens to other resources, by address within the table's module.
    others: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Case:
    """A living table: what is looked at, and the steps that it goes through."""

    see: Callable[[Emulator, str], Any]
    steps: list[Step]


def _ttl(emulator: Emulator, name: str) -> Any:
    found = emulator.client("dynamodb").describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    return found["AttributeName"] if found["TimeToLiveStatus"] == "ENABLED" else found["TimeToLiveStatus"]


def _backups(emulator: Emulator, name: str) -> Any:
    found = emulator.client("dynamodb").describe_continuous_backups(TableName=name)
    backups = found["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return backups["PointInTimeRecoveryStatus"]


def _backup_days(emulator: Emulator, name: str) -> Any:
    found = emulator.client("dynamodb").describe_continuous_backups(TableName=name)
    backups = found["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    return backups["RecoveryPeriodInDays"] if backups["PointInTimeRecoveryStatus"] == "ENABLED" else None


def _stream(emulator: Emulator, name: str) -> Any:
    stream = described(emulator, name).get("StreamSpecification", {})
    return stream.get("StreamViewType") if stream.get("StreamEnabled") else None


def _billing(emulator: Emulator, name: str) -> Any:
    mode = described(emulator, name).get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    return [mode, *(list(units) for units in capacity(emulator, name).values() if mode == "PROVISIONED")]


def _tags(emulator: Emulator, name: str) -> Any:
    found = emulator.client("dynamodb").list_tags_of_resource(
        ResourceArn=described(emulator, name)["TableArn"]
    )
    return {tag["Key"]: tag["Value"] for tag in found["Tags"] if tag["Key"] != "Name"}


def _class(emulator: Emulator, name: str) -> Any:
    return described(emulator, name).get("TableClassSummary", {}).get("TableClass", "STANDARD")


def _protection(emulator: Emulator, name: str) -> Any:
    return described(emulator, name).get("DeletionProtectionEnabled", False)


def _caps(emulator: Emulator, name: str) -> Any:
    return described(emulator, name).get("OnDemandThroughput", {})


def _insights(emulator: Emulator, name: str) -> Any:
    client = emulator.client("dynamodb")
    parts = [{}, *({"IndexName": index} for index in indexes(emulator, name))]
    return [
        client.describe_contributor_insights(TableName=name, **part)["ContributorInsightsStatus"]
        for part in parts
    ]


def _policy(emulator: Emulator, name: str) -> Any:
    client = emulator.client("dynamodb")
    try:
        found = client.get_resource_policy(ResourceArn=described(emulator, name)["TableArn"])
    except client.exceptions.PolicyNotFoundException:
        return None
    return json.loads(found["Policy"])["Statement"][0]["Resource"].rpartition(":")[2]


def _kinesis(emulator: Emulator, name: str) -> Any:
    found = emulator.client("dynamodb").describe_kinesis_streaming_destination(TableName=name)
    return [
        each["StreamArn"].rpartition("/")[2]
        for each in found["KinesisDataStreamDestinations"]
        if each["DestinationStatus"] == "ACTIVE"
    ]


def _encryption(emulator: Emulator, name: str) -> Any:
    found = described(emulator, name).get("SSEDescription", {})
    if found.get("Status") != "ENABLED":
        return None
    return "AWS's" if "alias/aws/" in found["KMSMasterKeyArn"] else found["KMSMasterKeyArn"]


def _scaling(action: str, *parts: str) -> dict[str, list[str]]:
    """Return what happens to targets and policies when the scaling of these parts comes or goes."""
    return {
        f'aws_appautoscaling_{kind}.this["{part}/{what}"]': [action]
        for kind in ("target", "policy")
        for part in parts
        for what in ("read", "write")
    }


OPEN_POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "dynamodb:*",
                "Resource": "{table_arn}",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }
)
STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/changes"
KEYS = [
    f"arn:aws:kms:us-east-1:000000000000:key/{number:08}-0000-4000-8000-000000000000" for number in (1, 2)
]

ON = {"ttl": "expiresAt"}
INSIGHTS = "aws_dynamodb_contributor_insights"
LOCAL = {"local_indexes": {"by-total-too": {"range_key": "total"}}}

# Expiry that goes off must keep its name, and may then take another.
CASES: dict[str, dict[str, Case]] = {
    "auto": {
        "expiry": Case(
            _ttl,
            [
                Step({}, "DISABLED"),
                Step(ON, "expiresAt"),
                Step(ON | {"ttl_enabled": False}, "DISABLED"),
                Step(ON, "expiresAt"),
                Step(ON | {"ttl_enabled": False}, "DISABLED"),
                Step({"ttl": "goneAt"}, "goneAt"),
            ],
        ),
        "backups": Case(
            _backups,
            [
                Step({}, "ENABLED"),
                Step({"point_in_time_recovery": {"enabled": False}}, "DISABLED"),
                Step({}, "ENABLED"),
            ],
        ),
        "stream": Case(
            _stream,
            [
                Step({}, None),
                Step({"stream": "NEW_IMAGE"}, "NEW_IMAGE"),
                Step({}, None),
                Step({"stream": "NEW_AND_OLD_IMAGES"}, "NEW_AND_OLD_IMAGES"),
                Step({"stream": "KEYS_ONLY"}, "KEYS_ONLY"),
            ],
        ),
        "index": Case(
            indexes,
            [
                Step({}, {}),
                Step({"indexes": BY_STATUS}, {"by-status": "ALL"}),
                Step(
                    {"indexes": BY_TOTAL | {"by-note": {"hash_key": "note"}}},
                    {"by-total": "ALL", "by-note": "ALL"},
                ),
                Step({"indexes": {"by-remark": {"hash_key": "note"}}}, {"by-remark": "ALL"}),
                Step({}, {}),
            ],
        ),
        "projection": Case(
            indexes,
            [
                Step({"indexes": BY_STATUS}, {"by-status": "ALL"}),
                Step(
                    {
                        "indexes": {
                            "by-status": {
                                "hash_key": "status",
                                "projection": "INCLUDE",
                                "non_key_attributes": ["total", "note"],
                            }
                        }
                    },
                    {"by-status": "INCLUDE"},
                ),
                Step(
                    {"indexes": {"by-status": {"hash_key": "status", "projection": "KEYS_ONLY"}}},
                    {"by-status": "KEYS_ONLY"},
                ),
            ],
        ),
        "billing": Case(
            _billing,
            [
                Step({}, ["PAY_PER_REQUEST"]),
                Step(PROVISIONED, ["PROVISIONED", [5, 5]]),
                Step(PROVISIONED | {"capacity": {"read": 7, "write": 8}}, ["PROVISIONED", [7, 8]]),
                Step({}, ["PAY_PER_REQUEST"]),
            ],
        ),
        # The way back is drift on every backend: they go on giving figures for the index.
        "billing-with-an-index": Case(
            _billing,
            [
                Step({"indexes": BY_STATUS}, ["PAY_PER_REQUEST"]),
                Step(PROVISIONED | {"indexes": BY_STATUS}, ["PROVISIONED", [5, 5], [5, 5]]),
                Step(
                    PROVISIONED
                    | {"indexes": {"by-status": {"hash_key": "status", "capacity": {"read": 6, "write": 9}}}},
                    ["PROVISIONED", [5, 5], [6, 9]],
                ),
            ],
        ),
        "tags": Case(
            _tags,
            [
                Step({}, {}),
                Step({"tags": {"team": "shop"}}, {"team": "shop"}),
                Step({"tags": {"team": "stock", "env": "dev"}}, {"team": "stock", "env": "dev"}),
                Step({}, {}),
            ],
        ),
        "class": Case(
            _class,
            [
                Step({}, "STANDARD"),
                Step({"table_class": "STANDARD_INFREQUENT_ACCESS"}, "STANDARD_INFREQUENT_ACCESS"),
                Step({}, "STANDARD"),
            ],
        ),
        "protection": Case(
            _protection,
            [Step({}, False), Step({"deletion_protection": True}, True), Step({}, False)],
        ),
        "beside-a-local-index": Case(
            _stream,
            [
                Step(LOCAL, None),
                Step(LOCAL | {"stream": "NEW_IMAGE"}, "NEW_IMAGE"),
                Step(LOCAL | {"indexes": BY_STATUS}, None),
            ],
        ),
        # What the harness reads of a table is no part of it.
        "model": Case(
            indexes,
            [
                Step({"indexes": BY_STATUS}, {"by-status": "ALL"}),
                Step(
                    {
                        "indexes": BY_STATUS,
                        "entities": {
                            "Order": {"keys": {"id": "{customer}", "at": "{time}", "status": "{status}"}}
                        },
                        "access_patterns": {
                            "orders": {"partition": "{customer}", "returns": ["Order"]},
                            "in_status": {
                                "index": "by-status",
                                "partition": "{status}",
                                "returns": ["Order"],
                            },
                        },
                    },
                    {"by-status": "ALL"},
                    None,
                ),
            ],
        ),
    },
    "auto+moto": {
        "scaling": Case(
            _billing,
            [
                Step(PROVISIONED, ["PROVISIONED", [5, 5]]),
                Step(SCALED, ["PROVISIONED", [5, 5]], None, _scaling("create", "table")),
                Step(
                    SCALED
                    | {
                        "autoscaling": {
                            "read": {"min": 5, "max": 60},
                            "write": {"min": 5, "max": 50, "target": 50},
                        }
                    },
                    ["PROVISIONED", [5, 5]],
                    None,
                    {
                        'aws_appautoscaling_target.this["table/read"]': UPDATE,
                        'aws_appautoscaling_policy.this["table/write"]': UPDATE,
                    },
                ),
                Step(PROVISIONED, ["PROVISIONED", [5, 5]], None, _scaling("delete", "table")),
            ],
        ),
        "scaling-with-an-index": Case(
            _billing,
            [
                Step(PROVISIONED | {"indexes": BY_STATUS}, ["PROVISIONED", [5, 5], [5, 5]]),
                Step(
                    SCALED | {"indexes": BY_STATUS},
                    ["PROVISIONED", [5, 5], [5, 5]],
                    None,
                    _scaling("create", "table", "index/by-status"),
                ),
                Step(
                    SCALED,
                    ["PROVISIONED", [5, 5]],
                    UPDATE,
                    _scaling("delete", "index/by-status"),
                ),
            ],
        ),
        "scaling-from-on-demand-and-back": Case(
            _billing,
            [
                Step({}, ["PAY_PER_REQUEST"]),
                Step(SCALED, ["PROVISIONED", [5, 5]], UPDATE, _scaling("create", "table")),
                Step({}, ["PAY_PER_REQUEST"], UPDATE, _scaling("delete", "table")),
            ],
        ),
    },
    # What only moto tells.
    "moto": {
        "backups-of-some-days": Case(
            _backup_days,
            [
                Step({}, 35),
                Step({"point_in_time_recovery": {"days": 7}}, 7),
                Step({"point_in_time_recovery": {"days": 14}}, 14),
                Step({"point_in_time_recovery": {"enabled": False}}, None),
                Step({"point_in_time_recovery": {"days": 7}}, 7),
            ],
        ),
    },
    # What LocalStack does not have.
    "ministack": {
        "caps": Case(
            _caps,
            [
                Step({}, {}),
                Step(
                    {"on_demand_throughput": {"read": 10, "write": 5}},
                    {"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5},
                ),
                Step(
                    {"on_demand_throughput": {"read": 20, "write": 4}},
                    {"MaxReadRequestUnits": 20, "MaxWriteRequestUnits": 4},
                ),
            ],
        ),
        "insights": Case(
            _insights,
            [
                Step({"indexes": BY_STATUS}, ["DISABLED", "DISABLED"]),
                Step(
                    {"indexes": BY_STATUS, "contributor_insights": True},
                    ["ENABLED", "ENABLED"],
                    None,
                    {f"{INSIGHTS}.table[0]": ["create"], f'{INSIGHTS}.index["by-status"]': ["create"]},
                ),
                Step(
                    {"indexes": BY_STATUS},
                    ["DISABLED", "DISABLED"],
                    None,
                    {f"{INSIGHTS}.table[0]": ["delete"], f'{INSIGHTS}.index["by-status"]': ["delete"]},
                ),
            ],
        ),
        "policy": Case(
            _policy,
            [
                Step({}, None),
                Step(
                    {"resource_policy": {"json": OPEN_POLICY}},
                    "table/policy",
                    None,
                    {"aws_dynamodb_resource_policy.this[0]": ["create"]},
                ),
                Step({}, None, None, {"aws_dynamodb_resource_policy.this[0]": ["delete"]}),
            ],
        ),
        "kinesis": Case(
            _kinesis,
            [
                Step({}, []),
                Step(
                    {"kinesis_stream": {"arn": STREAM}},
                    ["changes"],
                    None,
                    {"aws_dynamodb_kinesis_streaming_destination.this[0]": ["create"]},
                ),
                Step({}, [], None, {"aws_dynamodb_kinesis_streaming_destination.this[0]": ["delete"]}),
            ],
        ),
        # The provider waits 30 seconds after every change of encryption, so these go together and are few.
        "encryption-off-and-on": Case(
            _encryption,
            [Step({}, "AWS's"), Step({"encryption": {"enabled": False}}, None), Step({}, "AWS's")],
        ),
        "encryption-from-key-to-key": Case(
            _encryption,
            [
                Step({"encryption": {"kms_key_arn": KEYS[0]}}, KEYS[0]),
                Step({"encryption": {"kms_key_arn": KEYS[1]}}, KEYS[1]),
                Step({"encryption": {"enabled": False}}, None),
            ],
        ),
        "encryption-from-a-key-to-aws-s-own": Case(
            _encryption,
            [
                Step({"encryption": {"kms_key_arn": KEYS[0]}}, KEYS[0]),
                Step({"encryption": {"enabled": False}}, None),
                Step({}, "AWS's"),
            ],
        ),
        "encryption-from-aws-s-own-to-a-key": Case(
            _encryption,
            [Step({}, "AWS's"), Step({"encryption": {"kms_key_arn": KEYS[0]}}, KEYS[0])],
        ),
    },
}


def _live(backends: Backends, name: str) -> list[dict[str, Any]]:
    """Take every table of a backend through its steps; return what was seen at each, by table."""
    cases = CASES[name]
    emulator, session = backends(name)
    if name == "ministack":
        emulator.client("kinesis").create_stream(StreamName="changes", ShardCount=1)
    seen = []
    with session.root(TABLES) as root:
        root.init()
        for number in range(max(len(case.steps) for case in cases.values())):
            tables = {
                key: declared(**case.steps[min(number, len(case.steps) - 1)].fields)
                for key, case in cases.items()
            }
            change = root.plan({"tables": tables})
            root.apply({"tables": tables})
            if number == 0:
                for key in cases:
                    put(emulator, key)
            again = root.plan()
            seen.append(
                {
                    key: {
                        "planned": _of(key, actions(change)),
                        "planned again": [
                            f"{drift.attribute}: {drift.before} -> {drift.after}"
                            for drift in again.drift()
                            if drift.address.startswith(address(key, ""))
                        ],
                        "seen": case.see(emulator, key),
                        "lost": lost(emulator, key),
                    }
                    for key, case in cases.items()
                }
            )
    return seen


def _of(key: str, planned: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the actions on one table's module, by address within it."""
    prefix = address(key, "")
    return {where.removeprefix(prefix): what for where, what in planned.items() if where.startswith(prefix)}


@pytest.mark.parametrize("name", CASES)
def test_tables_live_through_their_changes(backend: Backends, subtests: pytest.Subtests, name: str) -> None:
    found = _live(backend, name)
    for key, case in CASES[name].items():
        with subtests.test(key):
            for number, at in enumerate(found):
                arrived = number >= len(case.steps)
                step = case.steps[-1 if arrived else number]
                where = f"{key}, step {number}"
                if number:
                    table = {"aws_dynamodb_table.this": step.table} if step.table else {}
                    assert at[key]["planned"] == ({} if arrived else step.others | table), where
                assert at[key]["planned again"] == [], where
                assert at[key]["seen"] == step.seen, where
                assert at[key]["lost"] == [], where
