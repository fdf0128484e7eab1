"""Capacity and autoscaling of a provisioned table, as the module says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dynamodb_layouts.adopt.declaration import Declaration, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dynamodb_layouts.adopt.found import Found, Scaled

#: The two halves of a capacity, in the module's order.
HALVES = ("read", "write")
#: What `autoscaling.read` and `autoscaling.write` are unless said otherwise.
DEFAULTS = {"target": 70, "scale_in_cooldown": 60, "scale_out_cooldown": 60}
#: Characters of a policy's name that the AWS provider takes.
_LONGEST_POLICY_NAME = 255


class Scaling:
    """What scales one part of a table: the table itself, or an index under its name."""

    def __init__(self, found: Found, index: str = "") -> None:
        """Look up what Application Auto Scaling has for the part; `index` is "" for the table."""
        self.index = index
        self.resource = f"table/{found.name}" + (f"/index/{index}" if index else "")
        self.halves: dict[str, dict[str, Any]] = {}
        self.scaled: dict[str, tuple[Scaled, Mapping[str, Any]]] = {}
        self.unscaled: dict[str, Scaled] = {}
        for half in HALVES:
            scaled = found.scaled.get((self.resource, self.dimension(half)))
            if scaled is None:
                continue
            policy = next((each for each in scaled.policies if _tracks(each, half)), None)
            if policy is None:
                self.unscaled[half] = scaled
                continue
            self.scaled[half] = (scaled, policy)
            self.halves[half] = _figures(scaled.target, policy)

    def dimension(self, half: str) -> str:
        """Return what of the part is scaled, as Application Auto Scaling calls it."""
        return f"dynamodb:{'index' if self.index else 'table'}:{half.title()}CapacityUnits"

    def key(self, half: str) -> str:
        """Return the key of a half among the instances of the module's scaling resources."""
        return f"index/{self.index}/{half}" if self.index else f"table/{half}"

    def policy_name(self, half: str) -> str:
        """Return how the module names the policy of a half."""
        return f"{_metric(half)}:{self.resource}"[:_LONGEST_POLICY_NAME]

    @property
    def said(self) -> str:
        """The part as a sentence names it."""
        return f"index {self.index}" if self.index else "the table"

    def declared(self) -> dict[str, Any]:
        """Return the halves with what differs from the module's defaults."""
        return {
            half: {
                name: value
                for name, value in figures.items()
                if name not in DEFAULTS or value != DEFAULTS[name]
            }
            for half, figures in self.halves.items()
        }


def declare(found: Found, declaration: Declaration) -> None:
    """Add capacity and autoscaling of a provisioned table and of its indexes, and their imports."""
    declaration.fields["billing_mode"] = "PROVISIONED"
    table = Scaling(found)
    live = _units(found.table)
    written = live if set(table.halves) != set(HALVES) else None
    if written:
        declaration.fields["capacity"] = written
    if table.halves:
        declaration.fields["autoscaling"] = table.declared()
    _import(found, declaration, table, table.halves)
    for index in found.table.get("GlobalSecondaryIndexes", []):
        _index(found, declaration, index, table, live)


def _index(
    found: Found,
    declaration: Declaration,
    index: Mapping[str, Any],
    table: Scaling,
    table_units: Mapping[str, int],
) -> None:
    name = str(index["IndexName"])
    scaling, live = Scaling(found, name), _units(index)
    fields = declaration.index(name)
    # An index has the table's autoscaling unless it has some of its own, and there is no word for none.
    inherits = scaling.halves == table.halves or not scaling.halves
    effective = table.halves if inherits else scaling.halves
    fixed = [half for half in HALVES if half not in effective]
    if any(live[half] != table_units[half] for half in fixed):
        fields["capacity"] = live
    if not inherits:
        fields["autoscaling"] = scaling.declared()
    if table.halves and not scaling.halves:
        declaration.changes.append(
            f"{scaling.said} is not scaled and the table is, so the apply scales it by the table's figures"
        )
    _import(found, declaration, scaling, effective)


def _import(found: Found, declaration: Declaration, scaling: Scaling, made: Mapping[str, Any]) -> None:
    """Import what is there of what the module makes for `made`, and say what becomes of all else."""
    for half in (half for half in made if half in scaling.scaled):
        scaled, policy = scaling.scaled[half]
        where = f"dynamodb/{scaling.resource}/{scaling.dimension(half)}"
        declaration.take(Part("aws_appautoscaling_target.this", scaling.key(half), where))
        declaration.take(
            Part("aws_appautoscaling_policy.this", scaling.key(half), f"{where}/{policy['PolicyName']}")
        )
        declaration.changes += _changes(found, declaration, scaling, half)
        declaration.left += [
            f"policy {other['PolicyName']} of {scaling.said}"
            for other in scaled.policies
            if other is not policy
        ]
        declaration.left += _scheduled(scaling, scaled)
    for half, scaled in scaling.unscaled.items():
        declaration.left.append(
            f"the scalable target for {half} capacity of {scaling.said}, which no policy on "
            f"{_metric(half)} moves"
        )
        declaration.left += [f"policy {policy['PolicyName']} of {scaling.said}" for policy in scaled.policies]
        declaration.left += _scheduled(scaling, scaled)


def _changes(found: Found, declaration: Declaration, scaling: Scaling, half: str) -> Iterator[str]:
    scaled, policy = scaling.scaled[half]
    if policy["PolicyName"] != scaling.policy_name(half):
        yield (
            f"the scaling policy {policy['PolicyName']} of {scaling.said} is replaced by the same under the "
            f"module's name, {scaling.policy_name(half)}; capacity stays as it is"
        )
    if policy["TargetTrackingScalingPolicyConfiguration"].get("DisableScaleIn"):
        yield f"{half} capacity of {scaling.said} may be scaled in again, which its policy forbids"
    if scaled.tags != declaration.tags(found):
        yield f"the scalable target for {half} capacity of {scaling.said} gets the table's tags"


def _scheduled(scaling: Scaling, scaled: Scaled) -> list[str]:
    return [f"scheduled action {name} of {scaling.said}" for name in scaled.scheduled]


def _tracks(policy: Mapping[str, Any], half: str) -> bool:
    configured = policy.get("TargetTrackingScalingPolicyConfiguration", {})
    metric = configured.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType")
    return policy.get("PolicyType") == "TargetTrackingScaling" and metric == _metric(half)


def _metric(half: str) -> str:
    return f"DynamoDB{half.title()}CapacityUtilization"


def _figures(target: Mapping[str, Any], policy: Mapping[str, Any]) -> dict[str, Any]:
    configured = policy["TargetTrackingScalingPolicyConfiguration"]
    return {
        "min": target["MinCapacity"],
        "max": target["MaxCapacity"],
        "target": configured["TargetValue"],
        "scale_in_cooldown": configured.get("ScaleInCooldown", 0),
        "scale_out_cooldown": configured.get("ScaleOutCooldown", 0),
    }


def _units(part: Mapping[str, Any]) -> dict[str, int]:
    given = part["ProvisionedThroughput"]
    return {"read": given["ReadCapacityUnits"], "write": given["WriteCapacityUnits"]}
