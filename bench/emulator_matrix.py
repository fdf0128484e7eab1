"""Measures what each emulator can do, with Terraform and the AWS provider.

Each folder under `emulator_matrix/` is the root module of one capability. On every backend it is applied with
one set of variables after the other, planned again after each, and checked through the API. The results go
into `capabilities.json`, which the harness reads, and `docs/emulator-matrix.md`, which people do.

    python bench/emulator_matrix.py                       # all of it, about ten minutes
    python bench/emulator_matrix.py moto -c ttl -c tags   # some of it, the rest stays as it was
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError, WaiterError

sys.path.insert(0, str(Path(__file__).parent))
import emulator_checks as checks

from dynamodb_layouts import emulators, terraform
from dynamodb_layouts.emulators import capabilities, routing
from dynamodb_layouts.errors import LayoutsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dynamodb_layouts.emulators import Emulator
    from dynamodb_layouts.emulators.routing import Route

HERE = Path(__file__).parent
ROOTS = HERE / "emulator_matrix"
DATA = HERE.parent / "src/dynamodb_layouts/emulators/capabilities.json"
DOCUMENT = HERE.parent / "docs/emulator-matrix.md"
#: Seconds that one `terraform apply` may take before it counts as failed.
PATIENCE = 150.0
#: Seconds from which the page says that a capability is slow.
SLOW = 15.0
#: What is measured with each backend as the primary and the services that it lacks sent elsewhere.
ROUTED = ("autoscaling", "alarms", "alarm_tags", "dashboard", "iam", "backup")


@dataclass(frozen=True)
class Case:
    """A capability: the variables of each apply, and the check after it."""

    check: Callable[[Any, dict[str, Any]], str | None]
    steps: list[dict[str, Any]] = field(default_factory=lambda: [{}])


CASES: dict[str, Case] = {
    "table": Case(checks.table),
    "gsi_updates": Case(
        checks.gsi_updates,
        [
            {"indexes": {"one": "ALL"}},
            {"indexes": {"one": "ALL", "two": "ALL"}},
            {"indexes": {"one": "ALL", "two": "ALL", "three": "KEYS_ONLY", "four": "ALL"}},
            {"indexes": {"one": "KEYS_ONLY", "two": "ALL", "three": "KEYS_ONLY", "four": "ALL"}},
            {"indexes": {"one": "KEYS_ONLY", "two": "ALL"}},
            {"indexes": {}},
        ],
    ),
    "ttl": Case(checks.ttl, [{"enabled": True}, {"enabled": False}, {"enabled": True}]),
    "pitr": Case(checks.pitr, [{"enabled": True}, {"enabled": False}, {"enabled": True}]),
    "pitr_days": Case(checks.pitr_days, [{"days": 7}, {"days": 14}]),
    "sse": Case(checks.sse),
    "cmk": Case(checks.cmk),
    "sse_update": Case(
        checks.sse_update, [{"key": "owned"}, {"key": "aws"}, {"key": "customer"}, {"key": "owned"}]
    ),
    "stream": Case(checks.stream),
    "stream_update": Case(
        checks.stream_update,
        [{"view": view} for view in ("", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "", "NEW_IMAGE")],
    ),
    "tags": Case(checks.tags, [{"tags": {"a": "1"}}, {"tags": {"a": "2", "b": "3"}}, {"tags": {}}]),
    "table_class": Case(
        checks.table_class,
        [{"class": name} for name in ("STANDARD", "STANDARD_INFREQUENT_ACCESS", "STANDARD")],
    ),
    "provisioned": Case(checks.capacity, [{"capacity": 0}, {"capacity": 5}, {"capacity": 7}]),
    "to_on_demand_with_index": Case(checks.capacity, [{"capacity": 5}, {"capacity": 0}]),
    "on_demand_throughput": Case(checks.on_demand_throughput, [{"units": 10}, {"units": 20}]),
    "on_demand_throughput_index": Case(checks.on_demand_throughput_index, [{"units": 10}, {"units": 20}]),
    "replicas": Case(
        checks.replicas, [{"regions": ["eu-west-1"]}, {"regions": []}, {"regions": ["eu-west-1"]}]
    ),
    "contributor_insights": Case(checks.contributor_insights),
    "resource_policy": Case(checks.resource_policy),
    "kinesis": Case(checks.kinesis),
    "autoscaling": Case(checks.autoscaling),
    "alarms": Case(checks.alarms),
    "alarm_tags": Case(checks.alarm_tags),
    "dashboard": Case(checks.dashboard),
    "iam": Case(checks.iam),
    "backup": Case(checks.backup),
    "import": Case(checks.imported),
    "export": Case(checks.exported),
    "restore": Case(checks.restored, [{"restored": False}, {"restored": True}]),
    "deletion_protection": Case(checks.deletion_protection, [{"enabled": True}, {"enabled": False}]),
    "cloudformation": Case(checks.cloudformation),
}


class Bench:
    """A backend with warm providers, started anew when a capability has left something behind."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._installation = terraform.find_installation()
        self._binary = terraform.provider(self._installation, terraform.find_terraform())
        self._others = emulators.EmulatorPool()
        self._start()

    @property
    def provider(self) -> str:
        return self._binary.version

    def _start(self) -> None:
        began = time.monotonic()
        self.emulator: Emulator = emulators.start(self.name)
        self.seconds = time.monotonic() - began
        self._providers: dict[str, terraform.ProviderPool] = {}

    def close(self) -> None:
        for pool in self._providers.values():
            pool.close()
        self.emulator.stop()

    def end(self) -> None:
        self.close()
        self._others.close()

    def measure(self, capability: str, way: Route | Emulator | None = None) -> dict[str, Any]:
        """Return the entry of one capability."""
        way = way or self.emulator
        case = CASES[capability]
        drift: list[str] = []
        notes: list[str] = []
        began = time.monotonic()
        root = self._root(ROOTS / capability, way.environment())
        left_behind = False
        variables: dict[str, Any] = {}
        entry: dict[str, Any]
        try:
            root.init()
            for variables in case.steps:
                _apply(root, variables)
                found = [_path(found.address, found.attribute) for found in root.plan().drift()]
                drift += found
                try:
                    note = case.check(way, variables)
                except checks.NotSoError as error:
                    # What the second plan shows, Terraform's user sees; else it would go unnoticed.
                    if not found:
                        raise
                    note = str(error)
                if note:
                    notes.append(note)
            entry = {"status": "drifts" if drift else "works"}
        except (LayoutsError, checks.NotSoError, BotoCoreError, ClientError, WaiterError) as error:
            step = f"{json.dumps(variables)}: " if len(case.steps) > 1 else ""
            entry = {"status": "fails"}
            notes = [step + _first_cause(error)]
        finally:
            left_behind = not _destroyed(root)
        if left_behind:
            self.close()
            self._start()
        entry |= {"drift": sorted(set(drift))} if drift and entry["status"] == "drifts" else {}
        seconds = time.monotonic() - began
        if seconds > SLOW:
            notes.append(f"slow, about {max(1, round(seconds / 10)) * 10} s")
        entry |= {"note": "; ".join(dict.fromkeys(notes))} if notes else {}
        return entry | {"seconds": round(seconds, 1)}

    def routed(self, capability: str) -> dict[str, Any]:
        """Return the entry of one capability with what this backend lacks sent elsewhere, and where to."""
        way = routing.route({capability}, self.emulator, self._others.get)
        answered = way.backend_of(capabilities.SERVICES[capability])  # type: ignore[index]
        entry = self.measure(capability, way)
        return {"by": answered.kind} | entry

    def _root(self, path: Path, environment: dict[str, str]) -> terraform.Root:
        key = json.dumps(environment, sort_keys=True)
        if key not in self._providers:
            complete = terraform.clean(os.environ, environment)
            self._providers[key] = terraform.ProviderPool(self._binary, complete)
        return terraform.Root(
            path,
            extra=environment,
            providers=self._providers[key],
            installation=self._installation,
            token=terraform.CancelToken(grace=5),
        )


