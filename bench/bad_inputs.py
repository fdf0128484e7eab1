"""Measures where bad inputs are caught: by this module, the AWS provider alone, and two other modules.

Each input of `bad_input_cases.py` is written in each product's words, validated, planned, and, where both let
it pass, applied on emulators and planned again. What came of it is the page `docs/bad-inputs.md`.

    python bench/bad_inputs.py                    # clones the other modules; about fifteen minutes
    python bench/bad_inputs.py --peers FOLDER     # takes the other modules' sources from FOLDER
    python bench/bad_inputs.py --json FILE --product ours   # measures some of it anew, the rest is FILE's
    python bench/bad_inputs.py --product ours --case 51-tags    # prints it, and writes no page

FOLDER has a folder for each repository of PEERS, checked out at its tag.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

sys.path.insert(0, str(Path(__file__).parent))
from bad_input_cases import CASES, MISSED, REGION, Case, Table
from bad_input_products import PRODUCTS, CannotBeSaidError

from dynamodb_layouts import cache, emulators, terraform
from dynamodb_layouts.emulators.routing import route
from dynamodb_layouts.errors import CannotRunError, LayoutsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dynamodb_layouts.emulators.routing import Route

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENT = REPOSITORY / "docs/bad-inputs.md"
#: The other modules and what they are made of: owner, which names the product too, repository, tag.
PEERS = (
    ("terraform-aws-modules", "terraform-aws-dynamodb-table", "v4.4.0"),
    ("cloudposse", "terraform-aws-dynamodb", "v0.37.0"),
    ("cloudposse", "terraform-aws-dynamodb-autoscaler", "v0.16.0"),
    ("cloudposse", "terraform-null-label", "0.25.0"),
)
COLUMNS = {
    "ours": "This module",
    "provider": "AWS provider {provider} alone",
    "terraform-aws-modules": "terraform-aws-modules/dynamodb-table 4.4.0",
    "cloudposse": "cloudposse/dynamodb 0.37.0",
}
NAMES = {"localstack": "LocalStack", "ministack": "ministack", "moto": "moto"}
#: Seconds that one `terraform apply` may take before it counts as neither accepted nor refused.
PATIENCE = 20.0
# What a backend says that does not have what it is asked for; that says nothing of the input.
_UNABLE = re.compile(
    r"UnknownOperation|not (?:yet )?(?:been )?(?:emulated|implemented)|Internal(Failure|Error)|had not ended"
    r"|NotFound"
)
# An answer of the backend; without one, the provider has refused by itself.
_ANSWERED = re.compile(r"StatusCode: \d+|api error")
_VERSIONS = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "{version}" }
  }
}
"""
# A module of the registry is taken from the folder beside. The null provider, which only carries names here,
# is replaced by what Terraform has itself.
_LOCAL = [
    (r'source\s*=\s*"cloudposse/label/null"\s*\n\s*version\s*=.*', 'source = "../terraform-null-label"'),
    (
        r'source\s*=\s*"cloudposse/dynamodb-autoscaler/aws"\s*\n\s*version\s*=.*',
        'source = "../terraform-aws-dynamodb-autoscaler"',
    ),
    (r"(?s)\n\s*null\s*=\s*\{[^}]*\}", ""),
    (r'resource "null_resource"', 'resource "terraform_data"'),
    (r"\btriggers = \{", "input = {"),
    (r"null_resource\.(\w+)\[\*\]\.triggers", r"terraform_data.\1[*].input"),
]


