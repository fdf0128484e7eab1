"""Terraform's version constraints, with pairs on either side of each bound."""

from __future__ import annotations

import pytest

from dynamodb_layouts.terraform.constraints import allows, newest


@pytest.mark.parametrize(
    ("constraint", "inside", "outside"),
    [
        (">= 5.100, < 7", "5.100.0", "5.99.9"),
        (">= 5.100, < 7", "6.99.0", "7.0.0"),
        ("~> 5.1", "5.100.0", "6.0.0"),
        ("~> 5.1.2", "5.1.9", "5.2.0"),
        ("~> 5.1.2", "5.1.2", "5.1.1"),
        ("5.100.0", "5.100.0", "5.100.1"),
        ("= 5.100.0", "5.100.0", "5.100.1"),
        ("!= 5.3.0", "5.3.1", "5.3.0"),
        ("> 5", "5.0.1", "5.0.0"),
        ("<= 5.100", "5.100.0", "5.100.1"),
    ],
)
def test_bounds(constraint: str, inside: str, outside: str) -> None:
    assert allows(constraint, inside)
    assert not allows(constraint, outside)


def test_what_cannot_be_read_is_met_by_nothing() -> None:
    assert not allows("var.version", "5.100.0")
    assert not allows(">= 5.x.y", "5.100.0")


def test_newest() -> None:
    assert newest(["5.9.0", "5.100.0", "6.0.0"], "~> 5.9") == "5.100.0"
    assert newest(["4.0.0"], ">= 5") is None
