"""A random valid model passes the plan and the contract: this finds the holes in both.

`CONTRACT_EXAMPLES=30` proves ten times as many, other ones at each run.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from models import models
from tables import made

from dynamodb_layouts.contract import prove
from dynamodb_layouts.terraform import Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dynamodb_layouts.contract import Proof

#: Models that one plan judges; a plan takes as long for one.
TOGETHER = 8
_EXAMPLES = os.environ.get("CONTRACT_EXAMPLES")


@pytest.fixture(scope="module")
def design() -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """Return a function from declarations to `design.tables`; it raises what the plan says against them."""
    with Root(Path(__file__).parent / "roots/models") as root:
        root.init()

        def planned(tables: dict[str, Any]) -> dict[str, Any]:
            root.apply({"tables": tables})
            return dict(root.outputs()["design"]["tables"])

        yield planned


def test_random_valid_models(
    database: Any,
    design: Callable[[dict[str, Any]], dict[str, Any]],
    record_property: Callable[[str, object], None],
) -> None:
    counts = {"models": 0, "patterns": 0}

    @settings(
        max_examples=int(_EXAMPLES or 3),
        derandomize=_EXAMPLES is None,
        phases=[Phase.generate, Phase.shrink] if _EXAMPLES else [Phase.generate],
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(models(), min_size=TOGETHER, max_size=TOGETHER), st.integers(0, 2**31))
    def holds(drawn: list[dict[str, Any]], seed: int) -> None:
        for table in design({f"model-{number}": model for number, model in enumerate(drawn)}).values():
            with made(database, table) as name:
                failed = [p for p in prove({**table, "name": name}, database, seed) if not p.held]
            assert not failed, _told(table, failed[0])
            counts["models"] += 1
            counts["patterns"] += len(table["access_patterns"])

    holds()
    record_property("contract", f"{counts['models']} random models with {counts['patterns']} patterns hold")


def _told(table: dict[str, Any], proof: Proof) -> str:
    """Return a failure with the declaration it is about, as short as it can be."""
    keys = {name: (entity["keys"], entity["attributes"]) for name, entity in table["entities"].items()}
    pattern = table["access_patterns"].get(proof.subject.removeprefix("pattern "), {})
    asked = {name: value for name, value in pattern.items() if not name.startswith("expression")}
    places = {name: index for kind in ("indexes", "local_indexes") for name, index in table[kind].items()}
    return "\n".join(map(str, [f"{proof.subject}: {proof.claim}", proof.found, asked, keys, places]))
