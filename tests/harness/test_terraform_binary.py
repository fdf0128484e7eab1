"""Finding Terraform, and refusing one that will not do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from terraform_roots import script

from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import MINIMUM, find_terraform, fmt_check

if TYPE_CHECKING:
    from pathlib import Path


def test_terraform_on_path_is_found() -> None:
    terraform = find_terraform()
    assert terraform.path.is_absolute()
    assert terraform.version >= MINIMUM


def test_settings_of_the_caller_do_not_disturb_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CLI_ARGS", "-nonsense")
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", "/nowhere")
    assert find_terraform().version >= MINIMUM


def test_no_terraform_on_path(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="there is no terraform on PATH") as caught:
        find_terraform({"PATH": str(tmp_path)})
    assert "install Terraform 1.9.0 or newer" in caught.value.instead


def test_a_named_terraform_that_is_not_there() -> None:
    with pytest.raises(CannotRunError, match="names /nowhere/terraform, which is not a program"):
        find_terraform({"PATH": os.environ["PATH"], "DYNAMODB_LAYOUTS_TERRAFORM": "/nowhere/terraform"})


def test_too_old(tmp_path: Path) -> None:
    old = script(tmp_path / "terraform", """echo '{"terraform_version": "1.8.5"}'""")
    with pytest.raises(CannotRunError, match=r"is Terraform 1\.8\.5, which is too old") as caught:
        find_terraform({"PATH": os.environ["PATH"], "DYNAMODB_LAYOUTS_TERRAFORM": str(old)})
    assert "install Terraform 1.9.0 or newer" in caught.value.instead


def test_not_terraform_at_all(tmp_path: Path) -> None:
    script(tmp_path / "terraform", "echo broken >&2; exit 4")
    with pytest.raises(CannotRunError, match=r"did not tell its version \(exit code 4\): broken"):
        find_terraform({"PATH": f"{tmp_path}:{os.environ['PATH']}"})


def test_fmt_names_the_files_to_format(tmp_path: Path) -> None:
    (tmp_path / "good.tf").write_text('locals {\n  a = "b"\n}\n')
    assert fmt_check(tmp_path) == []
    (tmp_path / "bad.tf").write_text('locals {\na="b"\n}\n')
    assert fmt_check(tmp_path) == ["bad.tf"]
