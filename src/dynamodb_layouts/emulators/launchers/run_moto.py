"""Runs moto's server on 127.0.0.1: `python run_moto.py PORT`, in moto's environment."""

from __future__ import annotations

import json
import sys
from typing import ClassVar

import parent_watch  # type: ignore[import-not-found]
from moto import server  # type: ignore[import-not-found]
from moto.applicationautoscaling import responses  # type: ignore[import-not-found]


class AutoScaling(responses.ApplicationAutoScalingResponse):  # type: ignore[misc]
    """moto's Application Auto Scaling with the tags of scalable targets, which moto does not keep.

    The AWS provider reads them after it has made a target, takes the missing action for a passing fault that
    it retries for many minutes, and plans again whatever tag it does not find.
    """

    tags: ClassVar[dict[str, dict[str, str]]] = {}

    def register_scalable_target(self) -> str:
        """Register, and keep the tags that come with a new target."""
        answer = str(super().register_scalable_target())
        self.tags.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(
            self._get_param("Tags") or {}
        )
        return answer

    def tag_resource(self) -> str:
        """Add tags to a target."""
        self.tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self) -> str:
        """Remove tags from a target."""
        for name in self._get_param("TagKeys"):
            self.tags.get(self._get_param("ResourceARN"), {}).pop(name, None)
        return "{}"

    def list_tags_for_resource(self) -> str:
        """Return a target's tags."""
        return json.dumps({"Tags": self.tags.get(self._get_param("ResourceARN"), {})})


def main() -> None:
    """Serve until killed."""
    if parent_watch.attached():
        parent_watch.die_with_parent()
    # The table of URLs names the class by the module's attribute, and is read when the server starts.
    responses.ApplicationAutoScalingResponse = AutoScaling
    server.main(["-H", "127.0.0.1", "-p", sys.argv[1]])


if __name__ == "__main__":
    main()
