"""Tables with every feature, adopted by the file that is written: what it says, and what it changes.

All tables of a backend are in one root module, so that one plan judges them all. ministack has every feature
but the days of backups, which moto has, and autoscaling, which moto does for its tables. moto takes a table's
scaling policy for that of every table whose name goes on after it, so none here is the beginning of another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from plain_tables import addresses, create, index, planned, root, source, tags, throughput

from dynamodb_layouts.adopt import adopt
from dynamodb_layouts.adopt.hcl import Call
from dynamodb_layouts.terraform import fmt_check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator

KEYS = [
    f"arn:aws:kms:us-east-1:000000000000:key/{number:08}-0000-4000-8000-000000000000" for number in (1, 2)
]
STREAMS = "arn:aws:kinesis:us-east-1:000000000000:stream"
#: What the module turns on and these tables have not; the first field of every declaration is the key.
BARE = {
    "hash_key": "id",
    "point_in_time_recovery": {"enabled": False},
    "encryption": {"enabled": False},
    "deletion_protection": False,
}
#: Attributes may have any name; these are all that HCL reads as something else.
ODD = ['a"b${x}', "%{if}", "back\\slash\nline\ttab", "$${", "ключ 🔑"]
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "own",
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
            "Action": ["dynamodb:GetItem", "dynamodb:Query"],
            "Resource": [
                "{table_arn}",
                "{table_arn}/index/*",
                "arn:aws:dynamodb:us-east-1:1:table/policy-not",
            ],
            "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}},
        }
    ],
}


@dataclass
class Case:
    """A table: how it is made, what is written of it, and what its adoption imports and changes."""

    make: Callable[[Emulator, str], Any]
    fields: dict[str, Any]
    #: What is imported besides the table, by address within its module.
    parts: set[str] = field(default_factory=set)
    #: What the plan changes, by address within its module.
    changes: dict[str, list[str]] = field(default_factory=dict)
    #: What is said of it.
    remarks: list[str] = field(default_factory=list)


def _made(keys: tuple[str, ...] = ("id",), types: dict[str, str] | None = None, **more: Any) -> Any:
    """Return what makes a table with its own name as tag, which the module would add."""
    return lambda backend, name: create(backend, name, keys, types, **{"Tags": tags(Name=name)} | more)


def _then(make: Any, *calls: tuple[str, dict[str, Any]]) -> Any:
    """Return what makes a table and calls DynamoDB of it afterwards."""

    def whole(backend: Emulator, name: str) -> None:
        make(backend, name)
        for operation, arguments in calls:
            getattr(backend.client("dynamodb"), operation)(TableName=name, **arguments)

    return whole


def _expiry(*, on: bool) -> tuple[str, dict[str, Any]]:
    specification = {"Enabled": on, "AttributeName": "expires${At}"}
    return "update_time_to_live", {"TimeToLiveSpecification": specification}


def _recovery(**days: int) -> tuple[str, dict[str, Any]]:
    specification = {"PointInTimeRecoveryEnabled": True} | days
    return "update_continuous_backups", {"PointInTimeRecoverySpecification": specification}


def _insights(**of: str) -> tuple[str, dict[str, Any]]:
    return "update_contributor_insights", {"ContributorInsightsAction": "ENABLE"} | of


def _streamed(**configuration: str) -> Any:
    """Return what makes a table with a Kinesis stream of its own, named after it."""

    def whole(backend: Emulator, name: str) -> None:
        _made()(backend, name)
        backend.client("kinesis").create_stream(StreamName=name, ShardCount=1)
        more = {"EnableKinesisStreamingConfiguration": configuration} if configuration else {}
        backend.client("dynamodb").enable_kinesis_streaming_destination(
            TableName=name, StreamArn=f"{STREAMS}/{name}", **more
        )

    return whole


def _with_policy(backend: Emulator, name: str) -> None:
    arn = create(backend, name, ("id",), Tags=tags(Name=name))
    text = json.dumps(POLICY).replace("{table_arn}", arn)
    backend.client("dynamodb").put_resource_policy(ResourceArn=arn, Policy=text)


def _replicated(*, tagged: bool) -> Any:
    """Return what makes a table with a replica, which DynamoDB does not give the table's tags."""

    def whole(backend: Emulator, name: str) -> None:
        stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
        arn = create(backend, name, ("id",), StreamSpecification=stream, Tags=tags(Name=name))
        backend.client("dynamodb").update_table(
            TableName=name, ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}]
        )
        if tagged:
            backend.client("dynamodb", "eu-west-1").tag_resource(
                ResourceArn=arn.replace("us-east-1", "eu-west-1"), Tags=tags(Name=name)
            )

    return whole


