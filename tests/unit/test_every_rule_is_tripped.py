"""No rule without a test that trips it: the rules are read from the HCL, and so are the tests' messages."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hcl_text import Literal, literals

REPOSITORY = Path(__file__).resolve().parents[2]
MODULES = [REPOSITORY, *sorted(file.parent for file in REPOSITORY.glob("modules/*/variables.tf"))]

_TOP = re.compile(r'^(output|resource|data|check|variable) "([\w-]+)"(?: "([\w-]+)")?', re.MULTILINE)
# A check's condition is its assert.
_CONDITION = re.compile(r"^[ \t]*(validation|precondition|postcondition|assert) \{", re.MULTILINE)
_MESSAGE = re.compile(r"\berror_message\s*=")
_EXPECTED = re.compile(r"\bexpect_failures\s*=\s*\[([^\]]*)\]")
#: Characters of a condition's message that a test must name for it to count.
_ENOUGH = 20


@dataclass(frozen=True)
class Condition:
    """A condition block: where it stands, the address it belongs to, the strings of its message."""

    place: str
    module: Path
    owner: str
    message: tuple[Literal, ...]


@cache
def _problems() -> list[tuple[str, Literal]]:
    """Return every problem and warning: a sentence in the files that collect them, with its place."""
    return [
        (f"{file.relative_to(REPOSITORY)}:{literal.line}", literal)
        for module in MODULES
        for file in sorted([*module.glob("problems*.tf"), *module.glob("warnings*.tf")])
        for literal in literals(file)
        if literal.parts[-1].endswith(".") and " " in literal.text
    ]


@cache
def _conditions() -> list[Condition]:
    found = []
    for module in MODULES:
        for file in sorted(module.glob("*.tf")):
            text = file.read_text(encoding="utf-8")
            blocks: list[re.Match[str] | None] = [*_CONDITION.finditer(text), None]
            for block, following in pairwise(blocks):
                assert block is not None
                message = _MESSAGE.search(text, block.end())
                assert message, f"{file}: a {block[1]} without error_message"
                lines = range(
                    _line(text, message.start()),
                    _line(text, following.start() if following else len(text)) + 1,
                )
                found.append(
                    Condition(
                        f"{file.relative_to(REPOSITORY)}:{_line(text, block.start())} {block[1]}",
                        module,
                        _owner(text, block.start()),
                        tuple(literal for literal in literals(file) if literal.line in lines),
                    )
                )
    return found


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _owner(text: str, at: int) -> str:
    """Return the address of the block around `at`."""
    kind, first, second = [found.groups() for found in _TOP.finditer(text, 0, at)][-1]
    prefix = {"resource": [], "data": ["data"], "variable": ["var"]}.get(kind, [kind])
    return ".".join([*prefix, first, *([second] if second else [])])


@cache
def _messages_in_terraform_tests() -> frozenset[str]:
    """Return every whole string in the modules' Terraform tests."""
    return frozenset(
        literal.text
        for module in MODULES
        for file in sorted(module.glob("tests/*.tftest.hcl"))
        for literal in literals(file)
    )


@cache
def _expected_failures(module: Path) -> Counter[str]:
    """Return how many runs of the module's Terraform tests expect an address to fail."""
    return Counter(
        address.strip()
        for file in module.glob("tests/*.tftest.hcl")
        for expected in _EXPECTED.findall(file.read_text(encoding="utf-8"))
        for address in expected.split(",")
    )


@cache
def _strings_in_python_tests() -> frozenset[str]:
    """Return every string in the tests in Python, without the backslashes of those that are patterns."""
    return frozenset(
        node.value.replace("\\", "")
        for file in REPOSITORY.glob("tests/**/*.py")
        if file.name != Path(__file__).name
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def _sentences_in_the_corpus() -> frozenset[str]:
    """Return every problem and warning that tests/model/test_corpus.py demands, word for word."""
    return frozenset(
        sentence
        for file in REPOSITORY.glob("tests/model/corpus/*/*/*.json")
        for case in [json.loads(file.read_text(encoding="utf-8"))]
        for sentence in case.get("problems", []) + case.get("warnings", [])
    )


@cache
def _asserted() -> frozenset[Literal]:
    """Return the problems that a test names: of those a message fits, the one with most of it literal."""
    problems = [literal for _, literal in _problems()]
    found = set()
    for message in _messages_in_terraform_tests() | _strings_in_python_tests() | _sentences_in_the_corpus():
        if fitting := [literal for literal in problems if literal.matches(message)]:
            found.add(max(fitting, key=lambda literal: literal.length))
    return frozenset(found)


def test_the_rules_are_found() -> None:
    """A pattern that finds nothing would let everything pass."""
    places = [place for place, _ in _problems()]
    assert sum("modules/design/" in place for place in places) > 100
    assert any("warnings.tf" in place for place in places)
    owners = [condition.owner for condition in _conditions()]
    assert owners.count("output.design") == 2
    assert owners.count("aws_dynamodb_table.this") >= 2
    assert "check.model" in owners


@pytest.mark.parametrize("rule", [pytest.param(literal, id=place) for place, literal in _problems()])
def test_a_test_trips_the_problem(rule: Literal) -> None:
    assert rule in _asserted(), f"no test asserts the message: {rule.text}"


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.place) for rule in _conditions()])
def test_a_test_trips_the_condition(rule: Condition) -> None:
    alike = sum(other.owner == rule.owner and other.module == rule.module for other in _conditions())
    if _expected_failures(rule.module)[rule.owner] >= alike:
        return
    parts = [part.strip() for literal in rule.message for part in literal.parts]
    strings = _messages_in_terraform_tests() | _strings_in_python_tests()
    assert any(
        shorter in longer
        for part in parts
        for string in strings
        for shorter, longer in [sorted((part, string), key=len)]
        if len(shorter) >= _ENOUGH
    ), f"no test asserts the message: {' | '.join(literal.text for literal in rule.message)}"
