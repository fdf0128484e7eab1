"""What the documents of `modules/iam-policy` allow and deny, asked of a policy simulator.

The simulator is iam-simulate of Cloud Copilot, from npm. It is told which partition keys a request names;
that DynamoDB tells IAM the same is AWS's word (docs/iam.md).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts import cache

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).resolve().parent
TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/shop"
INDEX = f"{TABLE}/index/GSI1"
STREAM = f"{TABLE}/stream/2024-01-01T00:00:00.000"
KEYS = "dynamodb:LeadingKeys"
TENANT = {"aws:PrincipalTag/tenantId": "a"}
WITHOUT_NODE = "no Node.js with npm here: what the policy documents allow and deny stays unproven"


@dataclass(frozen=True)
class Request:
    """A request and what is to come of it; `change` is made to the document before."""

    about: str
    document: str
    action: str
    resource: str
    allowed: bool
    keys: tuple[str, ...] | None = None
    principal: Mapping[str, str] = field(default_factory=lambda: TENANT)
    others: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[Any], None] | None = None

    def asked(self, documents: Mapping[str, Any]) -> dict[str, Any]:
        """Return the request as simulate.mjs reads it."""
        policy = deepcopy(documents[self.document])
        if self.change:
            self.change(policy)
        keys = {} if self.keys is None else {KEYS: list(self.keys)}
        return {
            "policy": policy,
            "action": f"dynamodb:{self.action}",
            "resource": self.resource,
            "context": {**self.principal, **self.others, **keys},
        }


def _without_null(document: Any) -> None:
    for statement in document["Statement"]:
        statement.get("Condition", {}).pop("Null", None)


def _without_delimiter(document: Any) -> None:
    """Let every tenant's value be the beginning of the key, as `a*`."""
    for statement in document["Statement"]:
        condition = statement.get("Condition", {})
        operators = [name for name in condition if name.startswith("ForAllValues:")]
        for values in [condition.pop(name) for name in operators]:
            begun = [value.split("}")[0] + "}*" for value in values[KEYS]]
            condition["ForAllValues:StringLike"] = {KEYS: begun}


def _without_escapes(document: Any) -> None:
    for statement in document["Statement"]:
        for values in statement.get("Condition", {}).values():
            if isinstance(values.get(KEYS), list):
                values[KEYS] = [value.replace("${*}", "*").replace("${?}", "?") for value in values[KEYS]]


def _any_value(document: Any) -> None:
    for statement in document["Statement"]:
        condition = statement.get("Condition", {})
        for name in [name for name in condition if name.startswith("ForAllValues:")]:
            condition[name.replace("ForAllValues:", "ForAnyValue:")] = condition.pop(name)


OF_TENANT, INDEX_OF_TENANT = "patterns of a tenant", "an index of a tenant"
OWN, OWN_BY_STATUS = ("TENANT#a",), ("TENANT#a#STATUS#open",)

NOTHING_BACK, ALL_OLD = {"dynamodb:ReturnValues": "NONE"}, {"dynamodb:ReturnValues": "ALL_OLD"}

REQUESTS = [
    # The actions and the places of the patterns, and no others.
    Request("a pattern's query", "patterns", "Query", TABLE, True, ("TENANT#b",)),
    Request("a pattern's query of an index", "patterns", "Query", INDEX, True, ("TENANT#b#STATUS#open",)),
    Request("a pattern's get", "patterns", "GetItem", TABLE, True, ("TENANT#b",)),
    Request("a scan that no pattern is", "patterns", "Scan", TABLE, False),
    Request("a scan of the index that no pattern is", "patterns", "Scan", INDEX, False),
    Request("a batch that is not asked for", "patterns", "BatchGetItem", TABLE, False, ("TENANT#b",)),
    Request("a write", "patterns", "PutItem", TABLE, False, ("TENANT#b",)),
    Request("another index", "patterns", "Query", f"{TABLE}/index/GSI2", False, ("TENANT#b#STATUS#open",)),
    Request("another table", "patterns", "Query", f"{TABLE}s", False, ("TENANT#b",)),
    Request("a scan that a pattern is", "a scan of an index", "Scan", INDEX, True),
    Request("the table, scanned with its index", "a scan of an index", "Scan", TABLE, False),
    # One tenant.
    Request("the own key", OF_TENANT, "Query", TABLE, True, OWN),
    Request("the own item", OF_TENANT, "GetItem", TABLE, True, OWN),
    Request("several own items", OF_TENANT, "BatchGetItem", TABLE, True, OWN * 2),
    Request("the own key of an index", OF_TENANT, "Query", INDEX, True, OWN_BY_STATUS),
    Request("another tenant's key", OF_TENANT, "Query", TABLE, False, ("TENANT#b",)),
    Request("another tenant's item", OF_TENANT, "GetItem", TABLE, False, ("TENANT#b",)),
    Request("another tenant's key of an index", OF_TENANT, "Query", INDEX, False, ("TENANT#b#STATUS#open",)),
    Request("one other tenant's among several", OF_TENANT, "BatchGetItem", TABLE, False, (*OWN, "TENANT#b")),
    Request("a sibling that begins alike", OF_TENANT, "Query", TABLE, False, ("TENANT#ab",)),
    Request("its key of an index", OF_TENANT, "Query", INDEX, False, ("TENANT#ab#STATUS#open",)),
    Request("a key in other case", OF_TENANT, "Query", TABLE, False, ("TENANT#A",)),
    Request("a longer key in the table", OF_TENANT, "Query", TABLE, False, OWN_BY_STATUS),
    Request("no key", OF_TENANT, "Query", TABLE, False),
    Request("no key of an index", OF_TENANT, "Query", INDEX, False),
    Request("no key in a batch", OF_TENANT, "BatchGetItem", TABLE, False),
    Request("a scan", OF_TENANT, "Scan", TABLE, False),
    Request("a scan of the index", OF_TENANT, "Scan", INDEX, False),
    Request("a principal without the tag", OF_TENANT, "Query", TABLE, False, OWN, {}),
    Request(
        "the variable's own name",
        OF_TENANT,
        "Query",
        TABLE,
        False,
        ("TENANT#${aws:PrincipalTag/tenantId}",),
        {},
    ),
    # An index alone.
    Request("the index", INDEX_OF_TENANT, "Query", INDEX, True, OWN_BY_STATUS),
    Request("the table behind the index", INDEX_OF_TENANT, "Query", TABLE, False, OWN_BY_STATUS),
    Request("an item behind the index", INDEX_OF_TENANT, "GetItem", TABLE, False, OWN),
    Request("a value in place of a tag", "an index of a named tenant", "Query", INDEX, True, OWN_BY_STATUS),
    Request(
        "a value's sibling", "an index of a named tenant", "Query", INDEX, False, ("TENANT#ab#STATUS#open",)
    ),
    # Levels.
    Request("a write", "level write_only", "UpdateItem", TABLE, True, OWN, others=NOTHING_BACK),
    Request("a write that does not say", "level write_only", "UpdateItem", TABLE, True, OWN),
    Request("a write that reads", "level write_only", "UpdateItem", TABLE, False, OWN, others=ALL_OLD),
    Request("a batch of writes", "level write_only", "BatchWriteItem", TABLE, True, OWN),
    Request("a read", "level write_only", "GetItem", TABLE, False, OWN),
    Request("the stream", "level stream_reader", "GetRecords", STREAM, True),
    Request("another stream", "level stream_reader", "GetRecords", f"{STREAM[:-1]}1", False),
    Request("a write", "level read_only", "PutItem", TABLE, False, OWN),
    Request("a condition check", "level read_write", "ConditionCheckItem", TABLE, True, OWN),
    Request("a condition check", "level application", "ConditionCheckItem", TABLE, False, OWN),
    # Characters of a template that mean something to IAM.
    Request("a key of such characters", OF_TENANT, "Query", TABLE, True, ("*RATE?$#a",)),
    Request("what they would stand for", OF_TENANT, "Query", TABLE, False, ("xRATEx$#a",)),
    Request("another tenant's of them", OF_TENANT, "Query", TABLE, False, ("*RATE?$#b",)),
]

