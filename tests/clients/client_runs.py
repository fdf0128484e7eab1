"""What each client does to which example's table, and what came of it, as one document of JSON.

All is done at once and judged afterwards: an emulator and five tables are made for one document, and each
method still has an assertion of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import installed_clients

from dynamodb_layouts import emulators, terraform
from dynamodb_layouts.errors import LayoutsError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from dynamodb_layouts.emulators import Route

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
#: An account of its own for the tables that the guides' commands make: the examples' have the same names.
GUIDES_ACCOUNT = "111111111111"
#: Seconds that one command of a client gets.
PATIENCE = 120


@dataclass(frozen=True)
class Example:
    """A root module, and what it is applied with."""

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    targets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bench:
    """An applied example, and where."""

    environment: Mapping[str, str]
    outputs: Mapping[str, Any]
    route: Route
    scratch: Path

    @property
    def table(self) -> str:
        """The name of its only table."""
        (table,) = self.outputs["design"]["tables"].values()
        return str(table["name"])

    def described(self) -> Any:
        """Return what DescribeTable says of it, as JSON can carry it."""
        answer = self.route.client("dynamodb").describe_table(TableName=self.table)["Table"]
        return json.loads(json.dumps(answer, default=str))


EXAMPLES_USED = {
    "mastra": Example("mastra"),
    "mastra, layout guide": Example("mastra", {"layout": "guide", "name": "mastra-guide"}),
    "mana-memory": Example("mana-memory"),
    "ai-girlfriend": Example("ai-girlfriend"),
    # Its alarms are no client's affair here, and not every backend makes them.
    "makeriess": Example("makeriess", targets=("module.dynamodb",)),
}


def gather(runs: Collection[str], scratch: Path) -> dict[str, Any]:
    """Do the `runs` and return what came of each: its client's answers, why it was skipped, or an error."""
    found: dict[str, Any] = {}
    wanted: dict[str, list[str]] = {}
    no_node = installed_clients.unproven_without_node()
    for run, (example, work) in RUNS.items():
        if run not in runs:
            continue
        if no_node and work in IN_JAVASCRIPT:
            found[run] = {"skipped": no_node}
        else:
            wanted.setdefault(example, []).append(run)
    try:
        return found | (_on_an_emulator(wanted, scratch) if wanted else {})
    except LayoutsError as error:
        return found | {run: {"error": str(error)} for names in wanted.values() for run in names}


def _on_an_emulator(wanted: Mapping[str, list[str]], scratch: Path) -> dict[str, Any]:
    with ExitStack() as stack:
        pool = stack.enter_context(emulators.EmulatorPool())
        route = pool.route({"table"}, "localstack")
        session = stack.enter_context(terraform.Session(route.environment()))
        threads = stack.enter_context(ThreadPoolExecutor(terraform.parallelism()))

        def of_one(example: str) -> dict[str, Any]:
            used = EXAMPLES_USED[example]
            root = session.root(EXAMPLES / used.name)
            # Only the copy is removed. The table goes with the emulator, so no time is spent on a destroy.
            stack.callback(root.close)
            try:
                root.init()
                root.apply({**used.variables, "deletion_protection": False}, used.targets)
                bench = Bench(route.environment(), root.outputs(), route, scratch)
            except LayoutsError as error:
                return {run: {"error": str(error)} for run in wanted[example]}
            return {run: _of_one_run(RUNS[run][1], bench) for run in wanted[example]}

        found: dict[str, Any] = {}
        for of_example in threads.map(of_one, wanted):
            found |= of_example
        return found


def _of_one_run(work: Callable[[Bench], Any], bench: Bench) -> dict[str, Any]:
    try:
        return {"outputs": dict(bench.outputs), "answers": work(bench)}
    except (LayoutsError, subprocess.SubprocessError) as error:
        return {"error": str(error)}


def mastra_store(bench: Bench) -> Any:
    """Run every method of the store."""
    return _node(bench, "mastra.mjs", bench.table)


def mastra_scores(bench: Bench) -> Any:
    """Run the methods of the store's scores, and ask the table by one index that it lacks."""
    steps = _node(bench, "mastra.mjs", bench.table, "scores")
    client = bench.route.client("dynamodb")
    try:
        client.scan(TableName=bench.table, IndexName="gsi4")
    except client.exceptions.ClientError as error:
        return [*steps, {"step": "scan of gsi4", "error": error.response["Error"]["Message"]}]
    return steps


def sdk(bench: Bench) -> Any:
    """Run the guide's operations with the AWS SDK for JavaScript."""
    return _node(bench, "sdk.mjs", bench.table)


