"""The setup guide's operations on makeriess, run by version 3 of the AWS SDK for JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

(SDK,) = RUNS = ("makeriess sdk",)


@pytest.fixture
def answers(evidence: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return {line["step"]: line for line in evidence(SDK)["answers"]}


def _keys(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["PK"]["S"], item["SK"]["S"]) for item in answer["Items"]]


def test_put_item_customer(answers: dict[str, Any]) -> None:
    assert answers["put customer"]["status"] == 200
    assert answers["customer by email"]["answer"]["Items"] == [
        {
            "PK": {"S": "CUSTOMER#cust_123"},
            "SK": {"S": "METADATA"},
            "GSI1PK": {"S": "EMAIL#user@example.com"},
            "GSI1SK": {"S": "CUSTOMER"},
            "email": {"S": "user@example.com"},
            "name": {"S": "John Doe"},
            "loyaltyPoints": {"N": "0"},
            "createdAt": {"S": "2024-01-15T10:00:00.000Z"},
        }
    ]


def test_query_customer_orders(answers: dict[str, Any]) -> None:
    orders = answers["customer orders"]["answer"]
    assert orders["Count"] == 2
    assert _keys(orders) == [("CUSTOMER#cust_123", "ORDER#320"), ("CUSTOMER#cust_123", "ORDER#321")]


def test_query_products_by_category(answers: dict[str, Any]) -> None:
    products = answers["products by category"]["answer"]
    assert products["Count"] == 2
    assert _keys(products) == [("PRODUCT#789", "METADATA"), ("PRODUCT#790", "METADATA")]
    # Read from the index: what lies beside the category is not in the answer, and all attributes are.
    assert {item["GSI2PK"]["S"] for item in products["Items"]} == {"CATEGORY#Food & pastries"}
