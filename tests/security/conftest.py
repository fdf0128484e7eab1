"""The plan and the state of every example, with all of it on: made once a run of pytest."""

from __future__ import annotations

import fcntl
import json
import os
from typing import Any

import pytest
from widest_examples import APPLIED, EXAMPLES, WIDEST

from dynamodb_layouts.emulators import EmulatorPool
from dynamodb_layouts.emulators.routing import route
from dynamodb_layouts.terraform import Session


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return each example's `plan` and its `state` once applied, both as Terraform shows them in JSON.

    The plan is made before anything exists, as a user's is; the state has the policy documents. They are
    applied on ministack, which has resource policies and replicas; the autoscaling is moto's.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "security-examples.json").open("a+", encoding="utf-8") as shared:
        fcntl.flock(shared, fcntl.LOCK_EX)
        shared.seek(0)
        text = shared.read()
        if not text:
            text = json.dumps(_applied())
            shared.write(text)
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def _applied() -> dict[str, dict[str, Any]]:
    found = {}
    with EmulatorPool() as pool:
        way = route({"autoscaling", "resource_policy", "replicas"}, pool.get("ministack"), pool.get)
        with Session(way.environment()) as session:
            for name, variables in WIDEST.items():
                root = session.root(EXAMPLES / name)
                try:
                    root.init()
                    root.plan(variables)
                    plan = json.loads(root.run(["show", "-json", str(root._plan_file)]).out)
                    root.apply({**variables, **APPLIED.get(name, {})})
                    found[name] = {"plan": plan, "state": json.loads(root.run(["show", "-json"]).out)}
                finally:
                    # The tables rightly refuse to be destroyed; they end with the emulator.
                    root.close()
    return found
