"""Where the harness keeps what it has once installed."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "DYNAMODB_LAYOUTS_HOME"


def home() -> Path:
    """Return the folder of installed emulators: `DYNAMODB_LAYOUTS_HOME`, else the user's cache folder."""
    given = os.environ.get(HOME_VARIABLE)
    return (
        Path(given).expanduser().resolve() if given else Path(platformdirs.user_cache_dir("dynamodb-layouts"))
    )
