"""What docs/adopt.md shows is what is written, and every field that the module has can be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plain_tables import REPOSITORY, create, index, tags

from dynamodb_layouts.adopt import SOURCE, adopt
from dynamodb_layouts.adopt.declaration import ORDER
from dynamodb_layouts.cli import adopt as command

if TYPE_CHECKING:
    from collections.abc import Callable

    from dynamodb_layouts.emulators import Emulator

_FILE = re.compile(r"^```hcl\n(.*?)^```\n\n```terraform\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^    - `(\w+)` - ", re.MULTILINE)
#: Read once, when a table is made, or by the harness and Terraform alone: no part of a table that is there.
NOT_READ = {"restore", "import", "timeouts", "entities", "access_patterns"}


def test_the_file_that_is_shown(at: Callable[[str], Emulator]) -> None:
    emulator = at("ministack")
    create(
        emulator,
        "orders",
        ("orderId", "line"),
        {"line": "N"},
        GlobalSecondaryIndexes=[index("by-customer", ("customerId",), "KEYS_ONLY")],
        Tags=tags(team="shop"),
    )
    client = emulator.client("dynamodb")
    client.update_time_to_live(
        TableName="orders", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"}
    )
    client.update_continuous_backups(
        TableName="orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    found = _FILE.search((REPOSITORY / "docs/adopt.md").read_text(encoding="utf-8"))
    assert found
    assert adopt(["orders"]).text == f"{found[1]}\n{found[2]}"


def test_every_field_of_a_table_has_its_place() -> None:
    """A field that the module gets must be read of a table, too, or stand among those that cannot be."""
    declared = _FIELD.findall((REPOSITORY / "variables.tf").read_text(encoding="utf-8"))
    assert [name for name in declared if name not in NOT_READ] == list(ORDER)


def test_the_command_line_has_the_same_source() -> None:
    assert command.__kwdefaults__["module_source"] == SOURCE
