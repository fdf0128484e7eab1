"""Parliament, a linter of policies, finds nothing wrong with the documents of `modules/iam-policy`."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # of the way it reads its own data files
    import parliament

LEVELS = Path(__file__).resolve().parents[2] / "modules" / "iam-policy" / "levels.tf"
NAMES = (
    *dict.fromkeys(
        f"level {name}" for name in re.findall(r"^    (\w+) = \{$", LEVELS.read_text("utf-8"), re.MULTILINE)
    ),
    "patterns",
    "patterns of a tenant",
    "an index of a tenant",
    "an index of a named tenant",
    "a scan of an index",
)
# What is found all the same, and may be.
KNOWN = {
    # The guides have reviewed these two names; IAM has no such actions and ignores them (docs/iam.md).
    "level application": [
        ("UNKNOWN_ACTION", "Unknown action dynamodb:TransactWriteItems"),
        ("UNKNOWN_ACTION", "Unknown action dynamodb:TransactGetItems"),
    ],
    # A stream's label has colons, at which the linter cuts ARNs; the simulator takes it.
    "level stream_reader": [
        (
            "RESOURCE_MISMATCH",
            [
                {"action": f"dynamodb:{name}", "required_format": "arn:*:dynamodb:*:*:table/*/stream/*"}
                for name in ("DescribeStream", "GetRecords", "GetShardIterator")
            ],
        )
    ],
}


def _findings(document: Any) -> list[tuple[str, Any]]:
    policy = parliament.analyze_policy_string(json.dumps(document))
    return [(finding.issue, finding.detail) for finding in policy.findings]


def test_every_document_is_judged(documents: dict[str, Any]) -> None:
    assert sorted(documents) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found(documents: dict[str, Any], name: str) -> None:
    assert _findings(documents[name]) == KNOWN.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_no_resource_is_wider_than_a_table(documents: dict[str, Any], name: str) -> None:
    arns = [arn for statement in documents[name]["Statement"] for arn in statement["Resource"]]
    table = "arn:aws:dynamodb:eu-west-1:111122223333:table/shop"
    assert all(arn.startswith((f"{table}/", "arn:aws:kms:")) or arn == table for arn in arns)
    if not name.startswith("level "):
        assert "*" not in "".join(arns)


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_named(documents: dict[str, Any], name: str) -> None:
    actions = [action for statement in documents[name]["Statement"] for action in statement["Action"]]
    assert actions
    assert [action for action in actions if not re.fullmatch(r"(dynamodb|kms):[A-Za-z]+", action)] == []


@pytest.mark.parametrize(
    ("field", "value", "issue"),
    [
        ("Action", ["dynamodb:GetItems"], "UNKNOWN_ACTION"),
        ("Action", ["dynamodb:GetRecords"], "RESOURCE_MISMATCH"),
        ("Condition", {"ForAllValues:StringLikes": {"dynamodb:LeadingKeys": ["a"]}}, "UNKNOWN_OPERATOR"),
        ("Condition", {"StringLike": {"dynamodb:LeadingKey": ["a"]}}, "UNKNOWN_CONDITION_FOR_ACTION"),
        ("Resource", ["table/shop"], "INVALID_ARN"),
    ],
)
def test_the_linter_sees_faults(documents: dict[str, Any], field: str, value: Any, issue: str) -> None:
    """A linter that knows nothing of DynamoDB would find nothing either."""
    document = documents["an index of a tenant"]
    statement = document["Statement"][0] | {field: value}
    assert issue in [found for found, _ in _findings(document | {"Statement": [statement]})]
