"""Measures how long five root modules take from init to destroy, by several ways of running Terraform.

    python bench/warm_provider.py [--rounds 2] [--json]

Every way does the same for each root: init, apply, outputs, a second plan that refreshes and must be empty,
destroy. All run in one go against one emulator (`AWS_ENDPOINT_URL`, else ministack), so that the ratios hold
on any machine; of several rounds, the fastest counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import tftest

from dynamodb_layouts import emulators
from dynamodb_layouts.terraform import (
    ProviderPool,
    Root,
    clean,
    find_installation,
    find_terraform,
    provider,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = Path(__file__).with_name("table")
NAMES = ("mastra", "memory", "girlfriend", "server", "makeriess")


class Bench:
    """The ways to be measured, against one emulator."""

    def __init__(self, extra: dict[str, str]) -> None:
        self.extra = extra
        self.terraform = find_terraform()
        self.installation = find_installation()
        self.binary = provider(self.installation, self.terraform)
        self.environment = clean(os.environ, {**self.installation.environment, **extra})

    def plain(self) -> None:
        """Plain tftest: every command starts the provider."""
        for name in NAMES:
            self._tftest(name, {})

    def warm(self) -> None:
        """Plain tftest with a warm provider, which sends its whole schema."""
        with ProviderPool(self.binary, self.environment) as pool:
            for name in NAMES:
                with pool.lease("a measurement") as lent:
                    self._tftest(name, lent.environment(lent.types))

    def roots(self, parallel: int) -> None:
        """Run the harness's own way, `parallel` roots at a time."""
        with ProviderPool(self.binary, self.environment) as pool, ThreadPoolExecutor(parallel) as threads:
            list(threads.map(lambda name: self._root(TABLE, pool, {"name": name}), NAMES))

    def combined(self) -> None:
        """Run one root that calls all five as modules: faster, but they are no longer judged one by one."""
        with (
            tempfile.TemporaryDirectory() as scratch,
            ProviderPool(self.binary, self.environment) as pool,
        ):
            calls = (
                f'module "{name}" {{\n  source = "../table"\n  name   = "{name}"\n}}\n' for name in NAMES
            )
            shutil.copytree(TABLE, Path(scratch, "table"))
            Path(scratch, "all").mkdir()
            Path(scratch, "all/main.tf").write_text("".join(calls))
            self._root(Path(scratch, "all"), pool, {})

    def _tftest(self, name: str, more: dict[str, str]) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            folder = shutil.copytree(TABLE, Path(scratch, name))
            test = tftest.TerraformTest(str(folder), binary=str(self.terraform.path))
            test.env = self.environment | more
            test.init()
            test.apply(tf_vars={"name": name})
            test.output()
            if "No changes." not in test.plan(tf_vars={"name": name}):
                raise SystemExit(f"the second plan of {name} is not empty")
            test.destroy(tf_vars={"name": name})

    def _root(self, path: Path, pool: ProviderPool, variables: dict[str, str]) -> None:
        options = {"terraform": self.terraform, "installation": self.installation}
        with Root(path, extra=self.extra, providers=pool, **options) as root:
            root.init()
            root.apply(variables)
            root.outputs()
            if not root.plan().empty:
                raise SystemExit(f"the second plan of {path} is not empty")
            root.destroy()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with emulators.start("ministack") as emulator:
        bench = Bench(emulator.environment())
        ways: dict[str, Callable[[], None]] = {
            "plain tftest": bench.plain,
            "warm provider": bench.warm,
            "warm, schema cut, 1 root at a time": lambda: bench.roots(1),
            "warm, schema cut, 2 roots at a time": lambda: bench.roots(2),
            "warm, schema cut, 3 roots at a time": lambda: bench.roots(3),
            "warm, schema cut, 4 roots at a time": lambda: bench.roots(4),
            "warm, schema cut, one root of all": bench.combined,
        }
        seconds = {name: min(_timed(way) for _ in range(options.rounds)) for name, way in ways.items()}
    whole = seconds["plain tftest"]
    if options.json:
        print(json.dumps({"backend": str(emulator), "seconds": seconds}))
        return
    print(f"five roots on {emulator}, AWS provider {bench.binary.version}")
    for name, taken in seconds.items():
        print(f"{taken:7.1f} s  {taken / whole:4.0%}  {name}")


def _timed(way: Callable[[], None]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
