"""What holds of tables that Terraform made: every proof, and again with other seeds."""

from __future__ import annotations

from typing import Any

import pytest

from dynamodb_layouts.contract import prove


@pytest.mark.parametrize("name", ["shop", "readings", "blobs"])
@pytest.mark.parametrize("seed", [0, 1])
def test_every_proof_holds(tables: dict[str, Any], client: Any, name: str, seed: int) -> None:
    failures = [proof for proof in prove(tables[name], client, seed) if not proof.held]
    assert failures == []
