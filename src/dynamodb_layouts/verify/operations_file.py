"""A root module's own operations: the requests in its `operations.json`, and what the answers must hold."""

from __future__ import annotations

import base64
import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.validate import ParamValidator
from jsonschema import Draft202012Validator

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.verify.design import schema, violations
from dynamodb_layouts.verify.standing import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dynamodb_layouts.verify.design import Table
    from dynamodb_layouts.verify.line import Line
    from dynamodb_layouts.verify.standing import Standing

NAME = "operations.json"
_MEND = "correct it: its form is described in schemas/operations-v1.json"


@dataclass(frozen=True)
class Step:
    """One request; `parameters` are botocore's, without TableName, and `expect` is part of the answer."""

    number: int
    operation: str
    table: str
    parameters: dict[str, Any]
    expect: dict[str, Any]
    why: str

    @property
    def title(self) -> str:
        """Its line in a report."""
        return f"step {self.number} {self.operation}"


def read(root: Path) -> tuple[Step, ...]:
    """Return the steps in the `operations.json` of the root module in `root`; none if it has no such file.

    Raises `CannotRunError`, naming step and field, when the file is no JSON, violates
    `schemas/operations-v1.json` or has parameters that the DynamoDB API does not know.
    """
    file = root / NAME
    if not file.is_file():
        return ()
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CannotRunError(f"{file} is no JSON: {error}", _MEND) from None
    if errors := sorted(_validator().iter_errors(document), key=lambda error: error.json_path):
        raise CannotRunError(f"{file} is wrong:\n  " + "\n  ".join(violations(errors)), _MEND)
    return tuple(_step(file, number, step) for number, step in enumerate(document["steps"]))


def check(standing: Standing) -> Iterator[Line]:
    """Yield a line for every step of the root's own operations; the items they put are deleted again."""
    tables = {table.key: table for table in standing.tables}
    steps = [step for step in read(standing.source) if step.table in tables]
    try:
        for step in steps:
            table = tables[step.table]
            found = _send(standing.client(table), table, step)
            different = difference(step.expect, found)
            if "Error" in found and "Error" not in step.expect:
                different = f"refused: {found['Error']['Code']} {found['Error'].get('Message', '')}".strip()
            yield standing.line(
                table.key,
                NAME,
                step.title,
                _compact(step.expect) if step.expect else "accepted",
                different or ("as expected" if step.expect else "accepted"),
                "table",
                why=step.why,
                holds=not different,
            )
    finally:
        for step in steps:
            _clean(standing.client(tables[step.table]), tables[step.table], step)


def demand_tables(root: Path, tables: tuple[Table, ...]) -> None:
    """Raise `CannotRunError` when a step names a table that the design does not have."""
    keys = [table.key for table in tables]
    for step in read(root):
        if step.table not in keys:
            raise CannotRunError(
                f"{root / NAME}: steps[{step.number}].table: the design has no table {step.table!r}",
                f"name one of {', '.join(keys)}",
            )


def difference(expected: Any, found: Any, path: str = "") -> str:
    """Return where an answer lacks what was expected, as `Items[0].sk.S: …`; empty when it holds it all."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return _first(_member(inner, found, name, path) for name, inner in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return f"{path}: {len(found)} members instead of {len(expected)}"
        pairs = enumerate(zip(expected, found, strict=True))
        return _first(difference(one, other, f"{path}[{number}]") for number, (one, other) in pairs)
    return "" if expected == found else f"{path}: {_compact(found)} instead of {_compact(expected)}"


def _member(expected: Any, found: Mapping[str, Any], name: str, path: str) -> str:
    """Compare one member of an object; one that is expected to be null must be absent."""
    here = f"{path}.{name}" if path else name
    if name not in found:
        return "" if expected is None else f"{here}: nothing instead of {_compact(expected)}"
    if expected is None:
        return f"{here}: {_compact(found[name])} instead of nothing"
    return difference(expected, found[name], here)


def _first(differences: Iterable[str]) -> str:
    return next((different for different in differences if different), "")


def _send(client: Any, table: Table, step: Step) -> Any:
    """Return the answer in JSON; a refusal is its `Error`."""
    method = getattr(client, xform_name(step.operation))
    try:
        answer = method(TableName=table.name, **step.parameters)
    except ClientError as error:
        return {"Error": dict(error.response["Error"])}
    return _to_json({name: value for name, value in answer.items() if name != "ResponseMetadata"})


def _clean(client: Any, table: Table, step: Step) -> None:
    """Delete the item that a step may have put."""
    if step.operation == "PutItem":
        item = step.parameters["Item"]
        key = {name: item[name] for name in table.key_attributes if name in item}
    elif step.operation == "UpdateItem":
        key = step.parameters["Key"]
    else:
        return
    # A key that DynamoDB refuses now has put nothing before.
    ask(lambda: client.delete_item(TableName=table.name, Key=key))


def _step(file: Path, number: int, step: Mapping[str, Any]) -> Step:
    operation = step["operation"]
    shape = _input(operation)
    where = f"{file}: steps[{number}].parameters"
    try:
        parameters = _to_api(step["parameters"], shape)
    except ValueError as error:
        raise CannotRunError(f"{where}: {error}", _MEND) from None
    report = ParamValidator().validate({"TableName": "any", **parameters}, shape)
    unknown = sorted(parameters.keys() - shape.members.keys())
    if report.has_errors() or unknown:
        said = report.generate_report() or f"{operation} has no parameter {', '.join(unknown)}"
        raise CannotRunError(f"{where}: {said}", _MEND)
    return Step(number, operation, step["table"], parameters, step.get("expect", {}), step.get("why", ""))


def _to_api(value: Any, shape: Shape | None) -> Any:
    """Return a value of JSON as botocore takes it: binaries, which JSON has in base64, become bytes."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {name: _to_api(inner, shape.members.get(name)) for name, inner in value.items()}
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {name: _to_api(inner, shape.value) for name, inner in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_to_api(inner, shape.member) for inner in value]
    if shape is not None and shape.type_name == "blob" and isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except ValueError:
            raise ValueError(f"{value!r} is no binary: write it in base64") from None
    return value


def _to_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _to_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_to_json(inner) for inner in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema("operations-v1.json"))


@functools.cache
def _input(operation: str) -> StructureShape:
    model = botocore.session.get_session().get_service_model("dynamodb").operation_model(operation)
    if model.input_shape is None:
        raise AssertionError(f"{operation} takes nothing")
    return model.input_shape
