"""What Terraform gets of the caller's environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dynamodb_layouts.terraform import clean

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_that_changes_the_outcome_passes() -> None:
    given = {
        "PATH": "/bin",
        "AWS_CA_BUNDLE": "x",
        "AWS_PROFILE": "x",
        "AWS_SESSION_TOKEN": "x",
        "TF_CLI_ARGS_plan": "-refresh=false",
        "TF_WORKSPACE": "production",
        "TF_DATA_DIR": "/elsewhere",
        "TF_LOG": "TRACE",
        "TF_CLI_CONFIG_FILE": "/nowhere",
        "TF_REATTACH_PROVIDERS": "{}",
    }
    assert clean(given).keys() & given.keys() == {"PATH"}


def test_values_tokens_and_a_readable_configuration_pass(tmp_path: Path) -> None:
    configuration = tmp_path / "terraform.tfrc"
    configuration.touch()
    given = {
        "TF_VAR_name": "x",
        "TF_TOKEN_app_terraform_io": "x",
        "TF_CLI_CONFIG_FILE": str(configuration),
    }
    assert given.items() <= clean(given).items()


def test_extra_comes_last() -> None:
    cleaned = clean({"AWS_REGION": "us-east-1"}, {"AWS_REGION": "eu-west-1", "TF_LOG": "TRACE"})
    assert cleaned["AWS_REGION"] == "eu-west-1"
    assert cleaned["TF_LOG"] == "TRACE"
    assert cleaned["TF_INPUT"] == "0"
