"""One root module, judged: applied on as many backends as its proof takes, and destroyed on each."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dynamodb_layouts.errors import CannotRunError, LayoutsError, is_full, out_of_room
from dynamodb_layouts.terraform import CancelledError
from dynamodb_layouts.verify import (
    design,
    drift,
    fields,
    leaving,
    names,
    operations_file,
    passes,
    stages,
)
from dynamodb_layouts.verify.line import Line
from dynamodb_layouts.verify.needs import needs
from dynamodb_layouts.verify.report import RootReport, totals
from dynamodb_layouts.verify.standing import demand_same_backend, stand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from dynamodb_layouts.emulators import Capability, Route
    from dynamodb_layouts.emulators.emulator import Backend
    from dynamodb_layouts.terraform import Plan, Root
    from dynamodb_layouts.verify.needs import Needs
    from dynamodb_layouts.verify.passes import Part
    from dynamodb_layouts.verify.verifier import Verifier


# What emulators say of a service or an operation that they do not have.
_LACKS = re.compile(
    r"not (?:yet |been )*implemented|UnknownOperation|not installed|StatusCode: 501|not supported by",
    re.IGNORECASE,
)


class Judgement:
    """The judging of one root module. Used once."""

    def __init__(
        self, verifier: Verifier, path: Path, name: str, variables: Mapping[str, Any] | None
    ) -> None:
        self._verifier = verifier
        self._path = path
        self._variables = variables
        self._report = RootReport(path, name)
        self._needs: Needs = {}
        #: Addresses that have stood on some backend, and keys of tables whose operations were run.
        self._stood: set[str] = set()
        self._operated: set[str] = set()
        self._lines: dict[tuple[str, str, str], Line] = {}
        #: Why a backend that was asked to prove more could not.
        self._failures: list[str] = []

    def run(self) -> RootReport:
        """Judge the root and return what was found; whatever goes wrong is in the report."""
        began = time.monotonic()
        try:
            self._judge()
        except LayoutsError as error:
            if error.exit_code == CannotRunError.exit_code:
                self._report.error = error
            else:
                self._refused(error)
        except OSError as error:
            if not is_full(error):
                raise
            self._report.error = out_of_room(f"cannot judge {self._report.name} to the end", error)
        self._report.lines = [self._explained(line) for line in self._lines.values()]
        self._report.seconds = time.monotonic() - began
        self._verifier.watcher.done(self._report.name, self._summary())
        return self._report

    def _judge(self) -> None:
        operations_file.read(self._path)
        self._doing("starting the backend")
        primary = self._verifier.route(())
        with self._verifier.root(self._path, primary) as root:
            plan = self._plan(root)
            self._needs = needs(plan)
            route = self._verifier.route(_all(self._needs))
            with self._verifier.names.held(
                names.of(plan), stopped=lambda: root.token.cancelled, wait=self._doing
            ):
                if route.elsewhere:
                    root.close()
                    with self._verifier.root(self._path, route) as other:
                        other.init()
                        other.plan(self._variables)
                        self._first(other, route)
                else:
                    self._first(root, route)
                self._further([route.primary.kind])
        self._say_what_never_stood(route)

    def _plan(self, root: Root) -> Plan:
        """Return the first plan, having demanded a design among the outputs."""
        self._doing("terraform init")
        root.init()
        # Before the plan, which may fail for want of what was dropped.
        self._take(root, fields.check(root, str(self._verifier.route(()).primary)))
        self._doing("planning")
        plan = root.plan(self._variables)
        # A design is there in part if it holds a value that only the apply yields, or else not at all.
        if not any(
            design.is_design(change.after) or change.after is None for change in plan.outputs.values()
        ):
            raise design.missing(self._report.name)
        return plan

    def _first(self, root: Root, route: Route) -> None:
        part = passes.first(self._needs, route, lambda targets: self._made(root, targets))
        if part is None:
            return
        try:
            self._pass(root, route, part)
        except CannotRunError:
            raise
        except LayoutsError as error:
            if not _LACKS.search(error.what):
                raise
            # Not the root's fault: another backend may have the service.
            self._failures.append(error.what)

    def _further(self, tried: list[Backend | None]) -> None:
        """Prove what is left on the backends that can, one after the other."""
        while wanted := self._unproven():
            backend = passes.best(wanted, tried)
            if backend is None:
                return
            tried.append(backend)
            self._doing(f"starting {backend} for what is still unproven")
            try:
                route = self._verifier.route(_all(self._needs), backend)
            except CannotRunError as error:
                self._failures.append(f"{backend} cannot be had: {error.what}")
                continue
            try:
                self._on(route, wanted)
            except CannotRunError:
                # Something died, which is never passed over.
                raise
            except LayoutsError as error:
                # What was found before stands; that this backend adds nothing to it is said with the line.
                self._failures.append(f"{route.primary} did not get that far: {error.what}")

    def _on(self, route: Route, wanted: Collection[Capability]) -> None:
        with self._verifier.root(self._path, route) as root:
            root.init()
            part = passes.further(self._needs, wanted, route, lambda targets: self._made(root, targets))
            if part is not None:
                self._pass(root, route, part)

    def _made(self, root: Root, targets: Collection[str]) -> set[str] | None:
        """Return what a plan with these targets would make; None where Terraform cannot plan it in part."""
        try:
            return set(root.plan(self._variables, sorted(targets)).changes)
        except CannotRunError:
            raise
        except LayoutsError:
            # The whole root can be planned, so the targets are to blame: a for_each over what is left out.
            return None

    def _pass(self, root: Root, route: Route, part: Part) -> None:
        """Apply a part of the root, put it through every check, plan it again, destroy it."""
        on = f" on {route.primary}"
        self._doing(f"applying{on}")
        # The last plan is the one that this part was chosen by.
        root.apply_planned()
        standing = stand(
            root, route, self._report.name, self._verifier.seed, needs=self._needs, whole=part.whole
        )
        operations_file.demand_tables(self._path, standing.declared)
        demand_same_backend(standing)
        again = [key for key, line in self._lines.items() if line.status == "unproven"]
        for title, stage in stages.COMPARISONS:
            self._doing(f"{title}{on}")
            self._take(root, stage(standing))
        unused = standing.only([table for table in standing.tables if table.key not in self._operated])
        for title, stage in stages.OPERATIONS if unused.tables else ():
            self._doing(f"{title}{on}")
            self._take(root, stage(unused))
        self._operated |= {table.key for table in unused.tables}
        demand_same_backend(standing)
        fresh = standing.resources.keys() - self._stood
        self._stood |= standing.resources.keys()
        self._doing(f"planning again{on}")
        self._take(root, drift.check(standing, root.plan(), fresh, again))
        self._doing(f"destroying{on}")
        leaving.unprotect(root, route)
        root.destroy()
        self._take(root, leaving.check(standing))

    def _take(self, root: Root, lines: Iterable[Line]) -> None:
        """Keep the lines of one check; one that another backend has proved or refuted stays as it is."""
        for line in lines:
            if root.token.cancelled:
                raise CancelledError("the run has been stopped")
            self._add(line)

    def _add(self, line: Line) -> None:
        known = self._lines.get(line.key)
        if known is None or (known.status == "unproven" and line.status == "proved"):
            self._lines[line.key] = line

    def _unproven(self) -> set[Capability]:
        """Return the capabilities that lines, or addresses that never stood, still wait for."""
        waiting = {line.capability for line in self._lines.values() if line.status == "unproven"}
        for address in self._needs.keys() - self._stood:
            waiting |= self._needs[address]
        return {capability for capability in waiting if capability}

    def _say_what_never_stood(self, route: Route) -> None:
        for address in sorted(self._needs.keys() - self._stood):
            reasons = route.unproven(self._needs[address])
            why = "; ".join(reasons.values()) or "what it depends on could not be applied"
            self._add(
                Line("", "apply", address, "applied", "not applied", "unproven", str(route.primary), why)
            )

    def _explained(self, line: Line) -> Line:
        """Return an unproven line with what kept other backends from proving it."""
        if line.status != "unproven" or not self._failures:
            return line
        return replace(line, why="; ".join([line.why, *self._failures]))

    def _refused(self, error: LayoutsError) -> None:
        """Report as false what Terraform or the design said no to."""
        backend = str(self._verifier.route(()).primary)
        found = f"{error.what}\n{error.instead}" if error.instead else error.what
        self._add(Line("", "root module", "root module", "applies with a design", found, "false", backend))

    def _doing(self, what: str) -> None:
        self._verifier.watcher.doing(self._report.name, what)

    def _summary(self) -> str:
        if self._report.error:
            return f"could not be judged ({self._report.seconds:.1f} s)"
        counts = ", ".join(
            f"{count} {status}" for status, count in totals(self._report.lines).items() if count
        )
        return f"{counts} ({self._report.seconds:.1f} s)"


def _all(needs: Needs) -> set[Capability]:
    return {capability for needed in needs.values() for capability in needed}
