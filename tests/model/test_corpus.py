"""Every seeded defect is refused with its exact messages and no others; every good design is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cases import Case, defects, good, neighbours, warned
from judging import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFECTS, NEIGHBOURS, GOOD, WARNED = defects(), neighbours(), good(), warned()


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """Judge the whole corpus in one plan."""
    return judge({case.name: case.table for case in (*DEFECTS, *NEIGHBOURS, *GOOD, *WARNED)})


@pytest.fixture(scope="module", autouse=True)
def count(verdicts: dict[str, Verdict], record_testsuite_property) -> Iterator[None]:
    """Say how many are judged rightly."""
    refused = sum(verdicts[case.name].problems == case.problems for case in DEFECTS)
    accepted = sum(not verdicts[case.name].problems for case in (*NEIGHBOURS, *GOOD))
    said = (
        f"{refused} of {len(DEFECTS)} defects refused, "
        f"{accepted} of {len(NEIGHBOURS) + len(GOOD)} good designs accepted"
    )
    record_testsuite_property("model corpus", said)
    yield
    print(said)  # noqa: T201


@pytest.mark.parametrize("case", DEFECTS, ids=lambda case: case.name)
def test_defect_is_refused(verdicts: dict[str, Verdict], case: Case) -> None:
    assert case.problems
    assert verdicts[case.name].problems == case.problems


@pytest.mark.parametrize("case", NEIGHBOURS, ids=lambda case: case.name)
def test_nearest_neighbour_is_accepted(verdicts: dict[str, Verdict], case: Case) -> None:
    assert verdicts[case.name].problems == []


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_design_is_accepted(verdicts: dict[str, Verdict], case: Case) -> None:
    assert verdicts[case.name].problems == []


@pytest.mark.parametrize("case", WARNED, ids=lambda case: case.name)
def test_a_warning_blocks_nothing(verdicts: dict[str, Verdict], case: Case) -> None:
    assert verdicts[case.name].warnings == case.warnings
    assert verdicts[case.name].problems == []


def test_neighbours_differ_from_their_defects() -> None:
    tables = {case.name: case.table for case in DEFECTS}
    assert not [case.name for case in NEIGHBOURS if tables[case.name.removesuffix(".accepted")] == case.table]
