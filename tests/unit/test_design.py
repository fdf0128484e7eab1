"""The Terraform tests of `modules/design`, each run a test of its own, and what a plan says of problems."""

from __future__ import annotations

import fcntl
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.terraform import Root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODULE = Path(__file__).resolve().parents[2] / "modules" / "design"

_RUN = re.compile(r'^run "([^"]+)"', re.MULTILINE)


def _runs() -> list[tuple[str, str]]:
    """Return the file and the name of every run."""
    return [
        (file.name, name)
        for file in sorted(MODULE.glob("tests/*.tftest.hcl"))
        for name in _RUN.findall(file.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def root() -> Iterator[Root]:
    """Return a copy of the module: no `.terraform` folder comes into the tree."""
    with Root(MODULE) as copy:
        copy.init()
        yield copy


@pytest.fixture(scope="module")
def results(root: Root, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return Results(root, tmp_path_factory)


class Results:
    """What came of the runs, by file: each file is run once, by the first of pytest's processes to ask."""

    def __init__(self, root: Root, folders: pytest.TempPathFactory) -> None:
        self._root = root
        distributed = "PYTEST_XDIST_WORKER" in os.environ
        self._folder = folders.getbasetemp().parent if distributed else folders.mktemp("runs")
        self.of = cache(self._of)

    def _of(self, file: str) -> Mapping[str, list[str]]:
        """Return what is wrong with every run of a file, by name."""
        with (self._folder / f"{MODULE.name}-{file}.json").open("a+", encoding="utf-8") as shared:
            fcntl.flock(shared, fcntl.LOCK_EX)
            shared.seek(0)
            text = shared.read()
            if not text:
                text = json.dumps(self._run(file))
                shared.write(text)
        return dict(json.loads(text))

    def _run(self, file: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        finished = self._root.run(["test", "-json", f"-filter=tests/{file}"], accepted=(0, 1))
        for event in map(json.loads, finished.out.splitlines()):
            wrong = found.setdefault(event.get("@testrun", ""), [])
            if event["type"] == "test_run" and event["test_run"]["progress"] == "complete":
                status = event["test_run"]["status"]
                wrong += [] if status == "pass" else [status]
            elif event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error":
                wrong.append(f"{event['diagnostic']['summary']}: {event['diagnostic']['detail']}")
        return found


@pytest.mark.parametrize(
    ("file", "run"), [pytest.param(*run, id=f"{run[0].partition('.')[0]}-{run[1]}") for run in _runs()]
)
def test_run(results: Results, file: str, run: str) -> None:
    found = results.of(file)
    assert run in found, f"terraform test did not come to it: {found.get('')}"
    assert not found[run], "\n".join(found[run])


def _plan(root: Root, **variables: Any) -> str:
    with pytest.raises(LayoutsError) as raised:
        root.plan(variables)
    return str(raised.value)


def test_a_plan_lists_every_problem_of_the_declaration(root: Root) -> None:
    said = _plan(
        root,
        tables={
            "orders": {"hash_key": "id", "range_key": "id", "stream": "ALL"},
            "stock": {"hash_key": "id", "table_class": "CHEAP"},
        },
    )
    assert "3 problem(s) in tables:" in said
    assert '- table "orders", range_key: "id" is the hash key already;' in said
    assert '- table "orders", stream: "ALL" is no view of a change;' in said
    assert '- table "stock", table_class: "CHEAP" is no table class;' in said


def test_a_plan_lists_every_problem_of_the_values(root: Root) -> None:
    said = _plan(
        root,
        tables={
            "orders": {"name": "a b", "hash_key": "id"},
            "stock": {"hash_key": "id", "tags": {"aws:x": "y"}},
        },
    )
    assert "2 problem(s) in the values of tables:" in said
    assert '- table "orders", name: "a b" is no table name;' in said
    assert '- table "stock", tags: "aws:x" begins with "aws:"' in said