class Products:
    """A root module for each product in a scratch folder, made once and told of one input after the other."""

    def __init__(self, sources: dict[str, Path], version: str, pool: emulators.EmulatorPool) -> None:
        """Copy what the products are made of; `version` is the AWS provider's."""
        self._scratch = Path(tempfile.mkdtemp(prefix="dynamodb-layouts-bad-"))
        self._version = version
        self._pool = pool
        self._sessions: dict[str, terraform.Session] = {}
        self._roots: dict[tuple[str, str], terraform.Root] = {}
        self._usual: dict[tuple[str, str], set[str]] = {}
        _copy_ours(self._scratch / "ours")
        for name, source in sources.items():
            shutil.copytree(
                source, self._scratch / name, ignore=shutil.ignore_patterns(".git", "examples", "test")
            )
            _make_local(self._scratch / name)

    def __enter__(self) -> Self:
        """Return the products themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the providers and remove the folders; what was applied ends with the emulators."""
        for root in self._roots.values():
            root.close()
        for session in self._sessions.values():
            session.__exit__(None, None, None)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def root(self, product: str, backend: str, text: str) -> terraform.Root:
        """Return the product's root module at a backend, with `text` for its content and nothing applied."""
        if (product, backend) not in self._roots:
            folder = self._scratch / "roots" / product
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "main.tf").write_text(text)
            (folder / "versions.tf").write_text(_VERSIONS.replace("{version}", self._version))
            root = self._session(backend).root(folder)
            root.init()
            self._roots[product, backend] = root
        root = self._roots[product, backend]
        (root.folder / "main.tf").write_text(text)
        for state in root.folder.glob("terraform.tfstate*"):
            state.unlink()
        root.token = terraform.CancelToken(grace=5)
        return root

    def usual_drift(self, product: str, backend: str) -> set[str]:
        """Return what a plan of a table with nothing wrong would change, once it is applied at a backend."""
        if (product, backend) not in self._usual:
            root = self.root(product, backend, PRODUCTS[product](Table(), f"usual-{product}"))
            root.plan({})
            root.apply_planned()
            self._usual[product, backend] = _drift(root)
        return self._usual[product, backend]

    def _session(self, backend: str) -> terraform.Session:
        if backend not in self._sessions:
            # Only moto has Application Auto Scaling.
            way = route({"autoscaling"}, self._pool.get(backend), self._pool.get)
            _make_source(way)
            self._sessions[backend] = terraform.Session(way.environment())
        return self._sessions[backend]


def _copy_ours(place: Path) -> None:
    place.mkdir()
    for file in REPOSITORY.glob("*.tf"):
        shutil.copy2(file, place)
    shutil.copytree(
        REPOSITORY / "modules", place / "modules", ignore=shutil.ignore_patterns("tests", ".terraform*")
    )


def _make_local(module: Path) -> None:
    for file in module.glob("*.tf"):
        text = file.read_text()
        for pattern, replacement in _LOCAL:
            text = re.sub(pattern, replacement, text)
        file.write_text(text)


def _make_source(way: Route) -> None:
    """Make the table that restores are from: that there is none is not the mistake they make."""
    client = way.client("dynamodb")
    client.create_table(
        TableName="orders",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName="orders", WaiterConfig={"Delay": 1})
    client.update_continuous_backups(
        TableName="orders", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )


def judge(products: Products, product: str, case: Case) -> dict[str, Any]:
    """Return where a product catches a bad input: `at`, what was `said`, and of an apply the `backend`.

    `at` is "cannot be said", "validate", "plan", "provider" or "apply" (who refused in an apply: the provider
    or the backend), or "accepted", by all of `backend` and with the `drift` that the next plan has.
    """
    name = f"{case.name}-{product}"
    try:
        text = PRODUCTS[product](case.table, name)
    except CannotBeSaidError as error:
        return {"at": "cannot be said", "said": str(error)}
    accepted: list[str] = []
    unable: list[str] = []
    drift: list[str] = []
    for number, backend in enumerate(case.backends):
        root = products.root(product, backend, text)
        if refused := _before_apply(root):
            if number:
                raise CannotRunError(
                    f"{name}: refused at {backend} alone: {refused['said']}", "look at the case"
                )
            return refused
        try:
            _apply(root)
        except LayoutsError as error:
            said = _one_line(error.what)
            if _UNABLE.search(error.what):
                unable.append(f"{backend}: {said}")
                continue
            at = "apply" if _ANSWERED.search(error.what) else "provider"
            return {"at": at, "backend": backend, "said": said}
        accepted.append(backend)
        if case.aws != "refuses":
            drift = sorted(_drift(root) - products.usual_drift(product, backend))
            break
    found = {"at": "accepted", "backend": ", ".join(accepted), "drift": drift}
    return found | ({"unable": unable} if unable else {})


def _before_apply(root: terraform.Root) -> dict[str, Any] | None:
    if found := root.validate():
        return {"at": "validate", "said": _one_line(found[0])}
    try:
        root.plan({})
    except CannotRunError:
        raise
    except LayoutsError as error:
        return {"at": "plan", "said": _one_line(error.what)}
    return None


def _apply(root: terraform.Root) -> None:
    timer = threading.Timer(PATIENCE, root.token.cancel)
    timer.start()
    try:
        root.apply_planned()
    except terraform.CancelledError as error:
        # The table was taken, and something about it never comes to rest.
        raise LayoutsError(f"the apply had not ended after {PATIENCE:.0f} s") from error
    finally:
        timer.cancel()


def _drift(root: terraform.Root) -> set[str]:
    return {f"{found.address.split('.')[-1]}.{found.attribute}" for found in root.plan().drift()}


