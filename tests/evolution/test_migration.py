"""Tables that come under this module as docs/migrate.md says: by the very blocks of that page.

All of them are in one root module, so that every plan shows that one migration leaves the other tables alone.
The modules of others that the page begins with are not to be had here: modules of our own stand in for them,
in `sources/`, with the same addresses. Where `DYNAMODB_LAYOUTS_MIGRATION_SOURCES` names a folder, the folders
`terraform-aws-dynamodb-table` and `terraform-aws-dynamodb` in it are used instead.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents import CLONE, REPOSITORY, examples, module_files
from living import actions, described

if TYPE_CHECKING:
    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Root

VARIABLE = "DYNAMODB_LAYOUTS_MIGRATION_SOURCES"
SOURCES = Path(os.environ.get(VARIABLE) or Path(__file__).parent / "sources")
PAGE = "docs/migrate.md"
BLOCKS: dict[tuple[str, str], str] = {
    example.migration: example.text
    for example in examples()
    if example.migration and example.block.file == PAGE
}
#: What the page says of each migration's plan, moves aside: actions and the attributes that change.
CHANGES: dict[str, dict[str, tuple[list[str], set[str]]]] = {
    "plain": {
        'module.users.module.table["users"].aws_dynamodb_table.this': (
            ["update"],
            {"tags.Name", "tags_all.Name", "timeouts"},
        )
    },
    "counted": {},
    "modules": {},
    "modules-scaled": {
        f'module.events.module.table["events"].aws_appautoscaling_target.this["{part}/{what}"]': (
            ["update"],
            {"tags.Name", "tags_all.Name"},
        )
        for part in ("table", "index/by-kind")
        for what in ("read", "write")
    },
    "cloudposse": {"module.carts.terraform_data.global_secondary_index_names[0]": (["delete"], set())},
    "import": {},
    "single": {},
    "multi": {},
}
#: What a comment of the page says: without one setting, the scaled table is at another address.
OTHERWISE = "modules-scaled, otherwise"
CHANGES[OTHERWISE] = {
    where.replace("events", "clicks"): change for where, change in CHANGES["modules-scaled"].items()
}
LAYOUTS = ("single", "multi")
TABLES = [
    "users",
    "sessions",
    "visits-eu",
    "visits-us",
    "orders",
    "events",
    "clicks",
    "eg-prod-carts",
    "invoices",
]


def _text(side: str, *names: str) -> str:
    """Return the page's blocks as one root module; what comes from a registry there lies beside it here."""
    blocks = [_scaled_otherwise(side) if name == OTHERWISE else BLOCKS[name, side] for name in names]
    text = "\n".join(blocks)
    for registry, folder in (
        ("terraform-aws-modules/dynamodb-table/aws", "terraform-aws-dynamodb-table"),
        ("cloudposse/dynamodb/aws", "terraform-aws-dynamodb"),
    ):
        text = re.sub(rf'source  = "{registry}"\n  version = ".+"', f'source = "./sources/{folder}"', text)
    return text


def _house(folder: Path, text: str) -> Path:
    """Write a root module with this repository's beside it, as the page says, and the sources of others."""
    for name in module_files():
        place = folder / CLONE / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, place)
    shutil.copytree(SOURCES, folder / "sources")
    (folder / "main.tf").write_text(text)
    return folder


def _scaled_otherwise(side: str) -> str:
    """Return the scaled migration for a table of which that module does not ignore the indexes."""
    block = (
        BLOCKS["modules-scaled", side].replace("events", "clicks").replace("  scaling =", "  other_scaling =")
    )
    block = block.replace("local.scaling", "local.other_scaling").replace(
        "autoscaled_gsi_ignore[", "autoscaled["
    )
    return block.replace("ignore_changes_global_secondary_index = true", "")


def _values(kind: str) -> list[dict[str, str]]:
    return [{"S": "one"}, {"S": "two"}] if kind == "S" else [{"N": "1"}, {"N": "2"}]


def _put(emulator: Emulator, name: str) -> None:
    """Put two items into a table, with every key attribute that it and its indexes have, and one more."""
    kinds = {
        each["AttributeName"]: each["AttributeType"]
        for each in described(emulator, name)["AttributeDefinitions"]
    }
    for number in (0, 1):
        item = {attribute: _values(kind)[number] for attribute, kind in kinds.items()}
        emulator.client("dynamodb").put_item(TableName=name, Item=item | {"note": {"S": f"note {number}"}})


