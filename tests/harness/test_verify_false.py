"""What verify must not pass: tables that differ from their design, and designs that lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from verify_roots import ORDERS, plain, root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dynamodb_layouts.verify import Applied, RootReport, Verifier

#: The name of the table in ORDERS.
NAME = "verify-orders"
_RESOURCE = 'module.dynamodb.module.table["orders"].aws_dynamodb_table.this'


@pytest.fixture(scope="module")
def orders(verifier: Verifier, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """Yield the table of orders, applied; every test changes it behind Terraform's back."""
    with verifier.applied(root(tmp_path_factory.mktemp("orders"))) as applied:
        yield applied


@pytest.fixture
def healed(orders: Applied) -> Iterator[Applied]:
    """Yield the table as it was declared, and leave it so."""
    yield orders
    orders.apply()


def _false(report: RootReport) -> dict[str, tuple[str, str]]:
    """Return what is false, by `aspect: subject`: expected and found."""
    return {f"{line.aspect}: {line.subject}": (line.expected, line.found) for line in report.having("false")}


def test_a_table_that_is_as_declared_is_proved(orders: Applied) -> None:
    report = orders.check()
    assert _false(report) == {}
    report.assert_proved(strict=True)
    subjects = {line.subject for line in report.lines if line.aspect == "operations"}
    assert {"query by-customer", "query by-status", "query by-total", "delete"} <= subjects


def test_insights_that_nobody_declared_are_false(orders: Applied) -> None:
    _turn_insights_on(orders.client(), "")
    # Terraform knows nothing of these, so no plan would ever say so.
    assert _false(orders.check()) == {"contributor insights: table": ("off", "on")}
    orders.client().update_contributor_insights(TableName=NAME, ContributorInsightsAction="DISABLE")


def _turn_ttl_off(client: Any, _: str) -> None:
    specification = {"Enabled": False, "AttributeName": "expiresAt"}
    client.update_time_to_live(TableName=NAME, TimeToLiveSpecification=specification)


def _change_a_tag(client: Any, arn: str) -> None:
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "Team", "Value": "other"}])


def _add_a_tag(client: Any, arn: str) -> None:
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "Extra", "Value": "1"}])


def _turn_recovery_off(client: Any, _: str) -> None:
    client.update_continuous_backups(
        TableName=NAME, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": False}
    )


def _turn_protection_off(client: Any, _: str) -> None:
    client.update_table(TableName=NAME, DeletionProtectionEnabled=False)


def _turn_stream_off(client: Any, _: str) -> None:
    client.update_table(TableName=NAME, StreamSpecification={"StreamEnabled": False})


def _change_class(client: Any, _: str) -> None:
    client.update_table(TableName=NAME, TableClass="STANDARD_INFREQUENT_ACCESS")


def _make_provisioned(client: Any, _: str) -> None:
    figures = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    client.update_table(
        TableName=NAME,
        BillingMode="PROVISIONED",
        ProvisionedThroughput=figures,
        GlobalSecondaryIndexUpdates=[
            {"Update": {"IndexName": name, "ProvisionedThroughput": figures}}
            for name in ("by-customer", "by-status")
        ],
    )