def _one_line(text: str) -> str:
    said = " ".join(text.split())
    said = re.sub(r"^terraform \w+ of \S+ failed: ", "", said)
    said = re.sub(r"https?://127\.0\.0\.1:\d+", "the endpoint", said)
    said = re.sub(r"RequestID: \S+|[0-9a-f]{8}-[0-9a-f-]{27,}", "…", said)
    limit = 300
    return said if len(said) <= limit else said[:limit].rsplit(" ", 1)[0] + " …"


def sources(folder: Path | None, products: Collection[str]) -> dict[str, Path]:
    """Return the folders of the products' repositories: those in `folder`, else clones kept in the cache.

    Raises `CannotRunError` when one is missing or cannot be cloned.
    """
    found = {}
    for owner, repository, tag in (peer for peer in PEERS if peer[0] in products):
        place = folder / repository if folder else cache.home() / "peers" / f"{repository}-{tag}"
        if not folder and not (place / "main.tf").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            url = f"https://github.com/{owner}/{repository}"
            command = ["git", "clone", "--quiet", "--depth", "1", "--branch", tag, url, str(place)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                raise CannotRunError(
                    f"could not clone {url} at {tag}: {done.stderr.strip()}",
                    "check the network, or give the sources with --peers",
                )
        if not (place / "main.tf").exists():
            raise CannotRunError(f"{place} holds no module", f"put {owner}/{repository} at {tag} there")
        found[repository] = place
    return found


def measure(
    peers: Path | None, cases: list[Case], names: list[str], console: Console
) -> Iterator[dict[str, Any]]:
    """Yield what came of the inputs in the products, with versions: more of it with every input."""
    installation, binary = terraform.find_installation(), terraform.find_terraform()
    version = terraform.provider(installation, binary).version
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        emulators.EmulatorPool() as pool,
        Products(sources(peers, names), version, pool) as products,
        Progress(*columns, console=console) as progress,
    ):
        task = progress.add_task("bad inputs", total=len(cases) * len(names))
        for case in cases:
            results: dict[str, Any] = {}
            for product in names:
                progress.update(task, description=f"{case.name}, {product}")
                began = time.monotonic()
                found = judge(products, product, case)
                results[product] = found
                progress.advance(task)
                if not console.is_terminal:
                    seconds = time.monotonic() - began
                    console.print(
                        f"{case.name} {product} {seconds:.1f} s {json.dumps(found)}", soft_wrap=True
                    )
            yield {
                "date": dt.datetime.now(dt.UTC).date().isoformat(),
                "terraform": str(binary.version),
                "provider": version,
                "backends": {name: str(pool.get(name)) for name in case.backends},
                "results": {case.name: results},
            }


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return the new document with the old one's results where it has none."""
    cases = [case.name for case in CASES if case.name in old["results"] or case.name in new["results"]]
    results = {name: old["results"].get(name, {}) | new["results"].get(name, {}) for name in cases}
    return new | {"backends": old["backends"] | new["backends"], "results": results}


def write_page(document: dict[str, Any]) -> str:
    """Return `docs/bad-inputs.md`."""
    titles = [title.format(provider=document["provider"]) for title in COLUMNS.values()]
    measured = [f"Terraform {document['terraform']}", f"AWS provider {document['provider']}"]
    lines = [
        "# Where a bad input is caught",
        "",
        "<!-- Written by bench/bad_inputs.py; do not edit. -->",
        "",
        f"Measured on {document['date']} by `python bench/bad_inputs.py` with",
        f"{', '.join([*measured, *document['backends'].values()])}, in {REGION}.",
        "",
        "Each input was written in the words of each product, as literals, and validated, planned and",
        "applied as far as it went.",
        "",
        "- **validate**: `terraform validate` refuses it, before anything is asked of AWS.",
        "- **plan**: the plan refuses it.",
        "- **apply**: the plan lets it pass, and the apply fails: because the provider or the emulator that",
        "  is named refuses it, or, where AWS documents that it does, though each emulator that is named",
        "  accepts it. That they do is no proof that AWS would.",
        "- **nowhere**: nobody refuses it. What comes of it is said.",
        "- **unclear**: the emulators that are named accept it, and AWS documents no answer.",
        "- *cannot be said*: the product has no words for it, so the mistake cannot be made.",
        "",
        "To be fair: the inputs were chosen from the shapes of the API and from what this module checks, by",
        "those who wrote it. The other modules leave checks to the provider, which is a choice.",
        "",
        f"| Bad input | {' | '.join(titles)} | Source of the limit |",
        f"|---|{'---|' * len(titles)}---|",
    ]
    rows = []
    for case in CASES:
        found = document["results"][case.name]
        rows.append([_cell(found[product], case, product) for product in COLUMNS])
        lines.append(f"| {case.what} | {' | '.join(rows[-1])} | {case.source} |")
    lines += ["", "## In numbers", "", *_numbers(rows, titles)]
    lines += [
        "",
        "## What this module lets pass",
        "",
        *(f"- {_what(name)}: {why}." for name, why in MISSED.items()),
        "",
        "## How the others were run",
        "",
        "The provider alone is one `aws_dynamodb_table`, with what hangs on it as resources of their own.",
        "terraform-aws-modules' newer major version, 5, wants AWS provider 6; 4.4.0 is the last before it.",
        "The modules are these, in a copy whose registry sources point to one another's folders;",
        "cloudposse's `null_resource`, which only carries the names of indexes, is `terraform_data` there:",
        "",
        *(
            f"- [{owner}/{name} {tag}](https://github.com/{owner}/{name}/tree/{tag})"
            for owner, name, tag in PEERS
        ),
        "",
    ]
    return "\n".join(lines)


