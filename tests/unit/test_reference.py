"""The inputs and outputs in the READMEs are those of the HCL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import reference

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES = """
variable "tables" {
  description = <<-EOT
    The tables,
    by key.

    - `hash_key` - A | B.
    - `capacity` - Figures.
      - `read` - Units
        to read.
      - `delimiter` - Between fields.
    - `write` - With the same fields.
  EOT
  type = map(object({
    hash_key = string
    capacity = optional(object({ read = number, delimiter = optional(string, ",") }), {})
    write    = optional(object({ read = number }))
  }))
}

variable "tags" {
  description = "Tags | labels."
  type        = map(string)
  default     = { a = "b" }
}
"""

INPUTS = r"""
| Name | Description | Type | Default |
|---|---|---|---|
| `tables` | The tables, by key. [Its fields](#fields-of-tables). | `map(object)` | required |
| `tags` | Tags \| labels. | `map(string)` | `{ a = "b" }` |

#### Fields of `tables`

- `hash_key` (string, required) - A | B.
- `capacity` (object, default `{}`) - Figures.
  - `read` (number, required) - Units to read.
  - `delimiter` (string, default `","`) - Between fields.
- `write` (object) - With the same fields.
""".strip()


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reference, "REPOSITORY", tmp_path)
    (tmp_path / "variables.tf").write_text(VARIABLES)
    (tmp_path / "outputs.tf").write_text(
        'output "all" {\n  description = "All of it."\n  value       = 1\n}\n'
    )
    (tmp_path / "README.md").write_text(
        "before\n<!-- BEGIN inputs -->\n<!-- END inputs -->\nbetween\n"
        "<!-- BEGIN outputs -->\nold\n<!-- END outputs -->\nafter\n"
    )
    return tmp_path


def test_readmes_match_the_hcl() -> None:
    names = [str(file.relative_to(reference.REPOSITORY)) for file in reference.stale()]
    assert not names, f"stale: {', '.join(names)}; regenerate with: make docs"


def test_tables_are_made_of_the_hcl(module: Path) -> None:
    assert reference.inputs(module) == INPUTS
    assert reference.outputs(module) == "| Name | Description |\n|---|---|\n| `all` | All of it. |"


def test_writing_touches_nothing_but_the_parts_between_markers(module: Path) -> None:
    assert reference.main([]) == 0
    text = (module / "README.md").read_text()
    assert text.startswith("before\n<!-- BEGIN inputs -->\n| Name |")
    assert "<!-- END inputs -->\nbetween\n<!-- BEGIN outputs -->\n| Name |" in text
    assert text.endswith("<!-- END outputs -->\nafter\n")
    assert "old" not in text
    assert reference.main(["--check"]) == 0


def test_check_names_the_command_and_writes_nothing(module: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (module / "README.md").read_text()
    assert reference.main(["--check"]) == 1
    assert "README.md does not match the HCL; regenerate it with: make docs" in capsys.readouterr().err
    assert (module / "README.md").read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    - `hash_key` - A | B.\n", "", "variable tables: hash_key is declared and not described"),
        (
            "- `read` - Units",
            "- `reads` - Units",
            "tables.capacity: read is declared and not described; reads is",
        ),
        ('  description = "Tags | labels."\n', "", "variable tags: it needs a description and a type"),
    ],
)
def test_descriptions_must_be_complete(module: Path, old: str, new: str, message: str) -> None:
    (module / "variables.tf").write_text(VARIABLES.replace(old, new))
    with pytest.raises(reference.BadSourceError, match=message):
        reference.stale()


def test_missing_markers_are_named(module: Path) -> None:
    (module / "README.md").write_text("<!-- BEGIN inputs -->\n<!-- END inputs -->\n")
    with pytest.raises(reference.BadSourceError, match="must have <!-- BEGIN outputs -->"):
        reference.stale()
