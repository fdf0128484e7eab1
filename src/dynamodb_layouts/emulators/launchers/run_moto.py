"""Runs moto's server on 127.0.0.1: `python run_moto.py PORT`, in moto's environment."""

from __future__ import annotations

import sys

import parent_watch  # type: ignore[import-not-found]
from moto import server  # type: ignore[import-not-found]
from moto.applicationautoscaling import responses  # type: ignore[import-not-found]
from moto.core.responses import ActionResult  # type: ignore[import-not-found]


def list_tags_for_resource(_: object) -> ActionResult:
    """Answer with no tags: moto keeps none for scalable targets, and knows no such action."""
    return ActionResult({"Tags": {}})


def main() -> None:
    """Serve until killed."""
    if parent_watch.attached():
        parent_watch.die_with_parent()
    # The AWS provider reads a scalable target's tags after it has made it, and takes the missing action for a
    # passing fault that it retries for many minutes.
    responses.ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
    server.main(["-H", "127.0.0.1", "-p", sys.argv[1]])


if __name__ == "__main__":
    main()
