"""The pytest plugin, as a repository of users has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verify_roots import REPOSITORY, plain, root

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

pytest_plugins = ["pytester"]

_ORDERS = plain("orders", 'indexes = { by-customer = { hash_key = "customerId" } }', "ttl = var.expiry")
_EXPIRY = """
variable "expiry" {
  type    = string
  default = null
}
"""


def _example() -> str:
    text = (REPOSITORY / "docs/pytest-plugin.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return str(block)


def _run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "--dynamodb-backend=ministack", *arguments)


def test_the_example_in_the_documentation_runs(pytester: pytest.Pytester) -> None:
    root(pytester.path / "infrastructure", _ORDERS, _EXPIRY)
    pytester.makepyfile(test_infrastructure=_example())
    _run(pytester).assert_outcomes(passed=3)


def test_a_failure_says_what_is_false_and_no_more(pytester: pytest.Pytester, tmp_path: Path) -> None:
    lies = tmp_path / "lies"
    more = 'locals {\n  lie = { stream = "NEW_IMAGE" }\n}\n'
    lie = "{ version = 1, tables = { lying = merge(module.dynamodb.design.tables.lying, local.lie) } }"
    root(lies, plain("lying"), more, lie)
    pytester.makepyfile(f"def test_it(verify_root):\n    verify_root({str(lies)!r}).assert_proved()\n")
    done = _run(pytester)
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            f"E*AssertionError: {lies}:",
            "E*false: lying, table: stream: expected NEW_IMAGE, found none [[]ministack 1.5.33 (pip)[]]",
        ]
    )
    assert "report.py" not in done.stdout.str()


def test_what_a_test_applies_is_gone_after_it(pytester: pytest.Pytester) -> None:
    root(pytester.path / "infrastructure", plain("passing"))
    pytester.makepyfile(
        """
        def test_first(applied_root, dynamodb_emulator):
            applied_root("infrastructure")
            tables = dynamodb_emulator.client("dynamodb").list_tables()["TableNames"]
            assert tables == ["verify-passing"]

        def test_then(dynamodb_emulator):
            assert dynamodb_emulator.client("dynamodb").list_tables()["TableNames"] == []
        """
    )
    _run(pytester).assert_outcomes(passed=2)


def test_the_plugin_starts_nothing_and_imports_nothing_by_itself(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_it():
            assert "boto3" not in sys.modules
            assert "dynamodb_layouts.emulators" not in sys.modules
        """
    )
    _run(pytester).assert_outcomes(passed=1)
