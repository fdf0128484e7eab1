"""Hundreds of random models: what a plan says of each is what trying it out shows."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from judging import Verdict, judge
from oracle import Opinion, opinion, overwrite
from random_models import table

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = 20240229
MODELS = 300

#: Where a plan is stricter than what happens to work; docs/model.md states each.
STRICTER = (
    # A range is refused whose bound is not written as the key begins, and one that leaves nothing out.
    "so the condition says nothing;",
    "is not a beginning of the ",
    "are no beginnings of the ",
)


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, Any]]:
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    return {f"model-{number}": table(chance) for number in range(MODELS)}


@pytest.fixture(scope="module")
def verdicts(tables: Mapping[str, Any]) -> dict[str, Verdict]:
    return judge(tables)


def test_patterns_are_judged_as_they_answer(
    tables: Mapping[str, Any], verdicts: Mapping[str, Verdict]
) -> None:
    tried = {Opinion.WORKS: 0, Opinion.FAILS: 0, Opinion.DEPENDS: 0}
    for name, declared in tables.items():
        found = opinion(declared, "asked")
        tried[found] += 1
        problems = verdicts[name].problems
        if found is Opinion.WORKS:
            said = [p for p in problems if "access_patterns.asked" in p]
            assert [p for p in said if not any(stricter in p for stricter in STRICTER)] == [], declared
        elif found is Opinion.FAILS:
            assert problems, declared
    # The models are of both kinds, or nothing is shown.
    assert tried[Opinion.WORKS] > MODELS / 4
    assert tried[Opinion.FAILS] > MODELS / 4


def test_entities_are_told_apart_as_their_items_are(
    tables: Mapping[str, Any], verdicts: Mapping[str, Verdict]
) -> None:
    said = {name: any("could overwrite the other" in p for p in verdicts[name].problems) for name in tables}
    assert said == {name: overwrite(declared) for name, declared in tables.items()}
