"""What a backend must be able to do for a resource to be applied and proved on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.verify.standing import kind_of

if TYPE_CHECKING:
    from dynamodb_layouts.emulators import Capability
    from dynamodb_layouts.terraform import Change, Plan

#: What each address needs of a backend.
Needs = Mapping[str, frozenset["Capability"]]

_BY_TYPE: dict[str, Capability] = {
    "aws_appautoscaling_policy": "autoscaling",
    "aws_appautoscaling_target": "autoscaling",
    "aws_backup_plan": "backup",
    "aws_backup_selection": "backup",
    "aws_backup_vault": "backup",
    "aws_cloudwatch_dashboard": "dashboard",
    "aws_cloudwatch_metric_alarm": "alarms",
    "aws_cloudformation_stack": "cloudformation",
    "aws_dynamodb_contributor_insights": "contributor_insights",
    "aws_dynamodb_kinesis_streaming_destination": "kinesis",
    "aws_dynamodb_resource_policy": "resource_policy",
    "aws_dynamodb_table_export": "export",
    "aws_dynamodb_table_replica": "replicas",
}
_RESTORES = (
    "restore_source_name",
    "restore_source_table_arn",
    "restore_date_time",
    "restore_to_latest_time",
)


def needs(plan: Plan) -> Needs:
    """Return what each resource instance that the plan makes needs of a backend, by address."""
    return {address: frozenset(_of(change)) for address, change in plan.changes.items()}


def _of(change: Change) -> set[Capability]:
    kind, values = kind_of(change.address), change.after or {}
    if kind == "aws_dynamodb_table":
        return _of_table(values)
    found = {_BY_TYPE[kind]} if kind in _BY_TYPE else set()
    if kind.startswith("aws_iam_"):
        found.add("iam")
    if kind == "aws_cloudwatch_metric_alarm" and values.get("tags"):
        found.add("alarm_tags")
    return found


def _of_table(values: Mapping[str, Any]) -> set[Capability]:
    recovery, encryption = _block(values, "point_in_time_recovery"), _block(values, "server_side_encryption")
    indexes = values.get("global_secondary_index") or []
    present: dict[Capability, Any] = {
        "table": True,
        "tags": values.get("tags"),
        "ttl": _block(values, "ttl").get("enabled"),
        "pitr": recovery.get("enabled"),
        "pitr_days": recovery.get("enabled") and recovery.get("recovery_period_in_days"),
        "sse": encryption.get("enabled"),
        "cmk": encryption.get("kms_key_arn"),
        "stream": values.get("stream_enabled"),
        "table_class": values.get("table_class") not in (None, "STANDARD"),
        "provisioned": values.get("billing_mode") == "PROVISIONED",
        "on_demand_throughput": values.get("on_demand_throughput"),
        "on_demand_throughput_index": any(index.get("on_demand_throughput") for index in indexes),
        "replicas": values.get("replica"),
        "deletion_protection": values.get("deletion_protection_enabled"),
        "import": values.get("import_table"),
        "restore": any(values.get(name) for name in _RESTORES),
    }
    return {capability for capability, asked in present.items() if asked}


def _block(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    blocks = values.get(name)
    first = blocks[0] if isinstance(blocks, list) and blocks else {}
    return first if isinstance(first, dict) else {}