def _apply(root: terraform.Root, variables: dict[str, Any]) -> None:
    timer = threading.Timer(PATIENCE, root.token.cancel)
    timer.start()
    try:
        root.apply(variables)
    except terraform.CancelledError as error:
        raise LayoutsError(f"the apply had not ended after {PATIENCE:.0f} s") from error
    finally:
        timer.cancel()


def _destroyed(root: terraform.Root) -> bool:
    """Say whether nothing is left; what a failed apply has half made may be beyond a destroy."""
    timer = threading.Timer(PATIENCE, root.token.kill)
    timer.start()
    try:
        root.destroy()
    except LayoutsError:
        return False
    finally:
        timer.cancel()
        root.close()
    return True


def _path(address: str, attribute: str) -> str:
    return f"{address.split('.', 1)[0]}.{attribute}"


def _first_cause(error: Exception) -> str:
    text = " ".join(str(error).split())
    for pattern in (r"api error (.*)", r"StatusCode: \d+, (?:RequestID: [^,]*, )?(.*)", r"failed: (.*)"):
        if match := re.search(pattern, text):
            text = match[1]
    # Identifiers and ports differ from run to run.
    text = re.sub(r"https?://127\.0\.0\.1:\d+", "the endpoint", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27,}", "…", text)
    limit = 160
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def measure(backends: Iterable[str], names: list[str]) -> dict[str, Any]:
    """Return the document with the given capabilities measured anew on the given backends."""
    document: dict[str, Any] = {"backends": {}}
    with contextlib.suppress(OSError):
        document = json.loads(DATA.read_text())
    for backend in backends:
        bench = Bench(backend)
        try:
            held = document["backends"].setdefault(backend, {"capabilities": {}})
            held |= {"version": bench.emulator.version, "how": bench.emulator.how}
            print(f"{bench.emulator}, first answer after {bench.seconds:.1f} s", flush=True)
            for capability in names:
                entry = bench.measure(capability)
                print(f"  {capability:25}{json.dumps(entry)}", flush=True)
                del entry["seconds"]
                held["capabilities"][capability] = entry
                _write(document)
        finally:
            bench.end()
        document["provider"] = bench.provider
        document["terraform"] = str(terraform.find_terraform().version)
    return document


