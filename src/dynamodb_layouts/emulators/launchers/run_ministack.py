"""Runs ministack where `BIND_HOST` and `GATEWAY_PORT` say, in ministack's environment."""

from __future__ import annotations

import sys

import parent_watch  # type: ignore[import-not-found]
from ministack.app import main  # type: ignore[import-not-found]

if __name__ == "__main__":
    if parent_watch.attached():
        parent_watch.die_with_parent()
    sys.argv[1:] = []
    main()
