"""Reading plans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terraform_roots import VALUE, root, script

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.terraform import Drift, Plan, Root

if TYPE_CHECKING:
    from pathlib import Path


def test_a_change_is_named_down_to_the_attribute(tmp_path: Path) -> None:
    with Root(root(tmp_path / "one", VALUE)) as copy:
        copy.init()
        copy.apply({"value": {"name": "first", "sizes": [1, 2]}})
        assert copy.plan().empty
        plan = copy.plan({"value": {"name": "second", "sizes": [1, 3]}})
        assert not plan.empty
        change = plan.changes["terraform_data.this"]
        assert (change.actions, change.replaces) == (("update",), False)
        assert plan.drift() == [
            Drift("terraform_data.this", "input.name", "first", "second"),
            Drift("terraform_data.this", "input.sizes[1]", 2, 3),
            Drift("terraform_data.this", "output", {"name": "first", "sizes": [1, 2]}, "(known after apply)"),
        ]


def test_a_change_of_outputs_alone_is_not_empty(tmp_path: Path) -> None:
    with Root(
        root(tmp_path / "one", 'variable "v" {\n  default = 1\n}\noutput "v" {\n  value = var.v\n}\n')
    ) as copy:
        copy.init()
        copy.apply()
        plan = copy.plan({"v": 2})
        assert (plan.empty, list(plan.outputs), plan.changes) == (False, ["v"], {})


def test_what_changed_outside_terraform_is_told_though_the_plan_is_empty(tmp_path: Path) -> None:
    change = {"actions": ["update"], "before": {"name": "a"}, "after": {"name": "b"}, "after_unknown": {}}
    shown = json.dumps({"resource_drift": [{"address": "x.y", "change": change}]})
    fake = script(
        tmp_path / "terraform",
        f"""case $1 in plan) echo '{{"type": "resource_drift"}}';; show) echo '{shown}';; esac""",
    )
    with Root(root(tmp_path / "one", VALUE)) as copy:
        copy.terraform = type(copy.terraform)(fake, copy.terraform.version)
        plan = copy.plan()
    assert plan.empty
    assert list(plan.outside) == ["x.y"]


def test_replacement_is_told_from_update() -> None:
    change = {
        "actions": ["delete", "create"],
        "before": {"name": "a"},
        "after": {"name": "b"},
        "after_unknown": {},
    }
    plan = Plan.parse({"resource_changes": [{"address": "x.y", "change": change}]})
    assert plan.changes["x.y"].replaces
    assert plan.drift() == [Drift("x.y", "name", "a", "b")]


def test_values_of_every_type_reach_terraform_as_they_are(tmp_path: Path) -> None:
    with Root(root(tmp_path / "one", VALUE)) as copy:
        copy.init()
        for value in (True, 3, "true", ["a"], {"k": {"l": False}}):
            copy.apply({"value": value})
            assert copy.outputs()["value"] == value
        assert list(copy.state()) == ["terraform_data.this"]
        copy.apply({"value": None})
        # Terraform keeps no output that is null.
        assert copy.outputs() == {}


def test_a_value_for_no_variable_is_refused(tmp_path: Path) -> None:
    with (
        Root(root(tmp_path / "one", VALUE)) as copy,
        pytest.raises(LayoutsError, match=r"declares no variable valu\n"),
    ):
        copy.apply({"valu": 1})