def measure_routes(document: dict[str, Any], backends: Iterable[str], names: list[str]) -> None:
    """Measure what `route` sends elsewhere, once it can be known what that is."""
    _write(document)
    capabilities.document.cache_clear()
    capabilities.table.cache_clear()
    for backend in backends:
        bench = Bench(backend)
        try:
            for capability in (name for name in ROUTED if name in names):
                entry = bench.routed(capability)
                print(f"  {backend}, routed: {capability:10} {json.dumps(entry)}", flush=True)
                del entry["seconds"]
                document["backends"][backend].setdefault("routed", {})[capability] = entry
        finally:
            bench.end()
    _write(document)


def _write(document: dict[str, Any]) -> None:
    order = {name: number for number, name in enumerate(capabilities.CAPABILITIES)}
    for held in document["backends"].values():
        for part in ("capabilities", "routed"):
            if part in held:
                held[part] = dict(sorted(held[part].items(), key=lambda item: order[item[0]]))
    DATA.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def write_page(document: dict[str, Any]) -> str:
    """Return `docs/emulator-matrix.md`."""
    names = {"localstack": "LocalStack", "ministack": "ministack", "moto": "moto"}
    backends = [name for name in names if name in document["backends"]]
    versions = ", ".join(
        f"{names[name]} {document['backends'][name]['version']} ({document['backends'][name]['how']})"
        for name in backends
    )
    lines = [
        "# What each emulator can do",
        "",
        "<!-- Written by bench/emulator_matrix.py; do not edit. -->",
        "",
        f"Measured with Terraform {document['terraform']}, AWS provider {document['provider']},",
        f"{versions}.",
        "",
        "Each line is a root module in `bench/emulator_matrix/`: applied in every state it has, planned",
        "again after each, and checked through the API.",
        "",
        "- **yes**: the second plan is empty, and the API shows what was declared.",
        "- **drift**: applied, but the second plan is not empty. Where is said in the note.",
        "- **no**: an apply failed, or the API shows something else while the second plan is empty.",
        "",
        "The harness reads the same figures, from `src/dynamodb_layouts/emulators/capabilities.json`. What",
        "drifts or fails here is the backend's doing.",
        "",
        f"| capability | {' | '.join(names[name] for name in backends)} |",
        f"|---|{'---|' * len(backends)}",
    ]
    notes: list[str] = []
    for capability in capabilities.CAPABILITIES:
        cells = [
            _cell(document["backends"][name]["capabilities"].get(capability), notes) for name in backends
        ]
        lines.append(f"| `{capability}` | {' | '.join(cells)} |")
    lines += [
        "",
        "## With services sent elsewhere",
        "",
        "DynamoDB and all that is bound to its tables runs on the backend of the column. A service that the",
        "backend does not do is sent to another one by a variable of its own, such as",
        "`AWS_ENDPOINT_URL_CLOUDWATCH`; its name is given.",
        "",
        f"| capability | {' | '.join(names[name] for name in backends)} |",
        f"|---|{'---|' * len(backends)}",
    ]
    for capability in ROUTED:
        cells = []
        for name in backends:
            entry = document["backends"][name].get("routed", {}).get(capability)
            where = f" ({names[entry['by']]})" if entry and entry["by"] != name else ""
            cells.append(_cell(entry, notes) + where)
        lines.append(f"| `{capability}` | {' | '.join(cells)} |")
    return "\n".join([*lines, "", "## Notes", "", *notes, ""])


def _cell(entry: dict[str, Any] | None, notes: list[str]) -> str:
    if entry is None:
        return "not measured"
    word = {"works": "yes", "drifts": "drift", "fails": "no"}[entry["status"]]
    said = [f"`{path}`" for path in entry.get("drift", ())] + ([entry["note"]] if "note" in entry else [])
    if not said:
        return word
    text = " · ".join(said).replace("|", "\\|")
    number = next((at for at, note in enumerate(notes, 1) if note == f"{at}. {text}"), 0)
    if not number:
        number = len(notes) + 1
        notes.append(f"{number}. {text}")
    return f"{word}<sup>{number}</sup>"


def main() -> None:
    """Measure, and write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("backend", nargs="*", help="localstack, ministack, moto (default: all)")
    parser.add_argument("-c", "--capability", action="append", choices=list(CASES), help="default: all")
    parser.add_argument("--page-only", action="store_true", help="write the page from the figures there are")
    arguments = parser.parse_args()
    if arguments.page_only:
        document = json.loads(DATA.read_text())
    else:
        backends = arguments.backend or list(capabilities.BACKENDS)
        names = arguments.capability or list(CASES)
        document = measure(backends, names)
        measure_routes(document, backends, names)
    DOCUMENT.write_text(write_page(document))


if __name__ == "__main__":
    main()