# Each breaks one safeguard, and what was denied above is allowed: the requests do prove it.
BROKEN = [
    Request("no Null", OF_TENANT, "Query", TABLE, True, change=_without_null),
    Request("no Null, of an index", OF_TENANT, "Query", INDEX, True, change=_without_null),
    Request("no Null, in a batch", OF_TENANT, "BatchGetItem", TABLE, True, change=_without_null),
    Request("a*", OF_TENANT, "Query", TABLE, True, ("TENANT#ab",), change=_without_delimiter),
    Request(
        "a*, of an index",
        OF_TENANT,
        "Query",
        INDEX,
        True,
        ("TENANT#ab#STATUS#open",),
        change=_without_delimiter,
    ),
    Request("no escapes", OF_TENANT, "Query", TABLE, True, ("xRATEx$#a",), change=_without_escapes),
    Request("any value", OF_TENANT, "BatchGetItem", TABLE, True, (*OWN, "TENANT#b"), change=_any_value),
]


def _works(*command: str) -> bool:
    """Say whether a program is there and starts; a name on PATH may be a shim that starts nothing."""
    if not shutil.which(command[0]):
        return False
    return subprocess.run([*command, "--version"], check=False, capture_output=True).returncode == 0


def _simulator() -> Path:
    """Return the folder of the installed simulator; a changed lock has a folder of its own."""
    lock = (HERE / "package-lock.json").read_bytes()
    place = cache.home() / "iam-simulate" / hashlib.sha256(lock).hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (place / ".ready").exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(HERE / name, place / name)
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=place, check=False, capture_output=True, text=True)
            assert done.returncode == 0, f"npm could not install the policy simulator: {done.stderr[-800:]}"
            (place / ".ready").touch()
    return place


@pytest.fixture(scope="module")
def verdicts(documents: dict[str, Any]) -> dict[int, str]:
    if not (_works("node") and _works("npm")):
        pytest.skip(WITHOUT_NODE)
    requests = [*REQUESTS, *BROKEN]
    done = subprocess.run(
        ["node", str(HERE / "simulate.mjs"), str(_simulator())],
        input=json.dumps([request.asked(documents) for request in requests]),
        env={**os.environ, "NODE_OPTIONS": ""},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(zip(map(id, requests), json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("request_", [pytest.param(r, id=f"{r.document}-{r.about}") for r in REQUESTS])
def test_request(verdicts: dict[int, str], request_: Request) -> None:
    assert verdicts[id(request_)] == ("Allowed" if request_.allowed else "ImplicitlyDenied")


@pytest.mark.parametrize("request_", [pytest.param(r, id=r.about) for r in BROKEN])
def test_without_its_safeguard_a_document_lets_it_pass(verdicts: dict[int, str], request_: Request) -> None:
    sound = [
        r
        for r in REQUESTS
        if (r.document, r.action, r.resource, r.keys, r.principal)
        == (request_.document, request_.action, request_.resource, request_.keys, request_.principal)
    ]
    assert sound
    assert [verdicts[id(r)] for r in sound] == ["ImplicitlyDenied"] * len(sound)
    assert verdicts[id(request_)] == "Allowed"
