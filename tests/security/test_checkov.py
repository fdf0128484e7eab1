"""Checkov finds nothing in the plans of the examples but what is listed here, with why it may be."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import installed_checkov
import pytest

from dynamodb_layouts.errors import CannotRunError

REPOSITORY = Path(__file__).resolve().parents[2]

#: What is found and may be: the check, why, and each "example: resource" that it is found of.
EXCUSED: dict[str, tuple[str, set[str]]] = {
    "CKV_AWS_119": (
        (
            "A customer-managed key is asked for by name (encryption.kms_key_arn), as it costs money; "
            "without one the key is AWS's managed one. The ledger has its own, made in the same plan, "
            "whose ARN is not known yet."
        ),
        {
            "ai-agent-server: messages",
            "ai-agent-server: sessions",
            "ai-girlfriend: ai-girlfriend-table",
            "complete: archive",
            "complete: ledger",
            "complete: shop",
            "makeriess: makeriess",
            "mana-memory: mana-memory",
            "mastra: mastra-single-table",
        },
    ),
    "CKV_AWS_28": (
        "The archive shows how to turn off what is on unless asked otherwise.",
        {"complete: archive"},
    ),
    "CKV2_AWS_16": (
        "Both are scaled; checkov does not see that the targets in the same plan are the tables'.",
        {"ai-girlfriend: ai-girlfriend-table", "complete: ledger"},
    ),
    "CKV2_AWS_64": (
        (
            "Without a policy a key has AWS's default, which leaves the decision to the account's IAM; "
            "modules/iam-policy builds on that."
        ),
        {"complete: aws_kms_key.ledger[0]"},
    ),
}


@pytest.fixture(scope="module")
def scanned(examples: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return checkov's report on all plans; skips where it cannot be installed for want of a network."""
    try:
        program = installed_checkov.program()
    except CannotRunError as error:
        if installed_checkov.is_offline(error):
            pytest.skip("no package index in reach: what checkov says of the examples stays unproven")
        raise
    plans = tmp_path_factory.mktemp("plans")
    for name, shown in examples.items():
        (plans / f"{name}.json").write_text(json.dumps(shown["plan"]), encoding="utf-8")
    command = [
        program,
        "--directory",
        plans,
        "--framework",
        "terraform_plan",
        "--output",
        "json",
        "--compact",
    ]
    done = subprocess.run(
        [*map(str, command), "--skip-download"],
        cwd=plans,
        env={
            name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "BC_", "CKV_"))
        },
        check=False,
        capture_output=True,
        text=True,
    )
    # 1 says that something was found, and everything else that checkov failed itself.
    assert done.returncode in (0, 1), done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _found(scanned: dict[str, Any]) -> dict[str, set[str]]:
    """Return what failed: of each check, the "example: resource" that it is found of."""
    found: dict[str, set[str]] = {}
    for failure in scanned["results"]["failed_checks"]:
        example = Path(failure["file_path"]).stem
        table = re.search(r'module\.table\["([^"]+)"\]\.aws_dynamodb_table\.this$', failure["resource"])
        found.setdefault(failure["check_id"], set()).add(
            f"{example}: {table[1] if table else failure['resource']}"
        )
    return found


def test_every_plan_is_read(scanned: dict[str, Any], examples: dict[str, dict[str, Any]]) -> None:
    passed = {Path(check["file_path"]).stem for check in scanned["results"]["passed_checks"]}
    assert passed == set(examples)
    assert scanned["summary"]["parsing_errors"] == 0


def test_nothing_is_found_that_is_not_excused(scanned: dict[str, Any]) -> None:
    excused = {check: resources for check, (_, resources) in EXCUSED.items()}
    new = {check: found - excused.get(check, set()) for check, found in _found(scanned).items()}
    assert {check: found for check, found in new.items() if found} == {}


def test_no_excuse_is_stale(scanned: dict[str, Any]) -> None:
    found = _found(scanned)
    stale = {check: resources - found.get(check, set()) for check, (_, resources) in EXCUSED.items()}
    assert {check: resources for check, resources in stale.items() if resources} == {}


def test_what_is_excused_as_scaled_is_scaled(examples: dict[str, dict[str, Any]]) -> None:
    for scaled in EXCUSED["CKV2_AWS_16"][1]:
        example, table = scaled.split(": ")
        addresses = {change["address"] for change in examples[example]["plan"]["resource_changes"]}
        for figure in ("read", "write"):
            wanted = f'module.table["{table}"].aws_appautoscaling_policy.this["table/{figure}"]'
            assert any(address.endswith(wanted) for address in addresses), wanted


def test_the_plans_have_every_resource_of_the_modules(examples: dict[str, dict[str, Any]]) -> None:
    """What is in no plan, checkov has not seen."""
    declared = {
        kind
        for file in REPOSITORY.glob("modules/*/*.tf")
        for kind in re.findall(r'^resource "(\w+)"', file.read_text("utf-8"), re.MULTILINE)
    }
    planned = {change["type"] for shown in examples.values() for change in shown["plan"]["resource_changes"]}
    assert declared - planned == set()


@pytest.mark.parametrize(
    ("said", "offline"),
    [
        ("ERROR: Could not find a version that satisfies the requirement x (from versions: none)", True),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", False),
        ("ERROR: No matching distribution found for x==9 (from versions: 1, 2)", False),
    ],
)
def test_only_a_missing_network_is_an_excuse_to_skip(said: str, offline: bool) -> None:
    assert installed_checkov.is_offline(CannotRunError(f"could not install checkov: {said}", "")) is offline
