"""Terraform, run so that a proof can rest on it: in a copy, with warm providers, and no death unnoticed."""

from __future__ import annotations

from dynamodb_layouts.terraform.binary import MINIMUM, Terraform
from dynamodb_layouts.terraform.binary import find as find_terraform
from dynamodb_layouts.terraform.environment import clean
from dynamodb_layouts.terraform.lifecycle import Root, fmt_check, validate
from dynamodb_layouts.terraform.mirror import Installation, ProviderBinary, provider
from dynamodb_layouts.terraform.mirror import find as find_installation
from dynamodb_layouts.terraform.plan import Change, Drift, Plan
from dynamodb_layouts.terraform.process import CancelledError, CancelToken
from dynamodb_layouts.terraform.session import Session, parallelism
from dynamodb_layouts.terraform.warm import ProviderPool, WarmProvider

__all__ = [
    "MINIMUM",
    "CancelToken",
    "CancelledError",
    "Change",
    "Drift",
    "Installation",
    "Plan",
    "ProviderBinary",
    "ProviderPool",
    "Root",
    "Session",
    "Terraform",
    "WarmProvider",
    "clean",
    "find_installation",
    "find_terraform",
    "fmt_check",
    "parallelism",
    "provider",
    "validate",
]
