"""Tables made by plain calls of boto3, and roots that adopt them."""

from __future__ import annotations

import contextlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dynamodb_layouts.adopt import Adoption
    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Drift, Plan, Root, Session

REPOSITORY = Path(__file__).resolve().parents[2]


def source(folder: Path) -> str:
    """Return where the module is, seen from a root module in `folder`."""
    return os.path.relpath(REPOSITORY, folder)


def key(hash_key: str, range_key: str | None = None) -> list[dict[str, str]]:
    """Return a key schema."""
    roles = {"HASH": hash_key, "RANGE": range_key}
    return [{"AttributeName": name, "KeyType": role} for role, name in roles.items() if name]


def index(
    name: str,
    keys: Sequence[str],
    projection: str = "ALL",
    copied: Sequence[str] = (),
    units: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Return an index as CreateTable takes it."""
    return {
        "IndexName": name,
        "KeySchema": key(*keys),
        "Projection": {"ProjectionType": projection} | ({"NonKeyAttributes": list(copied)} if copied else {}),
    } | ({"ProvisionedThroughput": throughput(*units)} if units else {})


def throughput(read: int, write: int) -> dict[str, int]:
    """Return capacity as CreateTable takes it."""
    return {"ReadCapacityUnits": read, "WriteCapacityUnits": write}


def create(
    backend: Emulator, name: str, keys: Sequence[str], types: Mapping[str, str] | None = None, **more: Any
) -> str:
    """Make a table and return its ARN.

    On demand unless `more`, what else CreateTable takes, says otherwise; keys are strings unless in `types`.
    """
    indexes = [*more.get("GlobalSecondaryIndexes", []), *more.get("LocalSecondaryIndexes", [])]
    schemas = [key(*keys), *(each["KeySchema"] for each in indexes)]
    attributes = dict.fromkeys((part["AttributeName"] for schema in schemas for part in schema), "S")
    attributes |= types or {}
    if "ProvisionedThroughput" not in more:
        more["BillingMode"] = "PAY_PER_REQUEST"
    made = backend.client("dynamodb").create_table(
        TableName=name,
        KeySchema=key(*keys),
        AttributeDefinitions=[{"AttributeName": a, "AttributeType": t} for a, t in attributes.items()],
        **more,
    )
    return str(made["TableDescription"]["TableArn"])


def tags(**named: str) -> list[dict[str, str]]:
    """Return tags as CreateTable takes them."""
    return [{"Key": name, "Value": value} for name, value in named.items()]


@contextlib.contextmanager
def root(session: Session, folder: Path, text: str) -> Iterator[Root]:
    """Yield an initialised root module of one file. Its tables go with their emulator, not by a destroy."""
    folder.mkdir(exist_ok=True)
    (folder / "adopted.tf").write_text(text)
    with contextlib.closing(session.root(folder)) as made:
        made.init()
        yield made


def addresses(adoption: Adoption) -> set[str]:
    """Return the addresses of all that is imported."""
    lines = adoption.text.splitlines()
    return {line.removeprefix("  to = ") for line in lines if line.startswith("  to = ")}


def planned(plan: Plan) -> dict[str, list[str]]:
    """Return what a plan does to each resource besides importing it: actions, or changed attributes.

    What the provider computes anew whenever a resource changes is no change, nor are an empty block
    `timeouts` and another spelling of the same JSON.
    """
    found: dict[str, list[str]] = {}
    for address, change in plan.changes.items():
        if change.actions not in (("no-op",), ("update",)):
            found[address] = list(change.actions)
    for drift in plan.drift():
        passed_over = (
            _ECHOES.fullmatch(drift.attribute) or drift.after == "(known after apply)" or _same(drift)
        )
        if passed_over or plan.changes[drift.address].actions != ("update",):
            continue
        changed = f"{drift.attribute}: {drift.before} -> {drift.after}"
        found.setdefault(drift.address, []).append(changed)
    return found


#: Attributes that change with others: all tags with the tags, and the block that is there or not.
_ECHOES = re.compile(r"tags_all\..*|timeouts")


def _same(drift: Drift) -> bool:
    with contextlib.suppress(ValueError, TypeError):
        return bool(json.loads(drift.before) == json.loads(drift.after))
    return False
