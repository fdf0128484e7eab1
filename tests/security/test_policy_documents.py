"""The policy documents of the examples, as they are once applied: nothing is granted by a wildcard."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from widest_examples import EXAMPLES, WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator

# `index/*` below one table's ARN is every index of that table and nothing else (docs/iam.md).
_RESOURCE = re.compile(
    r"arn:aws:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[\w.-]+(/index/(\*|[\w.-]+)|/stream/[\w:.-]+)?"
    r"|arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/[\w-]+"
)


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _documents(state: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the documents of the resources of a type."""
    found = [
        resource["values"]["policy"]
        for resource in _resources(state["values"]["root_module"])
        if resource["type"] == kind
    ]
    return [json.loads(document) for document in found]


def _granted(state: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the documents of modules/iam-policy: those put out and those made into a policy."""
    outputs = state["values"]["outputs"]
    return [
        *(json.loads(outputs[name]["value"]) for name in outputs if name == "policy_json"),
        *_documents(state, "aws_iam_policy"),
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _wide(document: dict[str, Any]) -> list[str]:
    """Return every action and resource of a document that a wildcard makes wider than it says."""
    found = []
    for statement in document["Statement"]:
        if unusual := statement.keys() & {"NotAction", "NotResource"}:
            found.append(", ".join(sorted(unusual)))
        found += [action for action in _list(statement["Action"]) if "*" in action or "?" in action]
        found += [arn for arn in _list(statement["Resource"]) if not _RESOURCE.fullmatch(arn)]
    return found


@pytest.mark.parametrize("name", sorted(WIDEST))
def test_nothing_is_granted_by_a_wildcard(examples: dict[str, dict[str, Any]], name: str) -> None:
    documents = _granted(examples[name]["state"])
    assert [wide for document in documents for wide in _wide(document)] == []


def test_every_example_is_here() -> None:
    assert sorted(WIDEST) == sorted(folder.name for folder in EXAMPLES.iterdir() if any(folder.glob("*.tf")))


def test_the_documents_are_there(examples: dict[str, dict[str, Any]]) -> None:
    """Without a document nothing is wide."""
    counted = {name: len(_granted(shown["state"])) for name, shown in examples.items()}
    assert counted == {
        "ai-agent-server": 2,
        "ai-girlfriend": 2,
        "complete": 1,
        "makeriess": 0,
        "mana-memory": 2,
        "mastra": 2,
    }


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("*", "arn:aws:dynamodb:us-east-1:111122223333:table/shop"),
        ("dynamodb:*", "arn:aws:dynamodb:us-east-1:111122223333:table/shop"),
        ("dynamodb:Get*", "arn:aws:dynamodb:us-east-1:111122223333:table/shop"),
        ("dynamodb:GetItem", "*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/shop"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/*"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/shop*"),
    ],
)
def test_a_wildcard_is_seen(action: str, resource: str) -> None:
    assert len(_wide({"Statement": [{"Action": [action], "Resource": [resource]}]})) == 1


def test_no_alarm_watches_or_does_more_than_it_names(examples: dict[str, dict[str, Any]]) -> None:
    # As planned: what ministack answers of an alarm is something else.
    alarms = {
        resource["address"]: resource["values"]
        for shown in examples.values()
        for resource in _resources(shown["plan"]["planned_values"]["root_module"])
        if resource["type"] == "aws_cloudwatch_metric_alarm"
    }
    assert len(alarms) > 10
    # What holds of a whole account in a region has no table to name.
    assert [name for name, alarm in alarms.items() if not _tables(alarm) and "user-errors" not in name] == []
    wide = [name for name, alarm in alarms.items() if any("*" in table for table in _tables(alarm))]
    actions = ("alarm_actions", "ok_actions", "insufficient_data_actions")
    wide += [
        name for name, alarm in alarms.items() for what in actions if "*" in "".join(alarm.get(what) or [])
    ]
    assert wide == []


def _tables(alarm: dict[str, Any]) -> set[str]:
    """Return the tables that an alarm watches, by its dimensions, its metrics' or what its queries ask."""
    queries = alarm.get("metric_query") or []
    metrics = [metric for query in queries for metric in query["metric"]]
    dimensions = [alarm.get("dimensions") or {}, *(metric.get("dimensions") or {} for metric in metrics)]
    asked = [re.search(r"WHERE TableName = '([^']+)'", query.get("expression") or "") for query in queries]
    named = {found["TableName"] for found in dimensions if "TableName" in found}
    return named | {found[1] for found in asked if found}


def test_every_resource_policy_denies_what_comes_without_tls(examples: dict[str, dict[str, Any]]) -> None:
    documents = [
        document
        for shown in examples.values()
        for document in _documents(shown["state"], "aws_dynamodb_resource_policy")
    ]
    assert documents
    for document in documents:
        assert any(_denies_http(statement) for statement in document["Statement"]), document
        allowed = [statement for statement in document["Statement"] if statement["Effect"] == "Allow"]
        assert "*" not in [statement["Principal"] for statement in allowed]


def _denies_http(statement: dict[str, Any]) -> bool:
    arns = _list(statement["Resource"])
    return (
        statement["Effect"] == "Deny"
        and statement["Principal"] == "*"
        and statement["Action"] == "dynamodb:*"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        # The table and its indexes: an index is asked by an ARN of its own.
        and len(arns) == 2
        and arns[1] == f"{arns[0]}/index/*"
        and _RESOURCE.fullmatch(arns[0]) is not None
    )
