"""Every good design of the corpus holds when it is asked of generated items: no false alarm here either.

With `CONTRACT_EXAMPLES` set, so do the nearest neighbours of the defects.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import good, neighbours
from tables import made

from dynamodb_layouts.contract import prove
from dynamodb_layouts.terraform import Root

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = 1
# A table's key is part of its name, which the corpus's names are too long for.
_ALL = [*good(), *(neighbours() if os.environ.get("CONTRACT_EXAMPLES") else [])]
CASES = {f"corpus-{number}": case for number, case in enumerate(_ALL)}


@pytest.fixture(scope="module")
def designs() -> Mapping[str, Any]:
    """Return `design.tables` of all good designs, resolved in one plan."""
    with Root(Path(__file__).parent / "roots/models") as root:
        root.init()
        root.apply({"tables": {key: case.table for key, case in CASES.items()}})
        tables: Mapping[str, Any] = root.outputs()["design"]["tables"]
        return tables


def test_good_designs_hold(database: Any, designs: Mapping[str, Any]) -> None:
    failed, asked = [], 0
    for key, case in CASES.items():
        if not designs[key]["entities"]:
            continue
        with made(database, designs[key]) as name:
            proofs = list(prove({**designs[key], "name": name}, database, SEED))
        failed += [f"{case.name}: {p.subject}: {p.claim}: {p.found}" for p in proofs if not p.held]
        asked += 1
    assert failed == []
    assert asked > 50
