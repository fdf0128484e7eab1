"""Copies of a type that HCL makes us keep cannot drift apart, and every variable says what it is."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
import reference

from dynamodb_layouts.terraform import Root
from dynamodb_layouts.terraform.type_constraints import Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REPOSITORY = reference.REPOSITORY
DESIGN, TABLE, SINGLE, MULTI = (
    REPOSITORY / "modules" / name for name in ("design", "table", "single-table", "multi-table")
)

# Fields that are no setting of a table but what a layout is about, or a name that it makes.
SINGLE_OWN = {"name", "hash_key", "range_key", "global_index_quota"}
# Said in other words, because there is one table, or because defaults stand beside it.
OTHER_WORDS = {"name", "hash_key", "range_key", "indexes", "tags"}

# Every field once, so that nothing in the design is null: what it resolves to shows every field there is.
EVERYTHING = {
    "hash_key": "id",
    "range_key": "at",
    "billing_mode": "PROVISIONED",
    "capacity": {"read": 5, "write": 5},
    "autoscaling": {"read": {"min": 5, "max": 10}, "write": {"min": 5, "max": 10}},
    "indexes": {
        "by-status": {"hash_key": "status", "projection": "INCLUDE", "non_key_attributes": ["total"]},
    },
    "local_indexes": {
        "by-total": {"range_key": "sum", "projection": "INCLUDE", "non_key_attributes": ["total"]},
    },
    "ttl": "expiresAt",
    "point_in_time_recovery": {"days": 7},
    "stream": "NEW_AND_OLD_IMAGES",
    "kinesis_stream": {"arn": "arn:aws:kinesis:us-east-1:111122223333:stream/changes"},
    "replicas": {"eu-west-1": {}},
    "resource_policy": {"json": '{"Statement":[]}'},
    "restore": {"source_name": "old"},
    "import": {"bucket": "exports", "format": "CSV", "csv": {"headers": ["id"]}},
}
ON_DEMAND = {
    "hash_key": "id",
    "on_demand_throughput": {"read": 5},
    "indexes": {"by-status": {"hash_key": "status"}},
}
# The model is the harness's: the module that makes the table has no use for it.
MODEL = {"entities", "access_patterns"}


@cache
def _variables(module: Path) -> Mapping[str, Mapping[str, Any]]:
    return reference.declarations(module, "variable")


@cache
def _type(module: Path, variable: str) -> Type:
    return reference.parse_type(_variables(module)[variable]["type"])


def _items(module: Path, variable: str) -> dict[str, reference.Item]:
    _, items = reference.parse_description(_variables(module)[variable]["description"])
    return {item.name: item for item in items}


def _as_described(item: reference.Item) -> tuple[str, list[reference.Item]]:
    return item.text, item.children


def test_root_and_design_declare_the_same_tables() -> None:
    root, design = _variables(REPOSITORY)["tables"], _variables(DESIGN)["tables"]
    assert root["type"] == design["type"]
    assert root["description"] == design["description"]


@pytest.mark.parametrize("variable", ["tags", "global_index_quota"])
def test_root_and_design_declare_the_same_settings(variable: str) -> None:
    assert _variables(REPOSITORY)[variable] == _variables(DESIGN)[variable]


def test_single_table_has_a_variable_for_every_field_of_a_table() -> None:
    fields = set(_type(DESIGN, "tables").fields)
    assert set(_variables(SINGLE)) - SINGLE_OWN == fields - SINGLE_OWN


@pytest.mark.parametrize("field", sorted(set(_type(DESIGN, "tables").fields) - SINGLE_OWN))
def test_single_table_declares_a_field_as_the_design_does(field: str) -> None:
    variable, declared = _variables(SINGLE)[field], _type(DESIGN, "tables").fields[field]
    assert _type(SINGLE, field) == declared.type
    default = None if variable["default"] is None else reference.as_hcl(variable["default"])
    assert default == declared.default
    assert variable.get("nullable", True) == (default is None)
    text, items = reference.parse_description(variable["description"])
    wanted, children = _as_described(_items(DESIGN, "tables")[field])
    assert items == children
    assert field in OTHER_WORDS or text == wanted


def test_multi_table_has_the_fields_of_the_design() -> None:
    design, tables = _type(DESIGN, "tables"), _type(MULTI, "tables")
    assert list(tables.fields) == list(design.fields)
    defaults = _type(MULTI, "defaults").fields
    assert set(defaults) < set(design.fields)
    for name, field in tables.fields.items():
        assert field.type == design.fields[name].type, name
        assert field.required == design.fields[name].required, name
        # What a table leaves out is what `defaults` says, so it must come as null.
        assert field.default == (None if name in defaults else design.fields[name].default), name


def test_multi_table_describes_a_field_as_the_design_does() -> None:
    wanted, found = _items(DESIGN, "tables"), _items(MULTI, "tables")
    assert list(found) == list(wanted)
    for name, item in found.items():
        assert item.children == wanted[name].children, name
        assert name in OTHER_WORDS or item.text == wanted[name].text, name


def test_defaults_of_multi_table_are_those_of_the_design() -> None:
    design = _type(DESIGN, "tables").fields
    for name, field in _type(MULTI, "defaults").fields.items():
        assert field == design[name], name
    wanted = _items(DESIGN, "tables")
    for name, item in _items(MULTI, "defaults").items():
        assert _as_described(item) == _as_described(wanted[name]), name


@pytest.fixture(scope="module")
def resolved() -> Iterator[list[dict[str, Any]]]:
    """Return tables as the design resolves them; one alone cannot have every field."""
    with Root(DESIGN) as root:
        root.init()
        root.apply({"enforce": False, "tables": {"all": EVERYTHING, "on-demand": ON_DEMAND}})
        yield list(root.outputs()["design"]["tables"].values())


def _fields(value: Any, path: str, declared: Type) -> Iterator[str]:
    """Yield the paths of all fields in `value`, as far as `declared` says that they are fields."""
    if value is None or not declared.fields:
        return
    # A map or a list of objects stands for what is in it.
    if "(" in declared.text:
        inner = value.values() if isinstance(value, dict) else value
        bare = Type("object", declared.fields)
        yield from chain.from_iterable(_fields(each, path, bare) for each in inner)
        return
    for name, each in value.items():
        yield f"{path}.{name}"
        if name in declared.fields:
            yield from _fields(each, f"{path}.{name}", declared.fields[name].type)


def _declared(declared: Type, path: str) -> Iterator[str]:
    for name, field in declared.fields.items():
        yield f"{path}.{name}"
        yield from _declared(field.type, f"{path}.{name}")


def test_the_table_module_takes_what_the_design_resolves(resolved: list[dict[str, Any]]) -> None:
    """Terraform drops the fields that a type does not have without a word."""
    declared = _type(TABLE, "table")
    given = set(chain.from_iterable(_fields(table, "table", declared) for table in resolved))
    assert given - {f"table.{name}" for name in MODEL} == set(_declared(declared, "table"))


def test_figures_stay_numbers(resolved: list[dict[str, Any]]) -> None:
    """A conditional between an object and nothing can make strings of them."""
    table = next(table for table in resolved if table["capacity"])
    assert table["capacity"] == {"read": 5, "write": 5}
    assert table["indexes"]["by-status"]["capacity"] == {"read": 5, "write": 5}
    assert table["autoscaling"]["write"]["max"] == 10
    assert table["point_in_time_recovery"]["days"] == 7


@pytest.mark.parametrize("module", reference.modules(), ids=lambda module: module.name)
def test_every_attribute_of_every_object_is_described(module: Path) -> None:
    assert reference.inputs(module)


@pytest.mark.parametrize("module", reference.modules(), ids=lambda module: module.name)
def test_no_type_is_any(module: Path) -> None:
    for name, body in _variables(module).items():
        assert not re.search(r"\bany\b", body["type"]), f"variable {name}: an any takes every mistake"
