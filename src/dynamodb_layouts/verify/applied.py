"""A root module that stands while a test works with it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.verify import drift, fields, stages
from dynamodb_layouts.verify.report import RootReport
from dynamodb_layouts.verify.standing import Standing, stand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dynamodb_layouts.emulators import Route
    from dynamodb_layouts.terraform import Root
    from dynamodb_layouts.verify.design import Table
    from dynamodb_layouts.verify.needs import Needs


class Applied:
    """An applied root module: its outputs, its tables, clients to work with them, and the same checks again.

    `root` runs Terraform in the copy. Every method raises `LayoutsError` when Terraform says no.
    """

    def __init__(self, root: Root, route: Route, name: str, seed: int, needs: Needs) -> None:
        """Wrap a root that is applied."""
        self.root = root
        self.route = route
        self._name = name
        self._seed = seed
        self._needs: Needs | None = needs

    @property
    def outputs(self) -> dict[str, Any]:
        """The root module's outputs by name, as they are now."""
        return self.root.outputs()

    @property
    def tables(self) -> dict[str, Table]:
        """The tables that the design declares, by key."""
        return {table.key: table for table in self._standing().declared}

    def apply(self, variables: Mapping[str, Any] | None = None) -> None:
        """Apply, with values for the root's variables; those of the last time if none are given."""
        # From now on, what backends are known to do wrong with changes counts as well.
        self._needs = None
        self.root.apply(variables)

    def client(self, service: str = "dynamodb", region: str | None = None) -> Any:
        """Return a boto3 client of the backend that answers `service`."""
        return self.route.client(service, region)

    def check(self) -> RootReport:
        """Compare what stands with the design, put it to use and plan again, as `verify` does.

        What this one backend cannot prove is unproven: no other is asked.
        """
        began = time.monotonic()
        standing = self._standing()
        report = RootReport(self.root.source, self._name)
        report.lines += fields.check(self.root, str(self.route.primary))
        for _, stage in (*stages.COMPARISONS, *stages.OPERATIONS):
            report.lines += stage(standing)
        report.lines += drift.check(standing, self.root.plan(), standing.resources)
        report.seconds = time.monotonic() - began
        return report

    def _standing(self) -> Standing:
        return stand(self.root, self.route, self._name, self._seed, needs=self._needs)
