"""A root module's own operations: what is refused before any apply, and how answers are compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from verify_roots import declared

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.verify import design, operations_file

if TYPE_CHECKING:
    from pathlib import Path

_MEND = "correct it: its form is described in schemas/operations-v1.json"
_GOOD = {"operation": "GetItem", "table": "orders", "parameters": {"Key": {"id": {"S": "1"}}}}


def _write(folder: Path, *steps: dict[str, Any]) -> Path:
    file = folder / "operations.json"
    file.write_text(json.dumps({"steps": [_GOOD, *steps]}))
    return file


def test_no_file_no_steps(tmp_path: Path) -> None:
    assert operations_file.read(tmp_path) == ()


def test_binaries_are_given_in_base64(tmp_path: Path) -> None:
    item = {"id": {"B": "AQI="}, "more": {"L": [{"M": {"x": {"BS": ["Aw=="]}}}]}}
    _write(tmp_path, {"operation": "PutItem", "table": "orders", "parameters": {"Item": item}})
    assert operations_file.read(tmp_path)[1].parameters["Item"] == {
        "id": {"B": b"\x01\x02"},
        "more": {"L": [{"M": {"x": {"BS": [b"\x03"]}}}]},
    }


@pytest.mark.parametrize(
    ("step", "message"),
    [
        pytest.param(
            {**_GOOD, "operation": "PutItm"},
            " is wrong:\n  steps[1].operation: 'PutItm' is not one of "
            "['PutItem', 'GetItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan']",
            id="operation",
        ),
        pytest.param(
            {"operation": "GetItem", "parameters": {}},
            " is wrong:\n  steps[1]: 'table' is a required property",
            id="no table",
        ),
        pytest.param(
            {**_GOOD, "expected": {}},
            " is wrong:\n  steps[1]: Additional properties are not allowed ('expected' was unexpected)",
            id="unknown field",
        ),
        pytest.param(
            {**_GOOD, "parameters": {"Key": {"id": {"S": 1}}}},
            ": steps[1].parameters: Invalid type for parameter Key.id.S, value: 1, type: <class 'int'>, "
            "valid types: <class 'str'>",
            id="type of a parameter",
        ),
        pytest.param(
            {**_GOOD, "parameters": {}},
            ': steps[1].parameters: Missing required parameter in input: "Key"',
            id="missing parameter",
        ),
        pytest.param(
            {**_GOOD, "parameters": {"Key": {"id": {"S": "1"}}, "Kee": 1}},
            ': steps[1].parameters: Unknown parameter in input: "Kee", must be one of: TableName, Key, '
            "AttributesToGet, ConsistentRead, ReturnConsumedCapacity, ProjectionExpression, "
            "ExpressionAttributeNames",
            id="unknown parameter",
        ),
        pytest.param(
            {**_GOOD, "parameters": {"Key": {"id": {"B": "not base64!"}}}},
            ": steps[1].parameters: 'not base64!' is no binary: write it in base64",
            id="binary",
        ),
    ],
)
def test_refused_with_step_and_field(tmp_path: Path, step: dict[str, Any], message: str) -> None:
    file = _write(tmp_path, step)
    with pytest.raises(CannotRunError) as raised:
        operations_file.read(tmp_path)
    assert str(raised.value) == f"{file}{message}\n{_MEND}"


def test_refused_when_it_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "operations.json").write_text("{")
    with pytest.raises(CannotRunError, match=r"operations\.json is no JSON: Expecting property name"):
        operations_file.read(tmp_path)


def test_refused_when_it_names_its_own_table(tmp_path: Path) -> None:
    _write(tmp_path, {**_GOOD, "parameters": {"TableName": "x", "Key": {"id": {"S": "1"}}}})
    with pytest.raises(CannotRunError, match=r"steps\[1\]\.parameters: .*should not be valid under"):
        operations_file.read(tmp_path)


def test_refused_when_the_design_has_no_such_table(tmp_path: Path) -> None:
    _write(tmp_path, {**_GOOD, "table": "order"})
    tables = design.read({"d": {"version": 1, "tables": {"orders": declared()}}}, "here")
    with pytest.raises(CannotRunError) as raised:
        operations_file.demand_tables(tmp_path, tables)
    assert str(raised.value) == (
        f"{tmp_path}/operations.json: steps[1].table: the design has no table 'order'\nname one of orders"
    )


@pytest.mark.parametrize(
    ("expected", "found", "difference"),
    [
        ({}, {"Items": []}, ""),
        ({"Count": 1}, {"Count": 1, "Items": []}, ""),
        ({"Count": 1}, {"Count": 2}, "Count: 2 instead of 1"),
        ({"Item": None}, {}, ""),
        ({"Item": None}, {"Item": {}}, "Item: {} instead of nothing"),
        ({"Item": {"a": {"S": "x"}}}, {}, 'Item: nothing instead of {"a": {"S": "x"}}'),
        ({"Items": [{"a": 1}]}, {"Items": [{"a": 1, "b": 2}]}, ""),
        ({"Items": [{"a": 1}]}, {"Items": []}, "Items: 0 members instead of 1"),
        ({"Items": [{"a": 1}, {"a": 2}]}, {"Items": [{"a": 2}, {"a": 1}]}, "Items[0].a: 2 instead of 1"),
    ],
)
def test_difference(expected: Any, found: Any, difference: str) -> None:
    assert operations_file.difference(expected, found) == difference
