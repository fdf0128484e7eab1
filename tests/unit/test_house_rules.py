"""Rules that the HCL of the modules keeps, and that no plan would tell."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = sorted([*REPOSITORY.glob("*.tf"), *REPOSITORY.glob("modules/*/*.tf")])

# Where a table came from is read once; all else that is ignored would silently differ.
IGNORED = {
    "import_table",
    "restore_date_time",
    "restore_source_name",
    "restore_source_table_arn",
    "restore_to_latest_time",
}


def _code(file: Path) -> str:
    """Return the text of a file without its comments."""
    return re.sub(r"^\s*#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_a_table_is_one_resource() -> None:
    """Two resources under two conditions would make a change of mode a replacement."""
    resource = re.compile(r'^resource "aws_dynamodb_table"', re.MULTILINE)
    found = [file for file in FILES for _ in resource.findall(_code(file))]
    assert found == [REPOSITORY / "modules" / "table" / "main.tf"]


def test_only_where_a_table_came_from_is_ignored() -> None:
    ignored = [
        (file.parent.name, set(re.findall(r"[\w.]+", names)))
        for file in FILES
        for names in re.findall(r"ignore_changes\s*=\s*\[([^\]]*)\]", _code(file))
    ]
    assert ignored == [("table", IGNORED)]
    assert not [file for file in FILES if re.search(r"ignore_changes\s*=\s*all", _code(file))]


def test_nothing_is_tried() -> None:
    """`try` around a typed attribute turns a mistyped name into its fallback for ever."""
    assert not [str(file) for file in FILES if re.search(r"\btry\(", _code(file))]


def test_the_design_needs_no_provider() -> None:
    """That is why a rule costs milliseconds to check."""
    for file in REPOSITORY.glob("modules/design/*.tf"):
        assert not re.search(r"^(resource|data|provider|module) ", _code(file), re.MULTILINE), file


def test_no_folder_of_terraform_is_in_the_tree() -> None:
    assert not [*REPOSITORY.glob("modules/**/.terraform"), *REPOSITORY.glob("examples/**/.terraform")]


def test_no_two_test_files_share_a_name() -> None:
    """The folders are no packages, so pytest imports only one of two files of a name, and the other fails."""
    names = Counter(file.name for file in REPOSITORY.glob("tests/*/*.py"))
    assert [name for name, files in names.items() if files > 1 and name != "conftest.py"] == []