def mana_memory_commands(bench: Bench) -> Any:
    """Run the guide's commands: the one that makes a table in an account of its own, the others in turn."""
    guide = Guide(bench, "mana-memory")
    return {
        "create-table": guide.run("create-table", GUIDES_ACCOUNT),
        "describe-table": guide.run("describe-table"),
        "put-item": guide.run("put-item"),
        "get-item": guide.run("get-item"),
        "delete-item": guide.run("delete-item"),
        "left": bench.route.client("dynamodb").scan(TableName=bench.table)["Items"],
    }


def ai_girlfriend_commands(bench: Bench) -> Any:
    """Run the guide's commands, of which the one that makes the table is mended after it has failed."""
    guide = Guide(bench, "ai-girlfriend")
    as_written = guide["create-table"]
    # An on-demand table's indexes have no throughput of their own.
    mended = re.sub(
        r',\s*"ProvisionedThroughput": \{[^}]*\}', "", as_written.replace('"Keys"', '"KeySchema"')
    )
    return {
        "create-table": guide.execute(as_written, GUIDES_ACCOUNT),
        "create-table, mended": guide.execute(mended, GUIDES_ACCOUNT),
        "table": bench.described(),
        "put-item": guide.run("put-item"),
        "get-item": guide.run("get-item"),
        "query": guide.run("query"),
    }


def makeriess_commands(bench: Bench) -> Any:
    """Run the guide's command that makes the table."""
    guide = Guide(bench, "makeriess")
    return {
        "create-table": guide.run("create-table", GUIDES_ACCOUNT),
        "table": bench.described(),
    }


class Guide:
    """A guide's commands for the AWS CLI, run in a shell as a reader would paste them."""

    def __init__(self, bench: Bench, name: str) -> None:
        """Read `commands/<name>.sh`."""
        text = (HERE / "commands" / f"{name}.sh").read_text(encoding="utf-8")
        pieces = re.split(r"^#: (.+)\n", text, flags=re.MULTILINE)[1:]
        self._commands = dict(zip(pieces[::2], pieces[1::2], strict=True))
        self._environment = _environment(bench) | {
            "PATH": f"{installed_clients.aws_cli()}{os.pathsep}{os.environ['PATH']}",
            # A proxy cannot reach this machine's loopback address.
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
        }

    def __getitem__(self, name: str) -> str:
        """Return a command as the guide writes it."""
        return self._commands[name]

    def run(self, name: str, account: str | None = None) -> dict[str, Any]:
        """Run the command of that name."""
        return self.execute(self[name], account)

    def execute(self, command: str, account: str | None = None) -> dict[str, Any]:
        """Run a command and return its exit code, its answer and what it complained of."""
        credentials = {"AWS_ACCESS_KEY_ID": account} if account else {}
        done = subprocess.run(
            ["sh", "-c", command],
            env=self._environment | credentials,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        answer = json.loads(done.stdout) if done.stdout.strip() else None
        return {"code": done.returncode, "answer": answer, "complaint": done.stderr.strip()}


def _node(bench: Bench, script: str, *arguments: str) -> list[dict[str, Any]]:
    """Run a script and return the lines of JSON that it prints.

    Node.js looks for packages beside the script, so a copy of it stands beside a link to them.
    """
    place = Path(tempfile.mkdtemp(dir=bench.scratch))
    for file in HERE.glob("*.mjs"):
        shutil.copy(file, place)
    (place / "node_modules").symlink_to(installed_clients.node_modules())
    done = subprocess.run(
        ["node", script, *arguments],
        cwd=place,
        env=_environment(bench) | {"MASTRA_TELEMETRY_DISABLED": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise LayoutsError(f"{script} ended with {done.returncode}: {done.stderr[-2000:].strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _environment(bench: Bench) -> dict[str, str]:
    # No settings of the caller's: profiles, endpoints and certificates must not reach a client. Neither must
    # Python's: with PYTHONDONTWRITEBYTECODE the AWS CLI would compile itself at every command.
    callers = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return terraform.clean(callers, bench.environment)


IN_JAVASCRIPT = frozenset({mastra_store, mastra_scores, sdk})
#: By the name of a run: the example that it needs, and what is done with it.
RUNS: dict[str, tuple[str, Callable[[Bench], Any]]] = {
    "mastra store": ("mastra", mastra_store),
    "mastra scores on the guide's layout": ("mastra, layout guide", mastra_scores),
    "mana-memory commands": ("mana-memory", mana_memory_commands),
    "ai-girlfriend commands": ("ai-girlfriend", ai_girlfriend_commands),
    "makeriess commands": ("makeriess", makeriess_commands),
    "makeriess sdk": ("makeriess", sdk),
}
