"""Small root modules that need no emulator: Terraform's built-in resource, and a policy document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# `terraform_data` is built into Terraform: no provider process, nothing to install.
VALUE = """
variable "value" {
  type    = any
  default = "first"
}
resource "terraform_data" "this" {
  input = var.value
}
output "value" {
  value = terraform_data.this.output
}
"""

# The real AWS provider, told not to look for an account; a policy document needs no endpoint.
POLICY = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.100, < 7" }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = ["*"]
  }
}
output "policy" {
  value = data.aws_iam_policy_document.this.json
}
"""


def root(folder: Path, text: str) -> Path:
    """Write a root module of one file and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(text)
    return folder


def runs(command: str) -> str:
    """Return a root module whose apply runs a shell command."""
    return f"""
resource "terraform_data" "this" {{
  provisioner "local-exec" {{
    command = {command!r}
  }}
}}
""".replace("'", '"')


def script(path: Path, text: str) -> Path:
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path
