"""Applies that are killed by SIGKILL at any moment, Terraform and its provider: applied again, they converge.

What a person does in between is what docs/faults.md says, and nothing else.
"""

from __future__ import annotations

import random
import shutil
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from page import do_as_it_says, house

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Root

TIMES = 20
SEED = 20261121
ROOT = Path(__file__).resolve().parents[1] / "evolution/roots/tables"
IMPORT = """
import {
  to = module.dynamodb.module.table["jobs"].aws_dynamodb_table.this
  id = "jobs"
}
"""
_BOTH = {"read": {"min": 5, "max": 50}, "write": {"min": 5, "max": 50}}
_COMMON = {
    "hash_key": "id",
    "billing_mode": "PROVISIONED",
    "capacity": {"read": 5, "write": 5},
    "ttl": "expiresAt",
    "deletion_protection": False,
}
#: What is declared, and what is there then: the indexes (None: no table) and how many figures are scaled.
DECLARED: dict[str, tuple[dict[str, Any], list[str] | None, int]] = {
    "two-indexes-scaled": (
        {
            "jobs": _COMMON
            | {"indexes": {name: {"hash_key": name} for name in ("kind", "state")}, "autoscaling": _BOTH}
        },
        ["kind", "state"],
        6,
    ),
    "one-index": ({"jobs": _COMMON | {"indexes": {"kind": {"hash_key": "kind"}}}}, ["kind"], 0),
    "nothing": ({}, None, 0),
}
ITEM = {"id": {"S": "1"}, "kind": {"S": "mail"}, "state": {"S": "new"}}


def _kill(session: Session, *, providers: bool) -> None:
    """Kill every Terraform of this process, and the providers that serve it, or let these live."""
    for process in psutil.Process().children(recursive=True):
        try:
            if process.name() == "terraform":
                process.kill()
        except psutil.NoSuchProcess:
            continue
    for provider in session.providers.providers:
        if providers and provider.alive:
            psutil.Process(provider.pid).kill()
            # The next command must not be lent one that is about to end.
            assert provider.ends_within(10)


def _tables(emulator: Emulator) -> list[str]:
    names: list[str] = emulator.client("dynamodb").list_tables()["TableNames"]
    return names


def _killed(root: Root, tables: dict[str, Any], kill: Callable[[], None]) -> bool:
    """Apply while `kill` runs, and say whether it was killed before its end."""
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        root.apply({"tables": tables})
    except CannotRunError:
        return True
    finally:
        killer.join()
    return False


def _recover(root: Root) -> list[str]:
    """Apply as a person would, and return what had to be done for it besides."""
    done = []
    state, backup = (root.folder / name for name in ("terraform.tfstate", "terraform.tfstate.backup"))
    if state.exists() and not state.read_text() and backup.exists():
        shutil.copy(backup, state)
        done.append("state put back")
    for _ in range(4):
        try:
            root.apply()
        except LayoutsError as error:
            if "ResourceInUseException: Table already exists" in str(error):
                (root.folder / "import.tf").write_text(IMPORT)
                done.append("imported")
            else:
                raise
        else:
            break
    (root.folder / "import.tf").unlink(missing_ok=True)
    return done


