"""The tables of the five setup guides, made by each guide's own means and holding some of its items.

What a guide says of its table is kept, and what it has wrong is corrected: ai-girlfriend's command names the
keys of its indexes by a parameter that does not exist, and gives an on-demand table capacity.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plain_tables import create, index, key

if TYPE_CHECKING:
    from dynamodb_layouts.emulators import Emulator


@dataclass(frozen=True)
class Guide:
    """A guide's table: its keys, its indexes with theirs, what the guide turns on, and items to put."""

    name: str
    keys: tuple[str, ...]
    indexes: dict[str, tuple[str, ...]]
    items: list[dict[str, Any]]
    recovery: bool = False
    encryption: bool = False
    tags: dict[str, str] = field(default_factory=dict)

    def by_command(self, backend: Emulator) -> None:
        """Make it as `aws dynamodb create-table` does, and turn backups on by the command for them."""
        create(
            backend,
            self.name,
            self.keys,
            GlobalSecondaryIndexes=[index(name, keys) for name, keys in self.indexes.items()],
            **({"SSESpecification": {"Enabled": True}} if self.encryption else {}),
            **({"Tags": [{"Key": k, "Value": v} for k, v in self.tags.items()]} if self.tags else {}),
        )
        self._recoverable(backend)

    def by_stack(self, backend: Emulator) -> None:
        """Make it as a stack of CloudFormation. LocalStack's knows no backups, so a command does them."""
        attributes = dict.fromkeys([*self.keys, *(a for keys in self.indexes.values() for a in keys)])
        properties: dict[str, Any] = {
            "TableName": self.name,
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": key(*self.keys),
            "AttributeDefinitions": [{"AttributeName": a, "AttributeType": "S"} for a in attributes],
            "GlobalSecondaryIndexes": [index(name, keys) for name, keys in self.indexes.items()],
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": self.recovery},
            "SSESpecification": {"SSEEnabled": self.encryption},
            "Tags": [{"Key": k, "Value": v} for k, v in self.tags.items()],
        }
        template = {"Resources": {"Table": {"Type": "AWS::DynamoDB::Table", "Properties": properties}}}
        client = backend.client("cloudformation")
        client.create_stack(StackName=self.name, TemplateBody=json.dumps(template))
        client.get_waiter("stack_create_complete").wait(
            StackName=self.name, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )
        self._recoverable(backend)

    def put(self, backend: Emulator) -> None:
        """Put the items."""
        for item in self.items:
            backend.client("dynamodb").put_item(TableName=self.name, Item=_typed(item))

    def lost(self, backend: Emulator) -> list[str]:
        """Say where the items are not what was put: in the table, or in one of the guide's indexes."""
        client, wrong = backend.client("dynamodb"), []
        for name, keys in {"": self.keys, **self.indexes}.items():
            expected = [_typed(item) for item in self.items if set(keys) <= item.keys()]
            of = {"TableName": self.name} | ({"IndexName": name} if name else {})
            if _ordered(client.scan(**of)["Items"]) != _ordered(expected):
                wrong.append(f"{self.name} {name}".rstrip())
            assert expected, f"no item would be missed in {name or self.name}"
        return wrong

    def _recoverable(self, backend: Emulator) -> None:
        if self.recovery:
            backend.client("dynamodb").update_continuous_backups(
                TableName=self.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
            )


MASTRA = Guide(
    "mastra-single-table",
    ("pk", "sk"),
    {"gsi1": ("gsi1pk", "gsi1sk"), "gsi2": ("gsi2pk", "gsi2sk")},
    [
        {
            "pk": "$mastra#entity_message#id_m1",
            "sk": "$message_1#entity_message",
            "gsi1pk": "$mastra#entity_message#threadid_t1",
            "gsi1sk": "$message_1#createdat_2026-01-01t00:00:00.000z",
            "content": "hello",
        },
        {
            "pk": "$mastra#entity_workflow_snapshot#workflow_name_w",
            "sk": "$workflow_snapshot_1#run_id_r1",
            "gsi2pk": "$mastra#entity_workflow_snapshot#run_id_r1",
            "gsi2sk": "$workflow_snapshot_1#workflow_name_w",
        },
    ],
    recovery=True,
    encryption=True,
)
MAKERIESS = Guide(
    "makeriess-main-table",
    ("PK", "SK"),
    {"GSI1": ("GSI1PK", "GSI1SK"), "GSI2": ("GSI2PK", "GSI2SK")},
    [
        {"PK": "CUSTOMER#1", "SK": "METADATA", "GSI1PK": "EMAIL#a@example.com", "GSI1SK": "CUSTOMER"},
        {"PK": "ORDER#3", "SK": "METADATA", "GSI2PK": "ORDER", "GSI2SK": "2026-01-01T00:00:00Z", "total": 12},
    ],
    recovery=True,
    encryption=True,
    tags={"Environment": "production", "Application": "makeriess"},
)
MANA = Guide(
    "mana-memory",
    ("pk", "sk"),
    {"gsi1": ("gsi1pk", "gsi1sk")},
    [{"pk": "test", "sk": "test"}, {"pk": "a", "sk": "b", "gsi1pk": "c", "gsi1sk": "d"}],
)
GIRLFRIEND = Guide(
    "ai-girlfriend-table",
    ("pk", "sk"),
    {"gsi1": ("gsi1pk", "gsi1sk"), "gsi2": ("gsi2pk", "gsi2sk")},
    [
        {"pk": "USER#1", "sk": "CREDITS", "credits": 85},
        {
            "pk": "USER#1",
            "sk": "METADATA",
            "gsi1pk": "USERS",
            "gsi1sk": "USER#2026-01-01T00:00:00Z#1",
            "gsi2pk": "ACTIVE_USERS",
            "gsi2sk": "2026-01-02T00:00:00Z",
        },
        # Expires by the example, which turns that on; in the next century.
        {"pk": "ANALYTICS#2026-01-01", "sk": "EVENT#1", "ttl": 4102444800},
    ],
    recovery=True,
)
SESSIONS = Guide(
    "ai-agent-sessions",
    ("id", "tenantId"),
    {"TenantUserIndex": ("tenantId", "userId")},
    [{"id": "s1", "tenantId": "t1", "userId": "u1"}, {"id": "s2", "tenantId": "t1"}],
)
MESSAGES = Guide(
    "ai-agent-messages",
    ("id",),
    {
        "SessionTimestampIndex": ("sessionId", "timestamp"),
        "TenantTimestampIndex": ("tenantId", "timestamp"),
    },
    [
        {
            "id": "m1",
            "sessionId": "s1",
            "tenantId": "t1",
            "timestamp": "2026-01-01T00:00:00Z",
            "content": "hi",
        },
        {"id": "m2", "sessionId": "s1"},
    ],
)


def _typed(item: dict[str, Any]) -> dict[str, Any]:
    return {k: {"N": str(v)} if isinstance(v, int) else {"S": v} for k, v in item.items()}


def _ordered(items: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True) for item in items)