def _delete_an_index(client: Any, _: str) -> None:
    client.update_table(TableName=NAME, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-status"}}])


def _turn_insights_on(client: Any, _: str) -> None:
    client.update_contributor_insights(TableName=NAME, ContributorInsightsAction="ENABLE")


@pytest.mark.parametrize(
    ("change", "line", "expected", "found"),
    [
        (_turn_ttl_off, "TTL: TTL", "on expiresAt", "off"),
        (
            _change_a_tag,
            "tags: tags",
            "Name=verify-orders, Team=shop",
            "Name=verify-orders, Team=other",
        ),
        (
            _add_a_tag,
            "tags: tags",
            "Name=verify-orders, Team=shop",
            "Extra=1, Name=verify-orders, Team=shop",
        ),
        (_turn_recovery_off, "point-in-time recovery: point-in-time recovery", "on", "off"),
        (_turn_protection_off, "table: deletion protection", "true", "false"),
        (_turn_stream_off, "table: stream", "NEW_IMAGE", "none"),
        (_change_class, "table: table class", "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
        (_make_provisioned, "table: billing mode", "PAY_PER_REQUEST", "PROVISIONED"),
        (_delete_an_index, "indexes: global indexes", "by-customer, by-status", "by-customer"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_table_that_differs_is_false(
    healed: Applied, change: Callable[[Any, str], None], line: str, expected: str, found: str
) -> None:
    arn = healed.root.state()[_RESOURCE]["arn"]
    change(healed.client(), arn)
    report = healed.check()
    assert _false(report)[line] == (expected, found)
    with pytest.raises(AssertionError) as raised:
        report.assert_proved()
    assert f": expected {expected}, found {found} [ministack" in str(raised.value)
    # Terraform would put it back, so the second plan is false as well.
    assert any(aspect.startswith("second plan") for aspect in _false(report))


def test_an_index_that_is_gone_cannot_be_queried(healed: Applied) -> None:
    _delete_an_index(healed.client(), "")
    expected, found = _false(healed.check())["operations: query by-status"]
    assert expected == "1 item with at, customerId, dynamodb-layouts-note, expiresAt, id, note, status, total"
    assert found.startswith("refused: ")


# Each is wrong in a place of its own, so that one apply shows all of them.
_LIES = """{
    range_key     = "total"
    attributes    = merge(local.orders.attributes, { total = "N" })
    indexes       = merge(local.orders.indexes, {
      by-customer = merge(local.orders.indexes["by-customer"], { projection = "ALL" })
      by-status   = merge(local.orders.indexes["by-status"], { range_key = "at" })
    })
    local_indexes = { by-sum = local.orders.local_indexes.by-total }
    encryption    = { enabled = false, kms_key_arn = null }
    replicas = {
      eu-west-1 = { kms_key_arn = null, point_in_time_recovery = false, propagate_tags = false }
    }
  }"""
_FOUND_OUT = {
    "table: keys": ("id (S), total (N)", "id (S), at (N)"),
    "table: attribute types": (
        "at=N, customerId=S, id=S, status=S, total=N",
        "at=N, customerId=S, id=S, status=S, total=S",
    ),
    "table: encryption": ("a key that AWS owns", "a KMS key"),
    "indexes: by-customer projection": ("ALL", "KEYS_ONLY"),
    "indexes: by-status keys": ("status (S), at (N)", "status (S)"),
    "indexes: local indexes": ("by-sum", "by-total"),
    "replicas: regions": ("eu-west-1", "none"),
}


@pytest.fixture(scope="module")
def liar(verifier: Verifier, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Applied]:
    """Yield a table with an output that can lie about it, by a variable."""
    more = f"""
variable "lie" {{
  default = "no"
}}
locals {{
  orders = module.dynamodb.design.tables.orders
  lies   = {{
    no         = {{}}
    all        = {_LIES}
    name       = {{ name = "verify-others" }}
    projection = {{
      indexes = {{ by-customer = merge(local.orders.indexes["by-customer"], {{ projection = "ALL" }}) }}
    }}
  }}
}}
"""
    tables = ORDERS.replace(NAME, "verify-lies")
    design = "{ version = 1, tables = { orders = merge(local.orders, local.lies[var.lie]) } }"
    with verifier.applied(root(tmp_path_factory.mktemp("liar"), tables, more, design)) as applied:
        yield applied


def test_a_design_that_lies_is_found_out(liar: Applied) -> None:
    liar.apply({"lie": "all"})
    false = _false(liar.check())
    assert {line: false.get(line) for line in _FOUND_OUT} == _FOUND_OUT


def test_a_design_that_names_another_table_is_found_out(liar: Applied) -> None:
    liar.apply({"lie": "name"})
    assert _false(liar.check()) == {"table: name": ("verify-others", "no such table in the state")}


def test_a_lie_about_a_projection_shows_in_the_query(liar: Applied) -> None:
    liar.apply({"lie": "projection"})
    false = _false(liar.check())
    assert false["indexes: global indexes"] == ("by-customer", "by-customer, by-status")
    assert false["operations: query by-customer"] == (
        "1 item with at, customerId, dynamodb-layouts-note, expiresAt, id, note, status, total",
        "1 item with at, customerId, id",
    )


def test_a_second_plan_that_changes_something_is_false(verifier: Verifier, tmp_path: Path) -> None:
    more = """
resource "terraform_data" "clock" {
  input = timestamp()
}
output "now" {
  value = timestamp()
}
"""
    report = verifier.judge(root(tmp_path, plain("clock"), more))
    false = _false(report)
    assert {"second plan: terraform_data.clock: input", "second plan: output now"} <= false.keys()
    assert false["second plan: output now"] == ("no change", "a change")
    assert report.exit_code() == 1


def test_a_table_without_a_design_is_said_to_be_unproven(verifier: Verifier, tmp_path: Path) -> None:
    more = """
resource "aws_dynamodb_table" "other" {
  name         = "verify-other"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}
"""
    report = verifier.judge(root(tmp_path, plain("one"), more))
    (line,) = report.having("unproven")
    assert (line.subject, line.why) == (
        "aws_dynamodb_table.other",
        "no output of the root module is the design of this table",
    )
    assert (report.exit_code(), report.exit_code(strict=True)) == (0, 1)


def test_own_operations_that_go_wrong_are_false(verifier: Verifier, tmp_path: Path) -> None:
    root(tmp_path, plain("asked"))
    (tmp_path / "operations.json").write_text(
        """{"steps": [
  {"operation": "PutItem", "table": "asked", "parameters": {"Item": {"id": {"S": "1"}, "n": {"N": "1"}}}},
  {"operation": "GetItem", "table": "asked", "parameters": {"Key": {"id": {"S": "1"}}},
   "expect": {"Item": {"n": {"N": "2"}}}, "why": "a figure"},
  {"operation": "GetItem", "table": "asked", "parameters": {"Key": {"nokey": {"S": "1"}}}},
  {"operation": "GetItem", "table": "asked", "parameters": {"Key": {"nokey": {"S": "1"}}},
   "expect": {"Error": {"Code": "ValidationException"}}}
]}"""
    )
    report = verifier.judge(tmp_path)
    false = _false(report)
    assert false["operations.json: step 1 GetItem"] == (
        '{"Item": {"n": {"N": "2"}}}',
        'Item.n.N: "1" instead of "2"',
    )
    assert false["operations.json: step 2 GetItem"][1].startswith("refused: ValidationException")
    assert len(false) == 2


def test_what_terraform_drops_is_false(verifier: Verifier, tmp_path: Path) -> None:
    """The table is as its design says: it is the declaration that says something else."""
    orders = """
        orders = {
          name       = "verify-drops"
          hash_key   = "id"
          range_keys = "at"
          indexes    = { by-day = { hash_key = "day" }, by-day = { hash_key = "date" } }
        }
    """
    expected = "fields that the module has, each once"
    assert _false(verifier.judge(root(tmp_path, orders))) == {
        "fields: module.dynamodb, tables.orders.range_keys": (
            expected,
            "no field range_keys, which Terraform drops without a word; write range_key",
        ),
        "fields: main.tf, module.dynamodb.tables.orders.indexes.by-day": (
            expected,
            "by-day twice, of which Terraform keeps the last without a word; name each once",
        ),
    }
