"""How many of the corpus's defects are refused with their exact messages, and how many good designs accepted.

Run: `.venv/bin/python bench/model_corpus.py`. Prints a line for each check, and the sums.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "model"))

from cases import defects, good, neighbours, warned
from judging import judge


def main() -> None:
    """Print the counts; exit with 1 unless all are judged rightly."""
    cases = {
        "defects refused": defects(),
        "neighbours accepted": neighbours(),
        "good designs accepted": good(),
        "warned of, and accepted": warned(),
    }
    verdicts = judge({case.name: case.table for kind in cases.values() for case in kind})
    checks: Counter[str] = Counter()
    wrong = []
    for kind, of_kind in cases.items():
        right = 0
        for case in of_kind:
            verdict = verdicts[case.name]
            if verdict.problems == case.problems and case.warnings in (None, verdict.warnings):
                right += 1
                checks[".".join(case.name.split(".")[:2])] += kind == "defects refused"
            else:
                wrong.append(case.name)
        print(f"{right:>4} of {len(of_kind):>4} {kind}")
    print()
    for check, count in sorted(checks.items()):
        if count:
            print(f"{count:>4} {check}")
    for name in wrong:
        print(f"judged wrongly: {name}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
