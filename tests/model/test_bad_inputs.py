"""The plan refuses every bad input of docs/bad-inputs.md, but for those that the page says pass."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bad_input_cases import CASES, MISSED, REGION, Case, Table
from bad_input_products import CannotBeSaidError, our_table
from judging import Verdict, judge

REPOSITORY = Path(__file__).resolve().parents[2]
# The type of `tables` demands a hash key: Terraform refuses the table before the design sees it.
_OF_THE_TYPE = "no-hash-key"


def _said(case: Case) -> dict[str, object] | None:
    """Return the input in this module's words; None if it has none."""
    try:
        return our_table(case.table)
    except CannotBeSaidError:
        return None


JUDGED = [case for case in CASES if case.name != _OF_THE_TYPE and _said(case) is not None]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    tables = {case.name: _said(case) for case in JUDGED}
    return judge({**tables, "nothing-wrong": our_table(Table())}, REGION)


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in JUDGED if c.name not in MISSED])
def test_refused(verdicts: dict[str, Verdict], case: Case) -> None:
    problems = verdicts[case.name].problems
    assert case.says
    assert [said for said in problems if said.startswith(f'table "{case.name}"') and case.says in said], (
        problems
    )
    # What is wrong, and what to write instead.
    assert all(re.search(r": .+; .+\.$", said) for said in problems), problems


@pytest.mark.parametrize("name", sorted(MISSED))
def test_what_is_said_to_pass_does(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name].problems == [], "refused now: take it out of MISSED in bench/bad_input_cases.py"


def test_a_table_with_nothing_wrong_passes(verdicts: dict[str, Verdict]) -> None:
    assert verdicts["nothing-wrong"].problems == []


def test_a_table_without_hash_key() -> None:
    case = next(case for case in CASES if case.name == _OF_THE_TYPE)
    with pytest.raises(AssertionError, match=r'element "no-hash-key": attribute "hash_key" is\s+required'):
        judge({case.name: our_table(case.table)}, REGION)


def test_what_this_module_cannot_say() -> None:
    assert [case.name for case in CASES if _said(case) is None] == ["two-restore-times"]


def test_the_page_has_every_input() -> None:
    page = (REPOSITORY / "docs" / "bad-inputs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \|", page, re.MULTILINE)
    regenerate = "run: python bench/bad_inputs.py"
    assert [case.what for case in CASES if case.what not in rows] == [], regenerate
    assert [why for why in MISSED.values() if why not in page] == [], regenerate


def test_no_input_is_there_twice() -> None:
    names = [case.name for case in CASES]
    tables = [json.dumps(case.table, default=vars, sort_keys=True) for case in CASES]
    assert (len(set(names)), len(set(tables))) == (len(names), len(tables))
