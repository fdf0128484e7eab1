"""Taking down what was applied: protection off, and afterwards nothing left."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from dynamodb_layouts.verify.scaling import SERVICE as AUTOSCALING
from dynamodb_layouts.verify.standing import TABLE, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dynamodb_layouts.emulators import Route
    from dynamodb_layouts.terraform import Root
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

ASPECT = "destroy"


def unprotect(root: Root, route: Route) -> None:
    """Turn deletion protection off for every table in the root's state, so that a destroy can succeed.

    The clients are the route's, so nothing but the emulators is ever asked. A refusal is left for the destroy
    to report. The state is read as a file: after Ctrl-C, Terraform is no longer started for it.
    """
    for table in _tables(root):
        region = str(table.get("arn", "")).split(":")[3:4]
        client = route.client("dynamodb", region[0] if region else None)
        with contextlib.suppress(ClientError, BotoCoreError):
            client.update_table(TableName=table["name"], DeletionProtectionEnabled=False)


def check(standing: Standing) -> Iterator[Line]:
    """Yield the line that says whether the destroy has left any table, alarm or scalable target."""
    left = sorted(
        f"{kind_of(address)} {name}"
        for address, values in standing.resources.items()
        if (name := _left(standing, address, values))
    )
    # A pass on another backend must not hide behind this one's line.
    subject = f"what is left on {standing.route.primary}"
    yield standing.line("", ASPECT, subject, [], left, "table")


def _left(standing: Standing, address: str, values: Mapping[str, Any]) -> str:
    """Return the name of a resource that is still there; empty if it is gone or of another kind."""
    arn = str(values.get("arn") or "")
    region = arn.split(":")[3] if arn.startswith("arn:") else None
    kind = kind_of(address)
    if kind == TABLE:
        client = standing.route.client("dynamodb", region)
        with contextlib.suppress(client.exceptions.ResourceNotFoundException):
            client.describe_table(TableName=values["name"])
            return str(values["name"])
    if kind == "aws_cloudwatch_metric_alarm":
        client = standing.route.client("cloudwatch", region)
        if client.describe_alarms(AlarmNames=[values["alarm_name"]])["MetricAlarms"]:
            return str(values["alarm_name"])
    if kind == "aws_appautoscaling_target":
        client = standing.route.client(AUTOSCALING, region)
        if client.describe_scalable_targets(
            ServiceNamespace=values["service_namespace"],
            ResourceIds=[values["resource_id"]],
            ScalableDimension=values["scalable_dimension"],
        )["ScalableTargets"]:
            return str(values["resource_id"])
    return ""


def _tables(root: Root) -> list[dict[str, Any]]:
    """Return the attributes of every table in the state file."""
    with contextlib.suppress(OSError, ValueError):
        state = json.loads((root.folder / "terraform.tfstate").read_text(encoding="utf-8"))
        return [
            instance["attributes"]
            for resource in state["resources"]
            if resource["type"] == TABLE and resource["mode"] == "managed"
            for instance in resource["instances"]
        ]
    return []
