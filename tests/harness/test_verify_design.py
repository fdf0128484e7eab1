"""The contract between root module and harness: what is read, and what is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from verify_roots import declared

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.verify import design

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = ("design-v1.json", "operations-v1.json")
_INDEX = {
    "hash_key": "status",
    "range_key": None,
    "projection": "INCLUDE",
    "non_key_attributes": ["note"],
    "capacity": {"read": 5, "write": 2},
    "autoscaling": {
        "read": {"min": 5, "max": 9, "target": 70, "scale_in_cooldown": 60, "scale_out_cooldown": 30},
        "write": None,
    },
    "on_demand_throughput": None,
    "contributor_insights": True,
}


def _outputs(**tables: dict[str, Any]) -> dict[str, Any]:
    return {"design": {"version": 1, "tables": tables}}


def test_every_field_is_read() -> None:
    local = {"hash_key": "id", "range_key": "total", "projection": "ALL", "non_key_attributes": []}
    (table,) = design.read(
        _outputs(
            orders=declared(
                attributes={"id": "S", "status": "S", "total": "N"},
                indexes={"by-status": _INDEX},
                local_indexes={"by-total": local},
                ttl={"attribute": "expiresAt", "enabled": False},
                kinesis_stream={"arn": "arn:aws:kinesis:…", "precision": None},
                replicas={
                    "eu-west-1": {
                        "kms_key_arn": None,
                        "point_in_time_recovery": True,
                        "propagate_tags": False,
                    }
                },
                resource_policy={"json": "{}"},
                restore={"source_name": "old", "source_arn": None, "date_time": None},
            )
        ),
        "here",
    )
    assert (table.key, table.name, table.key_attributes) == ("orders", "verify-plain", ["id"])
    by_status, by_total = table.indexes["by-status"], table.indexes["by-total"]
    assert by_status.scaling == {"read": design.Scaling(5, 9, 70, 60, 30)}
    assert (by_status.local, by_total.local) == (False, True)
    assert by_status.capacity == design.Capacity(5, 2)
    assert table.ttl == design.Ttl("expiresAt", enabled=False)
    assert table.replicas["eu-west-1"].point_in_time_recovery
    assert (table.resource_policy, table.restored_from, table.imported_from) == ("{}", "old", None)


def test_outputs_of_any_name_and_number() -> None:
    outputs = {
        "one": {"version": 1, "tables": {"a": declared(name="first")}},
        "two": {"version": 1, "tables": {"a": declared(name="second"), "b": declared(name="third")}},
        "tables": {"a": {"name": "first"}},
        "count": 3,
    }
    assert [table.key for table in design.read(outputs, "here")] == ["one.a", "two.a", "b"]


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        pytest.param(
            {"tables": {}},
            "no output of here is a design, so there is nothing to compare its tables with\n"
            'add: output "design" { value = module.<name>.design }',
            id="none",
        ),
        pytest.param(
            {"design": {"version": 2, "tables": {}}},
            'output "design" of here is a design of version 2, and this harness knows version 1\n'
            "use the harness and the module of one release",
            id="another version",
        ),
        pytest.param(
            _outputs(shop=declared(hash_key=1)),
            'output "design" of here is no design of version 1:\n'
            "  tables.shop.hash_key: 1 is not of type 'string'\n"
            "pass on the module's output as it is",
            id="another type",
        ),
        pytest.param(
            _outputs(shop=declared(colour="red")),
            'output "design" of here is no design of version 1:\n'
            "  tables.shop: Additional properties are not allowed ('colour' was unexpected)\n"
            "pass on the module's output as it is",
            id="an unknown field",
        ),
        pytest.param(
            _outputs(shop=declared(indexes={"GSI1": {**_INDEX, "projection": "SOME"}})),
            'output "design" of here is no design of version 1:\n'
            "  tables.shop.indexes.GSI1.projection: 'SOME' is not one of ['ALL', 'KEYS_ONLY', 'INCLUDE']\n"
            "pass on the module's output as it is",
            id="deep inside",
        ),
        pytest.param(
            _outputs(shop=declared(indexes={"GSI1": _INDEX}, range_key="at")),
            "table shop in the design of here has keys without a type: at, status\n"
            "put the type of every key attribute into attributes",
            id="a key without a type",
        ),
        pytest.param(
            _outputs(a=declared(), b=declared()),
            "two designs of here declare the table verify-plain\nput out each design once",
            id="one name twice",
        ),
    ],
)
def test_refused(outputs: dict[str, Any], message: str) -> None:
    with pytest.raises(LayoutsError, match=re.escape(message)) as raised:
        design.read(outputs, "here")
    assert str(raised.value) == message


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_describe_every_property(name: str) -> None:
    schema = design.schema(name)
    Draft202012Validator.check_schema(schema)
    undescribed = [
        path
        for path, property_ in _properties(schema, "")
        if "description" not in property_ and "description" not in _target(schema, property_)
    ]
    assert undescribed == []


def test_only_the_model_may_grow() -> None:
    schema = design.schema("design-v1.json")
    open_ = {name for name, shape in schema["$defs"].items() if shape.get("additionalProperties") is True}
    assert open_ == {"entity", "attribute", "access_pattern"}


def _properties(shape: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(shape, dict):
        for name, property_ in shape.get("properties", {}).items():
            yield f"{path}.{name}", property_
        for name, inner in shape.items():
            yield from _properties(inner, f"{path}.{name}")


def _target(schema: dict[str, Any], property_: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"].get(property_.get("$ref", "").rpartition("/")[2], {})
    return found