def _seen(emulator: Emulator, name: str) -> dict[str, Any]:
    """Return all that can be seen of a table, its items and its indexes' too, but for its tags."""
    client = emulator.client("dynamodb")
    table = json.loads(json.dumps(described(emulator, name), default=str))
    indexes = table.get("GlobalSecondaryIndexes", [])
    for part in [table, *indexes]:
        for figure in ("ItemCount", "TableSizeBytes", "IndexSizeBytes"):
            part.pop(figure, None)
    parts = [{}, *({"IndexName": index["IndexName"]} for index in indexes)]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    return {
        "table": table,
        "ttl": client.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
        "backups": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
        "items": [sorted(map(json.dumps, client.scan(TableName=name, **part)["Items"])) for part in parts],
    }


def _moves(root: Root) -> dict[str, str]:
    """Return what the last plan moves, imports or forgets: what becomes of it, by old address or id."""
    document = json.loads(root.run(["show", "-json", str(root._plan_file)]).out)
    found = {}
    for change in document["resource_changes"]:
        if old := change.get("previous_address"):
            found[old] = change["address"]
        elif change["change"]["actions"] == ["forget"]:
            found[change["address"]] = "forgotten"
        elif imported := change["change"].get("importing"):
            found[imported["id"]] = change["address"]
    return found


def _declared_moves(text: str) -> dict[str, str]:
    pattern = r"^moved \{\n(?:  #.*\n)?  from = (?P<old>.+)\n  to   = (?P<new>.+)\n\}"
    return {match["old"]: match["new"] for match in re.finditer(pattern, text, re.MULTILINE)}


def _changed(root: Root, variables: dict[str, Any] | None = None) -> dict[str, tuple[list[str], set[str]]]:
    plan = root.plan(variables)
    drift = plan.drift()
    return {
        where: (what, {each.attribute for each in drift if each.address == where and what == ["update"]})
        for where, what in actions(plan).items()
    }


def test_every_migration_of_the_page_is_run() -> None:
    names = [name for name in CHANGES if name != OTHERWISE]
    assert list(BLOCKS) == [(name, side) for name in names for side in ("before", "after")]


def test_tables_are_migrated_without_a_change_to_them(backend: Backends, tmp_path: Path) -> None:
    emulator, session = backend("auto+moto")
    names = [name for name in CHANGES if name not in LAYOUTS]
    after = _text("after", *names)
    with session.root(_house(tmp_path, _text("before", *names))) as root:
        root.init()
        root.apply()
        for name in TABLES:
            _put(emulator, name)
        for name in ("events", "eg-prod-carts"):
            figures = {"ReadCapacityUnits": 12, "WriteCapacityUnits": 13}
            emulator.client("dynamodb").update_table(TableName=name, ProvisionedThroughput=figures)
        before = {name: _seen(emulator, name) for name in TABLES}
        managed = {where for where in root.state() if ".data." not in where and "terraform_data" not in where}

        (root.folder / "main.tf").write_text(after)
        root.init()
        assert _changed(root) == {
            where: change for name in names for where, change in CHANGES[name].items()
        } | {
            "aws_dynamodb_table.invoices": (["forget"], set()),
            'module.invoices.module.table["invoices"].aws_dynamodb_table.this': (["no-op"], set()),
        }
        moves = _moves(root)
        # Every resource that there was has its block on the page, and every block its resource.
        assert moves == _declared_moves(after) | {
            "aws_dynamodb_table.invoices": "forgotten",
            "invoices": 'module.invoices.module.table["invoices"].aws_dynamodb_table.this',
        }
        assert managed == moves.keys() - {"invoices"}

        root.apply_planned()
        assert {name: _seen(emulator, name) for name in TABLES} == before
        assert root.plan().empty


def test_layouts_are_changed_for_the_root_module_and_back(backend: Backends, tmp_path: Path) -> None:
    emulator, session = backend("auto")
    before, after = (_text(side, *LAYOUTS) for side in ("before", "after"))
    moves = _declared_moves(after)
    back = "\n".join(f"moved {{\n  from = {new}\n  to   = {old}\n}}" for old, new in moves.items())
    tables = ["shop", "agents-runs", "agents-steps"]
    with session.root(_house(tmp_path, before)) as root:
        root.init()
        root.apply()
        for name in tables:
            _put(emulator, name)
        seen = {name: _seen(emulator, name) for name in tables}
        for text in (after, f"{before}\n{back}"):
            (root.folder / "main.tf").write_text(text)
            root.init()
            assert _changed(root) == {}
            assert len(_moves(root)) == len(tables)
            root.apply_planned()
            assert {name: _seen(emulator, name) for name in tables} == seen
            assert root.plan().empty
