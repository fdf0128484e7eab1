"""Measures how long the five example systems take to be proved, against plain tftest that proves nothing.

    python bench/verify.py [--backend ministack] [--rounds 2]

Plain is what tftest does by itself for each root: init, apply, plan, destroy. Both ways run in one go, in
turns and against the same backend, which has been started before, so that the ratio holds on a busy machine
too; of several rounds, the fastest counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import tftest

from dynamodb_layouts.terraform import clean, find_installation, find_terraform
from dynamodb_layouts.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[1]
NAMES = ("mastra", "mana-memory", "ai-girlfriend", "ai-agent-server", "makeriess")
_NOT_NEEDED = shutil.ignore_patterns(".git", ".venv", ".terraform", "*cache*", "tests", "docs", "src")


def plain(environment: dict[str, str]) -> None:
    """Take each example through tftest, one after the other."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(REPOSITORY, Path(scratch, "copy"), ignore=_NOT_NEEDED)
        for name in NAMES:
            test = tftest.TerraformTest(
                str(copy / "examples" / name), binary=str(find_terraform().path), env=environment
            )
            variables = {"deletion_protection": "false"}
            test.init()
            test.apply(tf_vars=variables)
            test.plan(tf_vars=variables)
            test.destroy(tf_vars=variables)


def proved(verifier: Verifier) -> None:
    """Prove the examples; raises `LayoutsError` when one cannot be judged."""
    for root in verifier.verify([REPOSITORY / "examples" / name for name in NAMES]).roots:
        if root.error:
            raise root.error


def main() -> None:
    """Measure both ways and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--backend", default="localstack")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    best: dict[str, float] = {}
    for _ in range(options.rounds):
        with Verifier(options.backend) as verifier:
            emulator = verifier.emulator()
            installation = find_installation()
            environment = clean(os.environ, {**installation.environment, **emulator.environment()})
            ways: dict[str, Callable[[], None]] = {
                "plain tftest": lambda environment=environment: plain(environment),
                "verify": lambda verifier=verifier: proved(verifier),
            }
            for title, way in ways.items():
                began = time.monotonic()
                way()
                took = time.monotonic() - began
                best[title] = min(best.get(title, took), took)
    for title, took in best.items():
        print(f"{title:12} {took:6.1f} s  {took / best['plain tftest']:5.0%}")


if __name__ == "__main__":
    main()
