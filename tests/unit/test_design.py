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


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (None, ['null is no table; write { hash_key = "pk" } or leave it out.']),
        ({"hash_key": None}, ["hash_key: null; write the attribute that is the partition key."]),
        (
            {"hash_key": "id", "indexes": {"by-day": None}},
            ["indexes.by-day: null is no index; write its keys, {} to have them derived, or leave it out."],
        ),
        (
            {"hash_key": "id", "local_indexes": {"by-day": None, "by-name": {"range_key": None}}},
            [
                'local_indexes.by-day: no range_key; write { range_key = "…" } or leave the index out.',
                'local_indexes.by-name: no range_key; write { range_key = "…" } or leave the index out.',
            ],
        ),
        (
            {"hash_key": "id", "replicas": {"eu-west-1": None}},
            ["replicas.eu-west-1: null is no replica; write {} or leave it out."],
        ),
    ],
)
def test_what_is_needed_is_not_null(root: Root, table: dict[str, Any] | None, said: list[str]) -> None:
    message = _plan(root, tables={"orders": table, "stock": {"hash_key": "id"}})
    assert [sentence for sentence in said if sentence not in message] == []
    assert 'table "orders"' in message


def test_null_is_what_is_left_out(root: Root) -> None:
    """Or a problem with a sentence; never an error of Terraform's own."""
    said = _plan(
        root,
        tables={
            "plain": {"hash_key": "id"}
            | dict.fromkeys(("indexes", "entities", "tags", "timeouts", "restore")),
            "orders": {
                "hash_key": "pk",
                "range_key": "sk",
                "attribute_types": {"pk": None},
                "indexes": {"gsi1": {"projection": "INCLUDE", "non_key_attributes": [None]}},
                "import": {"bucket": "a-bucket", "format": None, "csv": {"headers": [None]}},
            },
        },
    )
    assert "5 problem(s) in tables:" in said
    assert 'attribute_types.pk: "" is no type of a key' in said
    assert 'indexes.gsi1.non_key_attributes: "" has 0 characters' in said
    assert 'import.format: "" is no format of an import' in said
    assert 'import.csv: the format is ; leave csv out or write format = "CSV"' in said
    assert 'import.csv.headers: "" is no header' in said


def test_null_among_the_values_is_a_problem(root: Root) -> None:
    said = _plan(
        root,
        tables={
            "": {"hash_key": "id"},
            "orders": {
                "hash_key": "id",
                "kinesis_stream": {"arn": None},
                "resource_policy": {"json": None},
                "import": {"bucket": None, "format": "ION"},
            },
        },
    )
    assert "4 problem(s) in the values of tables:" in said
    assert 'table "", name: "" is no table name' in said
    assert 'kinesis_stream.arn: "" is no ARN of a Kinesis data stream' in said
    assert "resource_policy.json: this is not JSON" in said
    assert 'import.bucket: "" is no name of a bucket' in said
