"""What a root needs of a backend, and which part of it goes where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts.emulators import Emulator, Route
from dynamodb_layouts.terraform import Plan
from dynamodb_layouts.verify import drift, names, passes
from dynamodb_layouts.verify.needs import Needs, needs
from dynamodb_layouts.verify.standing import Standing, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from dynamodb_layouts.emulators import Capability

TABLE = 'module.a.module.table["x.y"].aws_dynamodb_table.this'
INSIGHTS = 'module.a.module.table["x.y"].aws_dynamodb_contributor_insights.table[0]'
POLICY = "aws_iam_policy.this"
_PLAIN = {"hash_key": "id", "billing_mode": "PAY_PER_REQUEST", "table_class": "STANDARD"}


def _plan(**resources: dict[str, Any]) -> Plan:
    return Plan.parse(
        {
            "resource_changes": [
                {"address": address, "change": {"actions": ["create"], "before": None, "after": after}}
                for address, after in resources.items()
            ]
        }
    )


def _route(kind: Any) -> Route:
    """Return a route to an emulator that is not there; nothing is sent to it."""
    return Route(Emulator(kind or "endpoint", "1", "host", "http://127.0.0.1:1", kind=kind))


@pytest.mark.parametrize(
    ("values", "more"),
    [
        ({}, set()),
        ({"tags": {"a": "b"}}, {"tags"}),
        ({"ttl": [{"enabled": True}]}, {"ttl"}),
        ({"ttl": [{"enabled": False}]}, set()),
        ({"point_in_time_recovery": [{"enabled": True}]}, {"pitr"}),
        (
            {"point_in_time_recovery": [{"enabled": True, "recovery_period_in_days": 7}]},
            {"pitr", "pitr_days"},
        ),
        ({"server_side_encryption": [{"enabled": True}]}, {"sse"}),
        ({"server_side_encryption": [{"enabled": True, "kms_key_arn": "arn"}]}, {"sse", "cmk"}),
        ({"stream_enabled": True}, {"stream"}),
        ({"table_class": "STANDARD_INFREQUENT_ACCESS"}, {"table_class"}),
        ({"billing_mode": "PROVISIONED"}, {"provisioned"}),
        ({"on_demand_throughput": [{}]}, {"on_demand_throughput"}),
        ({"global_secondary_index": [{"on_demand_throughput": [{}]}]}, {"on_demand_throughput_index"}),
        ({"replica": [{}]}, {"replicas"}),
        ({"deletion_protection_enabled": True}, {"deletion_protection"}),
        ({"import_table": [{}]}, {"import"}),
        ({"restore_to_latest_time": True}, {"restore"}),
    ],
)
def test_needs_of_a_table(values: dict[str, Any], more: set[Capability]) -> None:
    assert needs(_plan(**{TABLE: {**_PLAIN, **values}}))[TABLE] == {"table"} | more


@pytest.mark.parametrize(
    ("address", "values", "expected"),
    [
        (INSIGHTS, {}, {"contributor_insights"}),
        (POLICY, {}, {"iam"}),
        ("aws_appautoscaling_policy.a", {}, {"autoscaling"}),
        ("aws_cloudwatch_metric_alarm.a", {}, {"alarms"}),
        ("aws_cloudwatch_metric_alarm.a", {"tags": {"a": "b"}}, {"alarms", "alarm_tags"}),
        ("aws_sqs_queue.a", {}, set()),
    ],
)
def test_needs_of_others(address: str, values: dict[str, Any], expected: set[Capability]) -> None:
    assert needs(_plan(**{address: values})) == {address: expected}


def test_kind_of_an_address_with_dots_in_its_keys() -> None:
    assert kind_of(TABLE) == "aws_dynamodb_table"
    assert kind_of('module.a["]."].aws_x.this["a\\".b"]') == "aws_x"


def test_a_root_that_the_backend_can_do_is_applied_whole() -> None:
    needed: Needs = {TABLE: frozenset({"table", "ttl"})}
    assert passes.first(needed, _route("localstack"), set) == passes.Part(
        whole=True, addresses=frozenset({TABLE})
    )


def test_what_the_backend_fails_at_is_left_out() -> None:
    needed: Needs = {
        TABLE: frozenset({"table"}),
        INSIGHTS: frozenset({"contributor_insights"}),
        POLICY: frozenset({"iam"}),
    }
    part = passes.first(needed, _route("localstack"), set)
    assert part == passes.Part(whole=False, addresses=frozenset({TABLE, POLICY}))


def test_targets_that_pull_in_what_fails_are_dropped() -> None:
    needed: Needs = {
        TABLE: frozenset({"table"}),
        INSIGHTS: frozenset({"contributor_insights"}),
        POLICY: frozenset({"iam"}),
    }

    def with_insights(targets: Collection[str]) -> set[str]:
        return set(targets) | ({INSIGHTS} if POLICY in targets else set())

    part = passes.first(needed, _route("localstack"), with_insights)
    assert part == passes.Part(whole=False, addresses=frozenset({TABLE}))
    assert passes.first(needed, _route("localstack"), lambda targets: {*targets, INSIGHTS}) is None


def test_further_passes_go_where_most_is_proved() -> None:
    wanted: set[Capability] = {"contributor_insights", "resource_policy", "pitr_days"}
    assert passes.best(wanted, ["localstack"]) == "ministack"
    assert passes.best({"pitr_days"}, ["localstack", "ministack"]) == "moto"
    assert passes.best({"pitr_days"}, ["localstack", "ministack", "moto"]) is None
    assert passes.best({"on_demand_throughput_index"}, []) is None


def test_a_further_pass_targets_what_is_wanted() -> None:
    needed: Needs = {TABLE: frozenset({"table"}), INSIGHTS: frozenset({"contributor_insights"})}
    part = passes.further(
        needed, {"contributor_insights"}, _route("ministack"), lambda targets: {*targets, TABLE}
    )
    assert part == passes.Part(whole=False, addresses=frozenset({TABLE, INSIGHTS}))


def test_names_that_a_plan_takes() -> None:
    plan = _plan(
        **{TABLE: {"name": "orders"}, "aws_cloudwatch_metric_alarm.a": {"alarm_name": "slow"}, POLICY: {}}
    )
    assert names.of(plan) == {"aws_dynamodb_table orders", "aws_cloudwatch_metric_alarm slow"}


def _drift(before: dict[str, Any], after: dict[str, Any]) -> Plan:
    change = {"actions": ["update"], "before": before, "after": after}
    return Plan.parse({"resource_changes": [{"address": TABLE, "change": change}]})


def _standing(kind: Any, needed: set[Capability] | None, *, whole: bool = True) -> Standing:
    resources = {TABLE: {"name": "orders"}}
    known = None if needed is None else {TABLE: frozenset(needed)}
    return Standing(Path(), _route(kind), (), (), resources, seed=0, whole=whole, needs=known)


_DAYS = _drift(
    {"point_in_time_recovery": [{"recovery_period_in_days": None}]},
    {"point_in_time_recovery": [{"recovery_period_in_days": 7}]},
)
_INDEX_CAPACITY = _drift(
    {"global_secondary_index": [{"read_capacity": 0}]}, {"global_secondary_index": [{"read_capacity": 5}]}
)


@pytest.mark.parametrize(
    ("kind", "needed", "plan", "status"),
    [
        pytest.param("localstack", {"pitr_days"}, _DAYS, "unproven", id="known of this backend"),
        pytest.param("moto", {"pitr_days"}, _DAYS, "false", id="of another backend"),
        pytest.param("localstack", {"pitr"}, _DAYS, "false", id="without having asked for it"),
        # LocalStack shows it when a table goes on demand, which one that was just made has not done.
        pytest.param("localstack", {"table"}, _INDEX_CAPACITY, "false", id="known of changes alone"),
        pytest.param("localstack", None, _INDEX_CAPACITY, "unproven", id="after a change"),
        pytest.param(None, None, _DAYS, "false", id="nothing known"),
    ],
)
def test_only_a_known_drift_is_excused(kind: Any, needed: set[Capability], plan: Plan, status: str) -> None:
    (line,) = drift.check(_standing(kind, needed), plan, {TABLE})
    assert line.status == status


def test_a_drift_elsewhere_that_is_none_here_is_proved() -> None:
    (elsewhere,) = drift.check(_standing("localstack", {"pitr_days"}), _DAYS, {TABLE})
    again = [elsewhere.key]
    (line,) = drift.check(_standing("moto", {"pitr_days"}), Plan({}, {}, {}), set(), again)
    assert (line.key, line.status) == (elsewhere.key, "proved")
    assert list(drift.check(_standing("moto", {"pitr_days"}, whole=False), _DAYS, set(), again)) == []
