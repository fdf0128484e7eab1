"""The setup guides' own commands, run by version 1 of the AWS CLI on the tables that the examples make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Evidence = Callable[[str], dict[str, Any]]

MANA, GIRLFRIEND, MAKERIESS = RUNS = ("mana-memory commands", "ai-girlfriend commands", "makeriess commands")

USER = {
    "pk": {"S": "USER#test123"},
    "sk": {"S": "METADATA"},
    "entityType": {"S": "USER"},
    "email": {"S": "test@example.com"},
    "gsi1pk": {"S": "USERS"},
    "gsi1sk": {"S": "USER#2024-01-15T10:00:00Z#test123"},
}
WORKED = {"code": 0, "complaint": ""}


@pytest.fixture
def mana(evidence: Evidence) -> dict[str, Any]:
    return evidence(MANA)["answers"]


@pytest.fixture
def girlfriend(evidence: Evidence) -> dict[str, Any]:
    return evidence(GIRLFRIEND)["answers"]


def _shape(table: dict[str, Any]) -> dict[str, Any]:
    """Return what makes a table fit for its application: keys, types, indexes and how it is paid for."""
    return {
        "keys": table["KeySchema"],
        "types": {pair["AttributeName"]: pair["AttributeType"] for pair in table["AttributeDefinitions"]},
        "indexes": {
            index["IndexName"]: (index["KeySchema"], index["Projection"])
            for index in table["GlobalSecondaryIndexes"]
        },
        "billing": table["BillingModeSummary"]["BillingMode"],
    }


def test_mana_memory_describe_table(mana: dict[str, Any]) -> None:
    described = mana["describe-table"]
    assert WORKED.items() <= described.items()
    assert described["answer"]["Table"]["TableName"] == "mana-memory"
    assert described["answer"]["Table"]["TableStatus"] == "ACTIVE"


def test_mana_memory_put_item(mana: dict[str, Any]) -> None:
    assert mana["put-item"] == {**WORKED, "answer": None}


def test_mana_memory_get_item(mana: dict[str, Any]) -> None:
    assert mana["get-item"] == {**WORKED, "answer": {"Item": {"pk": {"S": "test"}, "sk": {"S": "test"}}}}


def test_mana_memory_delete_item(mana: dict[str, Any]) -> None:
    assert mana["delete-item"] == {**WORKED, "answer": None}
    assert mana["left"] == []


def test_mana_memory_create_table_makes_the_table_of_the_example(mana: dict[str, Any]) -> None:
    assert WORKED.items() <= mana["create-table"].items()
    guides = mana["create-table"]["answer"]["TableDescription"]
    assert _shape(guides) == _shape(mana["describe-table"]["answer"]["Table"])


def test_ai_girlfriend_put_item(girlfriend: dict[str, Any]) -> None:
    assert girlfriend["put-item"] == {**WORKED, "answer": None}


def test_ai_girlfriend_get_item(girlfriend: dict[str, Any]) -> None:
    assert girlfriend["get-item"] == {**WORKED, "answer": {"Item": USER}}


def test_ai_girlfriend_query(girlfriend: dict[str, Any]) -> None:
    assert WORKED.items() <= girlfriend["query"].items()
    assert girlfriend["query"]["answer"]["Items"] == [USER]
    assert girlfriend["query"]["answer"]["Count"] == 1


@pytest.mark.parametrize("index", [0, 1])
def test_ai_girlfriend_create_table_is_refused_as_the_guide_writes_it(
    girlfriend: dict[str, Any], index: int
) -> None:
    refused = girlfriend["create-table"]
    assert refused["code"] != 0
    assert refused["complaint"].startswith("Parameter validation failed:")
    where = f"parameter in GlobalSecondaryIndexes[{index}]"
    assert f'Missing required {where}: "KeySchema"' in refused["complaint"]
    assert (
        f'Unknown {where}: "Keys", must be one of: IndexName, KeySchema, Projection' in refused["complaint"]
    )


def test_ai_girlfriend_create_table_mended_makes_the_table_of_the_example(girlfriend: dict[str, Any]) -> None:
    mended = girlfriend["create-table, mended"]
    assert WORKED.items() <= mended.items()
    assert _shape(mended["answer"]["TableDescription"]) == _shape(girlfriend["table"])


def test_makeriess_create_table_makes_the_table_of_the_example(evidence: Evidence) -> None:
    makeriess = evidence(MAKERIESS)["answers"]
    assert WORKED.items() <= makeriess["create-table"].items()
    assert _shape(makeriess["create-table"]["answer"]["TableDescription"]) == _shape(makeriess["table"])
