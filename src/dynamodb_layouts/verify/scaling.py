"""Autoscaling: what Application Auto Scaling holds against what the design declares.

Shapes: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html and
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingPolicy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynamodb_layouts.verify.standing import ask, is_refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dynamodb_layouts.verify.design import Scaling, Table
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

SERVICE = "application-autoscaling"
_FIGURES = {"read": "ReadCapacityUnits", "write": "WriteCapacityUnits"}


def check(standing: Standing) -> Iterator[Line]:
    """Yield the lines of every figure that the design has scaled."""
    for table in standing.tables:
        yield from _figures(standing, table, "table", f"table/{table.name}", table.scaling)
        for index in table.indexes.values():
            resource = f"table/{table.name}/index/{index.name}"
            yield from _figures(standing, table, index.name, resource, index.scaling)


def _figures(
    standing: Standing, table: Table, name: str, resource: str, declared: dict[str, Scaling]
) -> Iterator[Line]:
    kind = "table" if name == "table" else "index"
    for what, scaling in declared.items():
        dimension = f"dynamodb:{kind}:{_FIGURES[what]}"
        client = standing.client(table, SERVICE)
        asked = {"ServiceNamespace": "dynamodb", "ScalableDimension": dimension}
        yield standing.line(
            table.key,
            "autoscaling",
            f"{name} {what} bounds",
            {"min": scaling.min, "max": scaling.max},
            _bounds(client, {**asked, "ResourceIds": [resource]}),
            "autoscaling",
            service=SERVICE,
        )
        yield standing.line(
            table.key,
            "autoscaling",
            f"{name} {what} policy",
            {
                "target": float(scaling.target),
                "scale_in_cooldown": scaling.scale_in_cooldown,
                "scale_out_cooldown": scaling.scale_out_cooldown,
            },
            _policy(client, {**asked, "ResourceId": resource}),
            "autoscaling",
            service=SERVICE,
        )


def _bounds(client: Any, request: dict[str, Any]) -> Any:
    found = ask(lambda: client.describe_scalable_targets(**request)["ScalableTargets"])
    if is_refusal(found) or not found:
        return found
    return {"min": found[0]["MinCapacity"], "max": found[0]["MaxCapacity"]}


def _policy(client: Any, request: dict[str, Any]) -> Any:
    found = ask(lambda: client.describe_scaling_policies(**request)["ScalingPolicies"])
    if is_refusal(found) or not found:
        return found
    tracking = found[0].get("TargetTrackingScalingPolicyConfiguration", {})
    return {
        "target": float(tracking.get("TargetValue", 0)),
        "scale_in_cooldown": tracking.get("ScaleInCooldown"),
        "scale_out_cooldown": tracking.get("ScaleOutCooldown"),
    }
