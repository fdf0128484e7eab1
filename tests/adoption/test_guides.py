"""The guides' own tables, adopted by the examples through the import blocks of docs/adopt.md.

Several examples are child modules of one root, so that one plan judges them all. mastra and makeriess, whose
guides encrypt, are made by CloudFormation on LocalStack. The others are on ministack, since LocalStack does
not show encryption that is turned on later. mastra is there, too: LocalStack forgets the protection of a
table when it gets another index. The two backends work at the same time: the provider waits half a minute for
encryption.
"""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from guides import GIRLFRIEND, MAKERIESS, MANA, MASTRA, MESSAGES, SESSIONS, Guide
from plain_tables import REPOSITORY, planned, root

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from conftest import Backends

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.terraform import Plan

_IMPORTS = re.compile(r"^### \[?([\w-]+).*?^```terraform\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ADDRESS = re.compile(r"(?<=to = )module\.")
TABLE = "aws_dynamodb_table.this"
MASTRA_TABLE = f'module.mastra.module.dynamodb.module.dynamodb.module.table["{MASTRA.name}"].{TABLE}'

PROTECTED = "deletion_protection_enabled: False -> True"
RECOVERABLE = "point_in_time_recovery[0].enabled: False -> True"
ENCRYPTED = "server_side_encryption: [] -> [{'enabled': True, 'kms_key_arn': None}]"

#: What each plan changes, which is all that a guide leaves off and its example has.
CHANGES = {
    "localstack": {
        MASTRA_TABLE: [PROTECTED, f"tags.Name: None -> {MASTRA.name}"],
        f'module.makeriess.module.dynamodb.module.table["makeriess"].{TABLE}': [
            PROTECTED,
            f"tags.Name: None -> {MAKERIESS.name}",
        ],
    }
    | {
        f'module.makeriess.module.alarms.aws_cloudwatch_metric_alarm.this["{alarm}"]': ["create"]
        for alarm in (
            "user-errors",
            "makeriess/system-errors",
            *(
                f"makeriess/{part}{half}-throttles"
                for part in ("", "GSI1/", "GSI2/")
                for half in ("read", "write")
            ),
        )
    },
    "ministack": {
        MASTRA_TABLE: [PROTECTED, f"tags.Name: None -> {MASTRA.name}"],
        f'module.mana-memory.module.dynamodb.module.table["mana-memory"].{TABLE}': [
            PROTECTED,
            RECOVERABLE,
            ENCRYPTED,
            f"tags.Name: None -> {MANA.name}",
        ],
        f'module.ai-girlfriend.module.dynamodb.module.dynamodb.module.table["{GIRLFRIEND.name}"].{TABLE}': [
            PROTECTED,
            ENCRYPTED,
            "tags.Application: None -> ai-girlfriend",
            "tags.Environment: None -> production",
            f"tags.Name: None -> {GIRLFRIEND.name}",
            "ttl[0].attribute_name:  -> ttl",
            "ttl[0].enabled: False -> True",
        ],
        f'module.ai-agent-server.module.dynamodb.module.dynamodb.module.table["sessions"].{TABLE}': [
            PROTECTED,
            RECOVERABLE,
            ENCRYPTED,
            f"tags.Name: None -> {SESSIONS.name}",
        ],
        f'module.ai-agent-server.module.dynamodb.module.dynamodb.module.table["messages"].{TABLE}': [
            PROTECTED,
            RECOVERABLE,
            ENCRYPTED,
            f"tags.Name: None -> {MESSAGES.name}",
            "ttl[0].attribute_name:  -> expiresAt",
            "ttl[0].enabled: False -> True",
        ],
    },
}
EXAMPLES = {
    "localstack": {"mastra": "  layout = var.layout\n", "makeriess": ""},
    "ministack": {
        "mastra": "  layout = var.layout\n",
        "mana-memory": "",
        "ai-girlfriend": "",
        "ai-agent-server": "",
    },
}
GUIDES = {"localstack": (MASTRA, MAKERIESS), "ministack": (MASTRA, MANA, GIRLFRIEND, SESSIONS, MESSAGES)}


@dataclass
class Seen:
    """What became of a backend's tables: the plan that adopts them, what it lost, and the plan after it."""

    emulator: Emulator
    imported: set[str]
    changes: dict[str, list[str]]
    lost: list[str]
    again: Plan
    #: mastra from the guide's layout to the current one.
    grown: dict[str, tuple[str, ...]]
    lost_by_growth: list[str]
    at_last: Plan | None


def _root(folder: Path, examples: Mapping[str, str]) -> str:
    """Return a root module of examples, with the text of their arguments, and what adopts their tables."""
    imports = dict(_IMPORTS.findall((REPOSITORY / "docs/adopt.md").read_text(encoding="utf-8")))
    blocks = ['variable "layout" {\n  type    = string\n  default = "guide"\n}\n']
    for example, arguments in examples.items():
        path = os.path.relpath(REPOSITORY / "examples" / example, folder)
        blocks.append(f'module "{example}" {{\n  source = "{path}"\n{arguments}}}\n')
        blocks.append(_ADDRESS.sub(f"module.{example}.module.", imports[example]))
    return "\n".join(blocks)


def _live(name: str, backend: Backends, folder: Path) -> Seen:
    emulator, session = backend(name)
    guides = GUIDES[name]
    for guide in guides:
        (Guide.by_stack if name == "localstack" else Guide.by_command)(guide, emulator)
        guide.put(emulator)
    with root(session, folder / name, _root(folder / name, EXAMPLES[name])) as adopted:
        change = adopted.plan({})
        adopted.apply_planned()
        lost = [each for guide in guides for each in guide.lost(emulator)]
        again = adopted.plan()
        grown: dict[str, tuple[str, ...]] = {}
        at_last = None
        if name == "ministack":
            growth = adopted.plan({"layout": "current"})
            grown = {address: each.actions for address, each in growth.changes.items()}
            adopted.apply_planned()
            at_last = adopted.plan()
    return Seen(
        emulator,
        {address for address in change.changes if address.endswith(TABLE)},
        planned(change),
        lost,
        again,
        grown,
        [each for guide in guides for each in guide.lost(emulator)],
        at_last,
    )


@pytest.fixture(scope="module")
def seen(backend: Backends, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """Take the tables of both backends through their adoption."""
    folder = tmp_path_factory.mktemp("guides")
    for name in GUIDES:
        backend(name)
    with ThreadPoolExecutor() as threads:
        futures = {name: threads.submit(_live, name, backend, folder) for name in GUIDES}
        return {name: future.result() for name, future in futures.items()}


@pytest.mark.parametrize("name", GUIDES)
def test_a_guides_tables_get_what_the_guide_left_off(name: str, seen: dict[str, Seen]) -> None:
    assert seen[name].imported == {address for address in CHANGES[name] if address.endswith(TABLE)}
    assert seen[name].changes == CHANGES[name]


@pytest.mark.parametrize("name", GUIDES)
def test_nothing_is_lost_and_the_plan_is_empty(name: str, seen: dict[str, Seen]) -> None:
    assert seen[name].lost == []
    assert planned(seen[name].again) == {}
    assert seen[name].again.empty


def test_mastra_comes_to_its_current_layout(seen: dict[str, Seen]) -> None:
    mastra = seen["ministack"]
    assert mastra.grown == {MASTRA_TABLE: ("update",)}
    table: Any = mastra.emulator.client("dynamodb").describe_table(TableName=MASTRA.name)["Table"]
    indexes = {index["IndexName"] for index in table["GlobalSecondaryIndexes"]}
    assert indexes == {"gsi1", "gsi2", "gsi4", "gsi7"}
    assert mastra.lost_by_growth == []
    assert mastra.at_last is not None
    assert planned(mastra.at_last) == {}
    assert mastra.at_last.empty
