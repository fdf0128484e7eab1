"""Every example: formatted, valid, and proved to be what it declares."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts import terraform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dynamodb_layouts.pytest_plugin import ApplyRoot
    from dynamodb_layouts.verify import RootReport, Verifier

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if any(folder.glob("*.tf")))

#: Other ways to use an example: its folder, and values for its variables.
_WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "ai-agent-server, replicated": (
        "ai-agent-server",
        {"sessions_table": "r-sessions", "messages_table": "r-messages", "replica_region": "eu-west-1"},
    ),
    "ai-girlfriend, provisioned": (
        "ai-girlfriend",
        {"billing_mode": "PROVISIONED", "policy_name": "ai-girlfriend-access"},
    ),
    "complete, as far as LocalStack goes": (
        "complete",
        {
            "name_prefix": "most-",
            "leave_out": [
                "autoscaling",
                "contributor_insights",
                "kinesis_stream",
                "on_demand_throughput",
                "recovery_days",
                "resource_policy",
            ],
        },
    ),
}


@pytest.fixture(scope="session")
def judged(
    request: pytest.FixtureRequest, dynamodb_verifier: Verifier
) -> Iterator[Callable[[str], RootReport]]:
    """Yield what returns the report of an example; all that the session asks for are judged side by side.

    Where pytest-xdist spreads the tests over processes, each judges what it is given.
    """
    futures: dict[str, Future[RootReport]] = {}
    with ThreadPoolExecutor(1 if _is_worker(request.config) else terraform.parallelism()) as threads:

        def submit(way: str) -> Future[RootReport]:
            if way not in futures:
                name, variables = _WAYS.get(way, (way, {}))
                futures[way] = threads.submit(dynamodb_verifier.judge, EXAMPLES / name, variables)
            return futures[way]

        if not _is_worker(request.config):
            for item in request.session.items:
                if isinstance(item, pytest.Function) and "judged" in item.fixturenames:
                    submit(item.callspec.params["way"])
        yield lambda way: submit(way).result()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.mark.parametrize("way", [*NAMES, *_WAYS])
def test_proved(judged: Callable[[str], RootReport], way: str) -> None:
    judged(way).assert_proved()


def test_mastra_as_its_guide_has_it(applied_root: ApplyRoot) -> None:
    stack = applied_root(EXAMPLES / "mastra", {"layout": "guide", "ttl": "expiresAt"})
    assert set(stack.tables["mastra-single-table"].indexes) == {"gsi1", "gsi2"}
    # The operations are the current client's, which asks two indexes more.
    assert [line for line in stack.check().having("false") if line.aspect != "operations.json"] == []


@pytest.mark.parametrize("name", NAMES)
def test_formatted(name: str) -> None:
    assert terraform.fmt_check(EXAMPLES / name) == []


@pytest.mark.parametrize("name", NAMES)
def test_valid(name: str) -> None:
    assert terraform.validate(EXAMPLES / name) == []
