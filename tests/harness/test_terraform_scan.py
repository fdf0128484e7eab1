"""What the harness reads in modules before Terraform runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terraform_roots import root

from dynamodb_layouts.terraform import scan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "requirement",
    [
        'aws = {\n source = "hashicorp/aws"\n version = "~> 6.0"\n}',
        'aws = {\n version = "~> 6.0"\n}',
        'amazon = {\n version = "~> 6.0", source = "registry.terraform.io/hashicorp/aws"\n}',
        'aws = "~> 6.0"',
    ],
)
def test_every_way_to_require_a_version(tmp_path: Path, requirement: str) -> None:
    text = f"terraform {{\n required_providers {{\n {requirement}\n }}\n}}\n"
    assert set(scan.scan([root(tmp_path, text)]).aws_versions) == {"~> 6.0"}


def test_another_provider_is_another_matter(tmp_path: Path) -> None:
    text = 'random = {\n source = "hashicorp/random"\n version = "~> 3.0"\n}\n'
    assert scan.scan([root(tmp_path, text)]).aws_versions == ()


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ('provider "aws" {\n region = "a"\n}\n', False),
        ('provider aws {\n default_tags {\n  tags = {}\n }\n alias = "b"\n}\n', True),
        ('provider "aws" {\n}\nprovider "aws" {\n}\n', True),
        ("configuration_aliases = [aws.replica]\n", True),
    ],
)
def test_more_than_one_configuration(tmp_path: Path, text: str, *, several: bool) -> None:
    assert scan.scan([root(tmp_path, text)]).several_configurations is several


def test_types_in_hcl_and_in_json(tmp_path: Path) -> None:
    folder = root(tmp_path, 'resource "aws_kms_key" "k" {}\ndata aws_region r {}\n')
    written = {"resource": {"aws_sns_topic": {"t": {}}}, "data": {"aws_iam_policy_document": {"d": {}}}}
    (folder / "more.tf.json").write_text(json.dumps(written))
    wanted = {"aws_kms_key", "aws_region", "aws_sns_topic", "aws_iam_policy_document"}
    assert wanted <= scan.scan([folder]).types


def test_variables(tmp_path: Path) -> None:
    text = 'variable "one" {}\nvariable two {\n  type = string\n}\n# variable "three" {}\n'
    folder = root(tmp_path, text)
    (folder / "more.tf.json").write_text(json.dumps({"variable": {"four": {}}}, indent=2))
    assert scan.variables(folder) == {"one", "two", "four"}
