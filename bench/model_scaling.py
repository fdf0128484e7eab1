"""How long the model's checks take as a model grows, as a ratio to a plan of no model at all.

Run `.venv/bin/python bench/model_scaling.py`: it prints the seconds that a plan of modules/design takes, the
best of three, over those of a plan of no model: by the clock, and of the processor, which other work on the
machine changes less.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from dynamodb_layouts.terraform import binary
from dynamodb_layouts.terraform.environment import clean

MODULE = Path(__file__).parents[1] / "modules" / "design"
PATTERNS_PER_ENTITY = 4
SIZES = (0, 10, 50, 200)


def model(entities: int) -> dict[str, object]:
    """Return a table of `entities` entities in one collection each, and four patterns an entity."""
    names = [f"E{n}" for n in range(entities)]
    return {
        "hash_key": "PK",
        "range_key": "SK",
        "indexes": {"GSI1": {}, "GSI2": {}},
        "entities": {
            name: {
                "keys": {
                    "PK": f"{name}#{{id}}",
                    "SK": "METADATA",
                    "GSI1PK": "OWNER#{owner}",
                    "GSI1SK": f"{name}#{{createdAt}}#{{id}}",
                    "GSI2PK": f"{name}S#{{day}}",
                    "GSI2SK": "{createdAt}",
                },
                "attributes": {"id": {}, "owner": {}, "createdAt": {}, "day": {}},
            }
            for name in names
        },
        "access_patterns": {
            f"{name}_{question}": pattern
            for name in names
            for question, pattern in {
                "get": {"operation": "GetItem", "partition": f"{name}#{{x}}", "sort": {"equals": "METADATA"}},
                "of_owner": {"index": "GSI1", "partition": "OWNER#{x}", "sort": {"begins_with": f"{name}#"}},
                "since": {
                    "index": "GSI1",
                    "partition": "OWNER#{x}",
                    "sort": {"between": [f"{name}#{{a}}", f"{name}#{{b}}"]},
                },
                "of_day": {"index": "GSI2", "partition": f"{name}S#{{x}}", "order_by": "createdAt"},
            }.items()
            for pattern in [{**pattern, "returns": [name]}]
        },
    }


def seconds(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Return the best of three plans, in seconds by the clock and of the processor."""
    terraform = str(binary.find().path)

    def plan() -> tuple[float, float]:
        begun, used = time.perf_counter(), _processor()
        subprocess.run(
            [terraform, "plan", "-input=false", "-no-color"],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - begun, _processor() - used

    subprocess.run([terraform, "init"], cwd=folder, env=environment, check=True, capture_output=True)
    clock, processor = zip(*(plan() for _ in range(3)), strict=True)
    return min(clock), min(processor)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print one line a size."""
    environment = clean(os.environ)
    base: tuple[float, float] | None = None
    print(f"{'entities':>8} {'patterns':>8} {'clock':>8} {'processor':>9}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            shutil.copytree(MODULE, folder / "design", ignore=shutil.ignore_patterns("tests", ".terraform*"))
            declared = {"shop": model(size)}
            (folder / "main.tf.json").write_text(
                json.dumps({"module": {"design": {"source": "./design", "tables": declared}}}),
                encoding="utf-8",
            )
            took = seconds(folder, environment)
        base = base or took
        clock, processor = (one - none for one, none in zip(took, base, strict=True))
        print(f"{size:>8} {size * PATTERNS_PER_ENTITY:>8} {clock:>8.2f} {processor:>9.2f}")


if __name__ == "__main__":
    main()
