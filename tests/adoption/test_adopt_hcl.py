"""HCL that is written is formatted, and Terraform reads the very values back."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dynamodb_layouts import terraform
from dynamodb_layouts.adopt import hcl

if TYPE_CHECKING:
    from pathlib import Path

#: What means something to HCL, among any text. Terraform keeps strings in NFC, and other text as such.
ODD = st.text('$%{}"\\\n\r\t#/*= ab\u2028é', max_size=12)
TEXTS = ODD | st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
#: In scripts of which each letter is a column, which is what equal signs are put below each other by.
LETTERS = st.characters(max_codepoint=0x5FF, exclude_categories=["M", "Cf", "Cs"])
NAMES = ODD | st.text(LETTERS, max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
SCALARS = TEXTS | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.none()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4)
)


def _terraform(folder: Path, *arguments: str) -> str:
    command = [str(terraform.find_terraform().path), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=terraform.clean(os.environ), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_values_come_back_and_are_formatted(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Many values go into each file, so that Terraform is started a few times only."""

    @settings(
        max_examples=4,
        # A smaller failure costs minutes of Terraform.
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
        ],
    )
    @given(st.lists(VALUES, min_size=25, max_size=25))
    def come_back(values: list[Any]) -> None:
        folder = tmp_path_factory.mktemp("hcl")
        blocks = [hcl.block('output "all"', {"value": hcl.Call("jsonencode", values)})]
        blocks += [
            hcl.block(f'output "v{number}"', {"value": hcl.Multiline({"a": value, "long name": value})})
            for number, value in enumerate(values)
        ]
        (folder / "main.tf").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        assert _terraform(folder, "fmt", "-check", "-diff", "-no-color") == ""
        _terraform(folder, "apply", "-auto-approve", "-input=false", "-no-color")
        outputs = json.loads(_terraform(folder, "output", "-json", "-no-color"))
        assert json.loads(outputs["all"]["value"]) == values
        for number, value in enumerate(values):
            assert outputs[f"v{number}"]["value"] == {"a": value, "long name": value}

    come_back()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", '"plain"'),
        ('say "${x}"', '"say \\"$${x}\\""'),
        ("%{if true}", '"%%{if true}"'),
        ("$${", '"$$${"'),
        ("a\\n\n\t\r", '"a\\\\n\\n\\t\\r"'),
        ("\x00\x7f\u2028", '"\\u0000\\u007f\\u2028"'),
    ],
)
def test_no_text_means_anything(text: str, written: str) -> None:
    assert hcl.string(text) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("orders", "orders"),
        ("by-day_2", "by-day_2"),
        ("2by", '"2by"'),
        ("a.b", '"a.b"'),
        ("for", '"for"'),
        ("null", '"null"'),
        ("true", '"true"'),
        ("forest", "forest"),
        ("é", '"é"'),
        ("", '""'),
        ("a\n", '"a\\n"'),
    ],
)
def test_keys_have_quotes_where_they_need_them(name: str, written: str) -> None:
    assert hcl.key(name) == written


def test_a_comment_is_one_line() -> None:
    value = hcl.Commented(("first\nsecond",), hcl.Multiline({"a": 1}))
    assert (
        hcl.block("x", {"b": 2, "t": value}) == "x {\n  b = 2\n  # first second\n  t = {\n    a = 1\n  }\n}"
    )