def _what(name: str) -> str:
    return next(case.what for case in CASES if case.name == name)


def _cell(found: dict[str, Any], case: Case, product: str) -> str:
    backends = _listed([NAMES[name] for name in found.get("backend", "").split(", ") if name])
    if found["at"] == "provider":
        return "apply (the provider refused)"
    if found["at"] == "apply":
        return f"apply ({backends} refused)"
    if found["at"] == "accepted":
        return _accepted(found, case, product, backends)
    return {"cannot be said": "*cannot be said*"}.get(found["at"], found["at"])


def _accepted(found: dict[str, Any], case: Case, product: str, backends: str) -> str:
    if product in case.taken:
        return f"nowhere: {case.taken[product]}"
    if not backends:
        return f"apply ({'AWS documents it; ' if case.aws == 'refuses' else ''}no emulator can tell)"
    if case.aws == "refuses":
        return f"apply (AWS documents it; {backends} accepted)"
    if found["drift"]:
        return "nowhere: every plan has a change"
    silent = {
        "differs": f"every plan on AWS has a change (none on {backends})",
        "ignores": "taken in silence",
    }
    if case.aws == "unsaid":
        return f"unclear: {backends} accepted, AWS documents no answer"
    return f"nowhere: {silent[case.aws]}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _numbers(cells: list[list[str]], titles: list[str]) -> list[str]:
    """Return how many cells of each column begin with each word."""
    words = {
        "validate": "validate",
        "plan": "plan",
        "apply": "apply",
        "nowhere": "nowhere",
        "unclear": "unclear",
        "cannot be said": "*",
    }
    return [
        f"| | {' | '.join(titles)} |",
        f"|---|{'---:|' * len(titles)}",
        *(f"| {word} | {' | '.join(_counts(cells, begin))} |" for word, begin in words.items()),
    ]


def _counts(cells: list[list[str]], begin: str) -> list[str]:
    return [str(sum(cell.startswith(begin) for cell in column)) for column in zip(*cells, strict=True)]


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--peers", type=Path, help="folder with the other modules' sources; cloned if not given"
    )
    parser.add_argument("--case", action="append", choices=[case.name for case in CASES], help="default: all")
    parser.add_argument("--product", action="append", choices=list(PRODUCTS), help="default: all")
    parser.add_argument("--json", type=Path, help="file of raw results: read if it exists, and written")
    parser.add_argument("--page-only", type=Path, metavar="JSON", help="write the page from raw results")
    options = parser.parse_args()
    console = Console(stderr=True)
    try:
        if options.page_only:
            DOCUMENT.write_text(write_page(json.loads(options.page_only.read_text())))
            return
        cases = [case for case in CASES if not options.case or case.name in options.case]
        document: dict[str, Any] = {"backends": {}, "results": {}}
        if options.json and options.json.exists():
            document = json.loads(options.json.read_text())
        for more in measure(options.peers, cases, options.product or list(PRODUCTS), console):
            document = _merged(document, more)
            if options.json:
                options.json.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    except LayoutsError as error:
        console.print(f"error: {error}", markup=False)
        sys.exit(error.exit_code)
    if (options.case or options.product) and not options.json:
        print(json.dumps(document["results"], indent=2, ensure_ascii=False))
        return
    DOCUMENT.write_text(write_page(document))


if __name__ == "__main__":
    main()