def _scaled(
    make: Any, emulator: Callable[[str], Emulator], scales: dict[str, dict[str, tuple[int, ...]]], **more: Any
) -> Any:
    """Return what makes a table and scales it: by resource and half, (min, max, target, in, out)."""

    def whole(backend: Emulator, name: str) -> None:
        make(backend, name)
        scaler = emulator("moto").client("application-autoscaling")
        for part, halves in scales.items():
            for half, (least, most, target, *cooldowns) in halves.items():
                of = {
                    "ServiceNamespace": "dynamodb",
                    "ResourceId": f"table/{name}{part}",
                    "ScalableDimension": (
                        f"dynamodb:{'index' if part else 'table'}:{half.title()}CapacityUnits"
                    ),
                }
                scaler.register_scalable_target(
                    **of, MinCapacity=least, MaxCapacity=most, Tags=more.get("Tags", {"Name": name})
                )
                metric = f"DynamoDB{half.title()}CapacityUtilization"
                waits = dict(zip(("ScaleInCooldown", "ScaleOutCooldown"), cooldowns, strict=False))
                scaler.put_scaling_policy(
                    **of,
                    PolicyName=more.get("PolicyName", f"{metric}:{of['ResourceId']}"),
                    PolicyType="TargetTrackingScaling",
                    TargetTrackingScalingPolicyConfiguration={
                        "TargetValue": target,
                        "PredefinedMetricSpecification": {"PredefinedMetricType": metric},
                        "DisableScaleIn": more.get("DisableScaleIn", False),
                    }
                    | waits,
                )
                if "ScheduledActionName" in more:
                    scaler.put_scheduled_action(
                        **of,
                        ScheduledActionName=more["ScheduledActionName"],
                        Schedule="rate(1 day)",
                        ScalableTargetAction={"MinCapacity": 1},
                    )

    return whole


def _scaling(*parts: str) -> set[str]:
    return {f'aws_appautoscaling_{kind}.this["{part}"]' for part in parts for kind in ("target", "policy")}


UNKNOWN_KEY = (
    "Not certain: whether its KMS key is yours or AWS's (kms:DescribeKey gave no answer), so it is declared; "
    "leave encryption out if it is aws/dynamodb."
)
UNSCALED = (
    "Applying changes: index by_g is not scaled and the table is, "
    "so the apply scales it by the table's figures."
)
RENAMED = (
    "Applying changes: the scaling policy scale-reads of the table is replaced by the same under the "
    "module's name, DynamoDBReadCapacityUtilization:table/own-policy; capacity stays as it is."
)
SCALED_IN = "Applying changes: read capacity of the table may be scaled in again, which its policy forbids."
TAGGED = "Applying changes: the scalable target for read capacity of the table gets the table's tags."
TABLE = "aws_dynamodb_table.this"
UNITS = {"ProvisionedThroughput": throughput(3, 4)}
REPLICATED = BARE | {"stream": "NEW_AND_OLD_IMAGES"}
PROVISIONED = BARE | {"billing_mode": "PROVISIONED"}
#: With reads scaled alone, as `reads` does it.
READS = PROVISIONED | {
    "capacity": {"read": 3, "write": 4},
    "autoscaling": {"read": {"min": 5, "max": 50}},
}


