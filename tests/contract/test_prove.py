"""What holds of tables that Terraform made: every proof, and again with another seed."""

from __future__ import annotations

from typing import Any

import pytest
from tables import changed, made, only

from dynamodb_layouts.contract import prove
from dynamodb_layouts.contract.items import generate
from dynamodb_layouts.contract.model import Model


@pytest.mark.parametrize("name", ["shop", "readings", "blobs"])
@pytest.mark.parametrize("seed", [0, 1])
def test_every_proof_holds(tables: dict[str, Any], client: Any, name: str, seed: int) -> None:
    proofs = list(prove(tables[name], client, seed))
    assert [proof for proof in proofs if not proof.held] == []
    of = {
        *(f"pattern {pattern}" for pattern in tables[name]["access_patterns"]),
        *(f"index {index}" for kind in ("indexes", "local_indexes") for index in tables[name][kind]),
        *(f"entity {entity}" for entity in tables[name]["entities"]),
    }
    assert {proof.subject for proof in proofs} == of
    assert [proof.found for proof in proofs if "1 MB" in proof.claim] == ["a query of 2 pages"]


def test_a_pattern_says_how_it_was_answered_and_what_that_took(tables: dict[str, Any], client: Any) -> None:
    proofs = [proof for proof in prove(tables["readings"], client, 0) if "1 MB" not in proof.claim]
    found = {proof.subject: proof.found for proof in proofs}
    assert found["pattern reading"] == "GetItem, 0.5 capacity units"
    assert found["pattern highest"] == "a single query, 0.5 capacity units"
    assert found["pattern everything"] == "a scan, 0.5 capacity units"


def test_the_seed_decides_the_items(tables: dict[str, Any]) -> None:
    model = Model.read(tables["shop"])
    assert generate(model, 3) == generate(model, 3)
    assert generate(model, 3) != generate(model, 4)


def test_keys_hold_values_that_begin_with_one_another_and_differ_in_case(tables: dict[str, Any]) -> None:
    items = generate(Model.read(tables["shop"]), 3)
    stem = items[0].values["customerId"][:-1]
    customers = {item.values["customerId"] for item in items if item.entity == "Order"}
    assert {f"{stem}1", f"{stem}10", f"{stem.upper()}1", f"é{stem}世"} == customers
    numbers = {int(item.values["line"]) for item in items if item.entity == "OrderLine"}
    assert {9, 10, 100} < numbers


def test_nothing_is_written_to_a_table_that_holds_items(tables: dict[str, Any], client: Any) -> None:
    item = {"digest": {"B": b"mine"}}
    client.put_item(TableName="blobs", Item=item)
    proofs = list(prove(tables["blobs"], client, 0))
    assert [(proof.subject, proof.held) for proof in proofs] == [("table", False)]
    assert client.scan(TableName="blobs")["Items"] == [item]
    client.delete_item(TableName="blobs", Key=item)


def test_the_items_go_also_when_nobody_reads_to_the_end(tables: dict[str, Any], client: Any) -> None:
    proofs = prove(tables["blobs"], client, 0)
    next(proofs)
    assert client.scan(TableName="blobs")["Count"] > 0
    proofs.close()
    assert client.scan(TableName="blobs")["Count"] == 0


def test_a_failure_shows_its_cause(tables: dict[str, Any], database: Any) -> None:
    table = only(tables["shop"], "Customer", "Order", "OrderLine")
    # What a forgotten delimiter does: the lines of the orders come, too.
    values = ("access_patterns", "customer_orders", "expression_values", ":range")
    table = changed(table, *values, to="ORDER")
    with made(database, table) as name:
        proofs = list(prove({**table, "name": name}, database, 7))
    (failed,) = [proof for proof in proofs if not proof.held]
    assert failed.subject == "pattern customer_orders"
    assert failed.claim == "answers with 12 Order"
    wrong, request, expected, returned = failed.found.splitlines()
    assert wrong.startswith("unexpected CUSTOMER#")
    assert "/ ORDERLINE#" in wrong
    assert '":range": {"S": "ORDER"}' in request
    assert expected.startswith("  expected 12 items: CUSTOMER#")
    assert returned.startswith("  returned 24 items: CUSTOMER#")


def test_one_item_serves_patterns_that_want_different_words_of_it(
    tables: dict[str, Any], database: Any
) -> None:
    table = only(tables["shop"], "Settings")
    pattern = tables["shop"]["access_patterns"]["orders_by_status"] | {
        "returns": ["Settings"],
        "attributes": [],
    }
    table = changed(table, "entities", "Settings", "keys", "GSI2PK", to="STATUS#{state}")
    table = changed(table, "entities", "Settings", "keys", "GSI2SK", to="SETTINGS")
    table["access_patterns"] = {
        state: pattern | {"partition": asked, "expression_values": {":hash": asked}, "order_by": None}
        for state, asked in (("on", "STATUS#on"), ("off", "STATUS#off"))
    }
    with made(database, table) as name:
        proofs = list(prove({**table, "name": name}, database, 7))
    assert [proof for proof in proofs if not proof.held] == []
