"""The environment that Terraform and its providers run in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Settings of the caller's Terraform that say where things come from, and none of what it does.
_KEPT_TF = ("TF_VAR_", "TF_TOKEN_", "TF_REGISTRY_", "TF_PLUGIN_CACHE_")

_FIXED = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    # The caller's profiles and instance role have no say: `extra` names the endpoint and the credentials.
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def clean(environ: Mapping[str, str], extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return `environ` without what would change the outcome, with `extra` on top.

    Every `AWS_*` variable goes: a profile, a CA bundle or a session of the caller's must not reach the
    provider. Of `TF_*`, only variables' values, registry tokens and the plugin cache stay; a
    `TF_CLI_CONFIG_FILE` stays when it can be read. `extra` is an emulator's environment (endpoint,
    credentials, region), or anything else the caller asks for, `TF_LOG` included.
    """
    kept = {name: value for name, value in environ.items() if _is_kept(name, value)}
    return kept | _FIXED | dict(extra or {})


def cli_config(environ: Mapping[str, str]) -> Path | None:
    """Return the user's own Terraform CLI configuration file, where there is one that can be read."""
    named = environ.get("TF_CLI_CONFIG_FILE")
    file = Path(named) if named else Path.home() / ".terraformrc"
    return file if file.is_file() and os.access(file, os.R_OK) else None


def _is_kept(name: str, value: str) -> bool:
    if name.startswith("AWS_"):
        return False
    if name == "TF_CLI_CONFIG_FILE":
        return cli_config({name: value}) is not None
    return not name.startswith("TF_") or name.startswith(_KEPT_TF)