def _cases(emulator: Callable[[str], Emulator]) -> dict[str, dict[str, Case]]:
    usual = {"read": (5, 50, 70, 60, 60), "write": (5, 60, 70, 60, 60)}
    declared = {"read": {"min": 5, "max": 50}, "write": {"min": 5, "max": 60}}
    reads = {"": {"read": usual["read"]}}
    both = ("table/read", "table/write")
    by_g = index("by_g", ("g",), units=(7, 8))
    return {
        "ministack": {
            "bare": Case(_made(), BARE),
            # All that the module does unasked.
            "safe": Case(
                _then(_made(SSESpecification={"Enabled": True}, DeletionProtectionEnabled=True), _recovery()),
                {"hash_key": "id"},
            ),
            "keys": Case(
                _made(("n", "b"), {"n": "N", "b": "B"}),
                BARE | {"hash_key": "n", "range_key": "b", "attribute_types": {"b": "B", "n": "N"}},
            ),
            "odd.names-": Case(
                _made(
                    (ODD[0], ODD[1]),
                    GlobalSecondaryIndexes=[index("by.2", (ODD[2], ODD[3]), "INCLUDE", [ODD[4], "a"])],
                ),
                BARE
                | {
                    "hash_key": ODD[0],
                    "range_key": ODD[1],
                    "indexes": {
                        "by.2": {
                            "hash_key": ODD[2],
                            "range_key": ODD[3],
                            "projection": "INCLUDE",
                            "non_key_attributes": ["a", ODD[4]],
                        }
                    },
                },
            ),
            "projections": Case(
                _made(
                    ("id", "at"),
                    GlobalSecondaryIndexes=[
                        index("keys", ("at",), "KEYS_ONLY"),
                        index("all", ("g", "id")),
                        index("some", ("g",), "INCLUDE", ["y", "x"]),
                    ],
                    LocalSecondaryIndexes=[
                        index("l-all", ("id", "g")),
                        index("l-keys", ("id", "h"), "KEYS_ONLY"),
                        index("l-some", ("id", "i"), "INCLUDE", ["z", "y", "x"]),
                    ],
                ),
                BARE
                | {
                    "range_key": "at",
                    "indexes": {
                        "all": {"hash_key": "g", "range_key": "id"},
                        "keys": {"hash_key": "at", "projection": "KEYS_ONLY"},
                        "some": {
                            "hash_key": "g",
                            "projection": "INCLUDE",
                            "non_key_attributes": ["x", "y"],
                        },
                    },
                    "local_indexes": {
                        "l-all": {"range_key": "g"},
                        "l-keys": {"range_key": "h", "projection": "KEYS_ONLY"},
                        "l-some": {
                            "range_key": "i",
                            "projection": "INCLUDE",
                            "non_key_attributes": ["x", "y", "z"],
                        },
                    },
                },
            ),
            "derived": Case(
                _made(
                    ("PK", "SK"),
                    GlobalSecondaryIndexes=[
                        index("GSI1", ("GSI1PK", "GSI1SK")),
                        index("GSI2", ("GSI2PK",)),
                        index("GSI3", ("GSI1PK", "GSI1SK")),
                    ],
                ),
                BARE
                | {
                    "hash_key": "PK",
                    "range_key": "SK",
                    "indexes": {
                        "GSI1": {},
                        "GSI2": {"hash_key": "GSI2PK"},
                        "GSI3": {"hash_key": "GSI1PK", "range_key": "GSI1SK"},
                    },
                },
            ),
            # One more than the module's quota, which the file raises.
            "twenty-one": Case(
                _made(GlobalSecondaryIndexes=[index(f"by{n:02}", (f"g{n:02}",)) for n in range(21)]),
                BARE | {"indexes": {f"by{n:02}": {"hash_key": f"g{n:02}"} for n in range(21)}},
            ),
            "expiry": Case(_then(_made(), _expiry(on=True)), BARE | {"ttl": "expires${At}"}),
            # DynamoDB Local, ministack and moto go on giving the name of the attribute.
            "expiry-off": Case(
                _then(_made(), _expiry(on=True), _expiry(on=False)),
                BARE | {"ttl": "expires${At}", "ttl_enabled": False},
            ),
            "stream": Case(
                _made(StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}),
                BARE | {"stream": "KEYS_ONLY"},
            ),
            "class": Case(
                _made(TableClass="STANDARD_INFREQUENT_ACCESS"),
                BARE | {"table_class": "STANDARD_INFREQUENT_ACCESS"},
            ),
            "customer-key": Case(
                _made(SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": KEYS[0]}),
                BARE | {"encryption": {"kms_key_arn": KEYS[0]}},
                remarks=[UNKNOWN_KEY],
            ),
            "caps": Case(
                _made(OnDemandThroughput={"MaxReadRequestUnits": 10, "MaxWriteRequestUnits": 5}),
                BARE | {"on_demand_throughput": {"read": 10, "write": 5}},
            ),
            "one-cap": Case(
                _made(OnDemandThroughput={"MaxReadRequestUnits": -1, "MaxWriteRequestUnits": 5}),
                BARE | {"on_demand_throughput": {"write": 5}},
            ),
            "tags": Case(
                _made(
                    Tags=[
                        {"Key": "Name", "Value": "another"},
                        {"Key": "owner:team/x@y", "Value": "a b+c=d._:/@- é 数"},
                        {"Key": "for", "Value": ""},
                    ]
                ),
                BARE | {"tags": {"Name": "another", "for": "", "owner:team/x@y": "a b+c=d._:/@- é 数"}},
            ),
            "nameless": Case(
                _made(Tags=tags(team="shop")),
                BARE | {"tags": {"team": "shop"}},
                changes={TABLE: ["tags.Name: None -> nameless"]},
                remarks=['Applying changes: the tag Name = "nameless" is added.'],
            ),
            "insights": Case(
                _then(
                    _made(GlobalSecondaryIndexes=[index("idx-on", ("g",)), index("idx-off", ("h",))]),
                    _insights(),
                    _insights(IndexName="idx-on"),
                ),
                BARE
                | {
                    "indexes": {
                        "idx-off": {"hash_key": "h", "contributor_insights": False},
                        "idx-on": {"hash_key": "g"},
                    },
                    "contributor_insights": True,
                },
                {
                    "aws_dynamodb_contributor_insights.table[0]",
                    'aws_dynamodb_contributor_insights.index["idx-on"]',
                },
            ),
            "insights-of-an-index": Case(
                _then(_made(GlobalSecondaryIndexes=[index("idx-on", ("g",))]), _insights(IndexName="idx-on")),
                BARE | {"indexes": {"idx-on": {"hash_key": "g", "contributor_insights": True}}},
                {'aws_dynamodb_contributor_insights.index["idx-on"]'},
            ),
            "policy": Case(
                _with_policy,
                BARE | {"resource_policy": {"json": Call("jsonencode", POLICY)}},
                {"aws_dynamodb_resource_policy.this[0]"},
                # The provider cannot read whether the check for locking oneself out was waived.
                {
                    "aws_dynamodb_resource_policy.this[0]": [
                        "confirm_remove_self_resource_access: None -> False"
                    ]
                },
                ["Applying changes: its resource policy is put again, as it is."],
            ),
            "kinesis": Case(
                _streamed(),
                BARE | {"kinesis_stream": {"arn": f"{STREAMS}/kinesis"}},
                {"aws_dynamodb_kinesis_streaming_destination.this[0]"},
            ),
            "microseconds": Case(
                _streamed(ApproximateCreationDateTimePrecision="MICROSECOND"),
                BARE | {"kinesis_stream": {"arn": f"{STREAMS}/microseconds", "precision": "MICROSECOND"}},
                {"aws_dynamodb_kinesis_streaming_destination.this[0]"},
            ),
            "replicated": Case(
                _replicated(tagged=False),
                REPLICATED
                | {"replicas": {"eu-west-1": {"point_in_time_recovery": False, "propagate_tags": False}}},
                remarks=["Left alone: the tags of the replica in eu-west-1, which are not the table's."],
            ),
            "replicated-with-tags": Case(
                _replicated(tagged=True),
                REPLICATED | {"replicas": {"eu-west-1": {"point_in_time_recovery": False}}},
                changes={TABLE: ["replica[0].propagate_tags: False -> True"]},
                remarks=[
                    "Applying changes: the replica in eu-west-1 is given the table's tags, which it has."
                ],
            ),
            "provisioned": Case(
                _made(
                    **UNITS,
                    GlobalSecondaryIndexes=[
                        index("same", ("g",), units=(3, 4)),
                        index("other", ("h",), units=(7, 4)),
                    ],
                ),
                PROVISIONED
                | {
                    "capacity": {"read": 3, "write": 4},
                    "indexes": {
                        "other": {"hash_key": "h", "capacity": {"read": 7, "write": 4}},
                        "same": {"hash_key": "g"},
                    },
                },
            ),
            # The figures are the autoscaler's: 3 and 4 are not its minimum.
            "both-scaled": Case(
                _scaled(_made(**UNITS), emulator, {"": usual}),
                PROVISIONED | {"autoscaling": declared},
                _scaling(*both),
            ),
            "oddly-scaled": Case(
                _scaled(
                    _made(**UNITS),
                    emulator,
                    {"": {"read": (2, 9, 45.5, 0, 120)}},
                ),
                PROVISIONED
                | {
                    "capacity": {"read": 3, "write": 4},
                    "autoscaling": {
                        "read": {
                            "min": 2,
                            "max": 9,
                            "target": 45.5,
                            "scale_in_cooldown": 0,
                            "scale_out_cooldown": 120,
                        }
                    },
                },
                _scaling("table/read"),
            ),
            "indexes-scaled": Case(
                _scaled(
                    _made(
                        **UNITS,
                        GlobalSecondaryIndexes=[
                            by_g,
                            index("by_h", ("h",), units=(9, 9)),
                            index("by_i", ("i",), units=(3, 2)),
                        ],
                    ),
                    emulator,
                    {
                        "": usual,
                        "/index/by_g": usual,
                        "/index/by_h": usual | {"write": (1, 10, 50, 60, 60)},
                        "/index/by_i": {"read": (1, 10, 70, 60, 60)},
                    },
                ),
                PROVISIONED
                | {
                    "autoscaling": declared,
                    "indexes": {
                        "by_g": {"hash_key": "g"},
                        "by_h": {
                            "hash_key": "h",
                            "autoscaling": {
                                "read": {"min": 5, "max": 50},
                                "write": {"min": 1, "max": 10, "target": 50},
                            },
                        },
                        # The table's minimum to write would be 5.
                        "by_i": {
                            "hash_key": "i",
                            "capacity": {"read": 3, "write": 2},
                            "autoscaling": {"read": {"min": 1, "max": 10}},
                        },
                    },
                },
                _scaling(
                    *both,
                    *(f"index/by_{i}/{half}" for i in "gh" for half in ("read", "write")),
                    "index/by_i/read",
                ),
            ),
            # Policies that others have made have other names, and a name cannot be changed.
            "own-policy": Case(
                _scaled(
                    _made(**UNITS),
                    emulator,
                    reads,
                    PolicyName="scale-reads",
                    ScheduledActionName="at night",
                ),
                READS,
                _scaling("table/read"),
                {'aws_appautoscaling_policy.this["table/read"]': ["delete", "create"]},
                [
                    RENAMED,
                    "Left alone: scheduled action at night of the table.",
                ],
            ),
            "fixed-targets": Case(
                _scaled(_made(**UNITS), emulator, reads, Tags={}, DisableScaleIn=True),
                READS,
                _scaling("table/read"),
                {
                    'aws_appautoscaling_target.this["table/read"]': ["tags.Name: None -> fixed-targets"],
                    'aws_appautoscaling_policy.this["table/read"]': [
                        "target_tracking_scaling_policy_configuration[0].disable_scale_in: True -> False"
                    ],
                },
                [
                    SCALED_IN,
                    TAGGED,
                ],
            ),
            # An index alone: the table's capacity is the table's.
            "one-index-scaled": Case(
                _scaled(_made(**UNITS, GlobalSecondaryIndexes=[by_g]), emulator, {"/index/by_g": usual}),
                PROVISIONED
                | {
                    "capacity": {"read": 3, "write": 4},
                    "indexes": {"by_g": {"hash_key": "g", "autoscaling": declared}},
                },
                _scaling("index/by_g/read", "index/by_g/write"),
            ),
            # There is no word for an index that is not scaled in a table that is.
            "not-its-index": Case(
                _scaled(_made(**UNITS, GlobalSecondaryIndexes=[by_g]), emulator, {"": usual}),
                PROVISIONED | {"autoscaling": declared, "indexes": {"by_g": {"hash_key": "g"}}},
                _scaling(*both),
                {address: ["create"] for address in _scaling("index/by_g/read", "index/by_g/write")},
                [UNSCALED],
            ),
        },
        "moto": {
            "seven-days": Case(
                _then(_made(), _recovery(RecoveryPeriodInDays=7)),
                BARE | {"point_in_time_recovery": {"days": 7}},
            ),
            "all-days": Case(
                _then(_made(), _recovery(RecoveryPeriodInDays=35)),
                {field: value for field, value in BARE.items() if field != "point_in_time_recovery"},
            ),
            "another-policy": Case(
                _with_policy,
                BARE | {"resource_policy": {"json": Call("jsonencode", POLICY)}},
                {"aws_dynamodb_resource_policy.this[0]"},
                {
                    "aws_dynamodb_resource_policy.this[0]": [
                        "confirm_remove_self_resource_access: None -> False"
                    ]
                },
                ["Applying changes: its resource policy is put again, as it is."],
            ),
        },
    }


