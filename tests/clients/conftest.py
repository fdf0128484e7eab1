"""The document of what the clients answered, made once a run of pytest and read by every worker."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import client_runs
import pytest

from dynamodb_layouts.emulators import installing

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def evidence(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Any]]:
    """Return what came of a run by its name, as `client_runs.RUNS` has it; skips where that is nothing."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    file = shared / "clients.json"
    # The first worker that comes does the work; the others wait for what it found.
    with installing.exclusive(file, lambda _: None):
        if not file.exists():
            runs = {run for item in request.session.items for run in _runs_of(item)}
            file.write_text(json.dumps(client_runs.gather(runs, tmp_path_factory.mktemp("clients"))))
    found = json.loads(file.read_text())
    told: set[str] = set()

    def of(run: str) -> dict[str, Any]:
        if reason := found[run].get("skipped"):
            pytest.skip(reason)
        if error := found[run].get("error"):
            first = run not in told
            told.add(run)
            pytest.fail(error if first else "did not run, as the first of its tests says", pytrace=False)
        return dict(found[run])

    return of


def _runs_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the runs that the item's module names in `RUNS`."""
    return tuple(getattr(getattr(item, "module", None), "RUNS", ()))
