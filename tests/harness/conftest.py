"""What tests of the harness share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dynamodb_layouts.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def verifier() -> Iterator[Verifier]:
    """Yield what judges roots on ministack, the quickest to start."""
    with Verifier("ministack", seed=1) as verifier:
        yield verifier