@pytest.mark.parametrize("name", ["ministack", "moto"])
def test_adopted_tables_stay_as_they_are(  # noqa: PLR0913, PLR0917 - all are fixtures
    name: str,
    at: Callable[[str], Emulator],
    backend: Backends,
    emulator: Callable[[str], Emulator],
    tmp_path: Path,
    subtests: pytest.Subtests,
) -> None:
    tables, cases = at(name), _cases(emulator)[name]
    for key, case in cases.items():
        case.make(tables, key)
    adoption = adopt(list(cases), source=source(tmp_path / "root"))
    with root(backend(name)[1], tmp_path / "root", adoption.text) as adopted:
        assert fmt_check(adopted.folder) == []
        change = adopted.plan()
        found, imported = planned(change), set(change.changes)
        adopted.apply_planned()
        again = adopted.plan()

    assert imported >= addresses(adoption)
    for (key, case), declaration in zip(cases.items(), adoption.declarations, strict=True):
        prefix = f'module.dynamodb.module.table["{key}"].'
        with subtests.test(key):
            assert declaration.ordered() == case.fields
            wanted = {prefix + part for part in (TABLE, *case.parts)}
            assert {address for address in addresses(adoption) if address.startswith(prefix)} == wanted
            changes = {prefix + part: what for part, what in case.changes.items()}
            assert {k: v for k, v in found.items() if k.startswith(prefix)} == changes
            said = [r for r in adoption.remarks if r.startswith(f'table "{key}": ')]
            assert said == [f'table "{key}": {remark}' for remark in case.remarks]
    assert planned(again) == {}
    assert again.empty