def test_killed_applies_converge(backend: Backends) -> None:
    emulator, session = backend("ministack+moto")
    client = emulator.client("dynamodb")
    scaling = backend_of_scaling(backend)
    draw = random.Random(SEED)  # noqa: S311 - to be drawn again
    now, kills, done = "nothing", 0, []
    with session.root(ROOT) as root:
        root.init()
        root.apply({"tables": {}})
        for number in range(TIMES):
            where = f"round {number}, seed {SEED}"
            there = now != "nothing"
            now = draw.choice([name for name in DECLARED if name != now])
            tables, indexes, scaled = DECLARED[now]
            seconds = draw.uniform(0.15, 1.2)

            def kill(number: int = number, seconds: float = seconds, *, there: bool = there) -> None:
                # Every second new table is caught the moment it is made, when no state can know of it yet.
                made = not there and number % 2 == 0
                deadline = time.monotonic() + (10 if made else seconds)
                while time.monotonic() < deadline and not (made and _tables(emulator)):
                    time.sleep(0.002 if made else 0.01)
                _kill(session, providers=number % 4 == 0)

            kills += _killed(root, tables, kill)
            done += _recover(root)
            assert root.plan().empty, where

            assert _tables(emulator) == list(tables), where
            if indexes is not None:
                found = client.describe_table(TableName="jobs")["Table"]
                assert sorted(index["IndexName"] for index in found["GlobalSecondaryIndexes"]) == indexes, (
                    where
                )
                ttl = client.describe_time_to_live(TableName="jobs")["TimeToLiveDescription"]
                assert ttl["TimeToLiveStatus"] == "ENABLED", where
                # The item was put when the table came, and what came between left it there.
                items = client.scan(TableName="jobs")["Items"]
                assert items == ([ITEM] if there else []), where
                client.put_item(TableName="jobs", Item=ITEM)
                for index in indexes:
                    assert client.scan(TableName="jobs", IndexName=index)["Items"] == [ITEM], where
            targets = scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"]
            assert len(targets) == scaled, where
    # The moments are drawn; most of them fall into the apply, and one new table at least came to no state.
    assert kills > TIMES // 2
    assert "imported" in done


def backend_of_scaling(backend: Backends) -> Any:
    """Return a client for the Application Auto Scaling of `ministack+moto`."""
    return backend("moto")[0].client("application-autoscaling")


def test_a_table_that_no_state_knows_is_imported_as_the_page_says(backend: Backends, tmp_path: Path) -> None:
    emulator, session = backend("ministack")
    client = emulator.client("dynamodb")
    # What an apply leaves that is killed right after the table is made.
    client.create_table(
        TableName="jobs",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "state")],
        BillingMode="PAY_PER_REQUEST",
        SSESpecification={"Enabled": True},
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-state",
                "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    client.put_item(TableName="jobs", Item=ITEM)
    with session.root(house(tmp_path, "killed")) as root:
        root.init()
        with pytest.raises(LayoutsError, match="ResourceInUseException: Table already exists"):
            root.apply()
        do_as_it_says(root, "killed")
        plan = root.plan()
        assert {where: change.actions for where, change in plan.changes.items()} == {
            'module.queue.module.table["jobs"].aws_dynamodb_table.this': ("update",)
        }
        root.apply_planned()
        assert client.scan(TableName="jobs", IndexName="by-state")["Items"] == [ITEM]
        (root.folder / "recovery.tf").unlink()
        assert root.plan().empty

        # One that Terraform holds for half-made, and that is whole.
        address = 'module.queue.module.table["jobs"].aws_dynamodb_table.this'
        root.run(["taint", address])
        assert root.plan().changes[address].replaces
        root.run(["untaint", address])
        assert root.plan().empty

        # A state that Terraform was killed while writing.
        state, backup = (root.folder / file for file in ("terraform.tfstate", "terraform.tfstate.backup"))
        shutil.copy(state, backup)
        state.write_text("")
        assert root.plan().changes[address].actions == ("create",)
        shutil.copy(backup, state)
        assert root.plan().empty


def test_a_call_of_a_killed_terraform_ends_with_it(tmp_path: Path) -> None:
    """The provider lives on for the next command, which must not meet what the last one wanted."""
    (tmp_path / "main.tf").write_text('data "aws_dynamodb_table" "this" {\n  name = "jobs"\n}\n')
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        settings = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1",
        }
        with Session(settings) as session, session.root(tmp_path) as root:
            root.init()
            ends = []

            def plan() -> None:
                with pytest.raises(CannotRunError, match="was killed by signal 9") as error:
                    root.plan()
                ends.append(error.value)

            planning = threading.Thread(target=plan)
            planning.start()
            asked, _ = silent.accept()
            with asked:
                asked.settimeout(10)
                assert asked.recv(65536)
                _kill(session, providers=False)
                # Nobody answers it; that the connection closes is the provider's doing.
                while asked.recv(65536):
                    pass
            planning.join(30)
            assert len(ends) == 1
            assert session.providers.providers[0].alive
