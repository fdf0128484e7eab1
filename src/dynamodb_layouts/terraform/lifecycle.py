"""One root module from `init` to `destroy`, in a copy of its own."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import python_terraform
import tftest

from dynamodb_layouts.errors import CannotRunError, LayoutsError
from dynamodb_layouts.terraform import binary, diagnostics, environment, guard, mirror, process, scan
from dynamodb_layouts.terraform.constraints import allows
from dynamodb_layouts.terraform.plan import Plan
from dynamodb_layouts.terraform.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from dynamodb_layouts.terraform.warm import ProviderPool

_FAILED = 1
_CHANGES = 2
_NEEDS_FORMATTING = 3
# How a Go program says that a disk is full.
_FULL = "no space left on device"


class _Runner(tftest.TerraformTest):  # type: ignore[misc]
    """tftest with its own way of running a command replaced.

    The original takes every exit code but 1 and 11 for success, that of a killed Terraform too, and reads
    standard error only after standard output. Its `setup` deletes lock and state files; it is not used.
    """

    def __init__(self, root: Root) -> None:
        super().__init__(str(root.folder), binary=str(root.terraform.path), cache_dir=str(root.folder))
        self._root = root

    def execute_command(self, cmd: str, *cmd_args: str) -> tftest.TerraformCommandOutput:
        finished = self._root.run([cmd, *cmd_args])
        return tftest.TerraformCommandOutput(finished.code, finished.out, finished.err)


class Root:
    """A root module that is applied, planned and destroyed in a scratch copy.

    A context manager: leaving it destroys what is still applied and removes the copy. Every method raises
    `LayoutsError` when Terraform says no (the message carries Terraform's own), `CannotRunError` when
    Terraform or a provider died or could not start, and `CancelledError` when the token stopped it.
    """

    def __init__(  # noqa: PLR0913 - every one has a default that suits
        self,
        path: Path | str,
        *,
        extra: Mapping[str, str] | None = None,
        providers: ProviderPool | None = None,
        terraform: binary.Terraform | None = None,
        installation: mirror.Installation | None = None,
        token: process.CancelToken | None = None,
    ) -> None:
        """Copy the module in `path`.

        `extra` is the emulator's environment. `providers` are warm AWS providers of the same environment;
        without them, or where the module needs another version or several provider configurations, each
        command starts its own. `terraform` and `installation` are found when they are not given.
        """
        self.terraform = terraform or binary.find()
        self.installation = installation or mirror.find()
        self.token = token or process.CancelToken()
        self._providers = providers
        self._extra = dict(extra or {})
        self._environment = self._cleaned()
        self._workspace = Workspace(path)
        self._runner = _Runner(self)
        self._variables = self._workspace.folder / "variables.tfvars.json"
        self._variables.write_text("{}")
        self._plan_file = self._workspace.folder / "plan"
        self._dirty = False

    def __enter__(self) -> Self:
        """Return the root itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Destroy what is still applied, then remove the copy; an error of the body comes first."""
        try:
            if self._dirty:
                self.destroy()
        except LayoutsError as failure:
            if error is None:
                raise
            error.add_note(f"and then its destroy failed: {failure}")
        finally:
            self.close()

    @property
    def source(self) -> Path:
        """The folder that the copy was made of."""
        return self._workspace.source

    @property
    def folder(self) -> Path:
        """The copied root module, where Terraform runs."""
        return self._workspace.root

    @property
    def applied(self) -> bool:
        """Whether an apply has begun that no destroy has undone."""
        return self._dirty

    def init(self) -> None:
        """Install the modules and the providers that the root needs."""
        expected = self._warm_will_do()
        self._init()
        if expected and not self._warm_will_do():
            # A module that is there only now rules the warm provider out: install the package after all.
            self._init()

    def validate(self) -> list[str]:
        """Return what `terraform validate` finds wrong, empty when the root is valid."""
        with self._reachable(["validate"]) as env:
            commands = binary.Commands(self.terraform.path, self.folder, env)
            code, out, err = commands.validate_cmd(json=python_terraform.IsFlagged)
        if code not in (0, _FAILED):
            raise self._died("validate", code, err)
        found = diagnostics.errors(json.loads(out)["diagnostics"])
        if code and not found:
            raise LayoutsError(f"terraform validate of {self.source} failed: {diagnostics.plain(out + err)}")
        return found

    def apply(self, variables: Mapping[str, Any] | None = None, targets: Sequence[str] = ()) -> None:
        """Apply, with values for the root's variables; `targets` limit it to some resource addresses."""
        self._set(variables)
        # Before, not after: an apply that fails or is stopped has made something, too.
        self._dirty = True
        self._runner.apply(json_format=True, tf_var_file=str(self._variables), targets=list(targets))

    def apply_planned(self) -> None:
        """Apply what the last plan found, which spares Terraform the second one that `apply` makes."""
        self._dirty = True
        self.run(["apply", "-json", "-input=false", str(self._plan_file)])

    def plan(self, variables: Mapping[str, Any] | None = None, targets: Sequence[str] = ()) -> Plan:
        """Refresh, plan and return what would change; without `variables`, with those of the last apply.

        `targets` limit it to some resource addresses and what they depend on.
        """
        self._set(variables)
        arguments = [
            "-json",
            "-input=false",
            "-detailed-exitcode",
            f"-out={self._plan_file}",
            f"-var-file={self._variables}",
            *(f"-target={target}" for target in targets),
        ]
        finished = self.run(["plan", *arguments], accepted=(0, _CHANGES))
        drifted = any(
            message.get("type") == "resource_drift" for message in diagnostics.messages(finished.out)
        )
        if finished.code == 0 and not drifted:
            return Plan({}, {}, {})
        return Plan.parse(json.loads(self.run(["show", "-json", str(self._plan_file)]).out))

    def outputs(self) -> dict[str, Any]:
        """Return the values of the root's outputs by name, sensitive ones too."""
        return dict(self._runner.output())

    def state(self) -> dict[str, dict[str, Any]]:
        """Return the attributes of every resource instance in the state, by address."""
        document = json.loads(self.run(["show", "-json"]).out)
        return dict(_instances(document.get("values", {}).get("root_module", {})))

    def destroy(self) -> None:
        """Destroy all that was applied, with the last variables; a cancelled token does not stop it."""
        self._runner.destroy(json_format=True, tf_var_file=str(self._variables))
        self._dirty = False

    def close(self) -> None:
        """Remove the copy and the state in it. Does not destroy."""
        self._workspace.remove()

    def run(self, arguments: Sequence[str], accepted: Sequence[int] = (0,)) -> process.Finished:
        """Run any Terraform command in the copy; raises unless its exit code is one of `accepted`."""
        command = arguments[0]
        with self._reachable(arguments) as env:
            finished = process.run(
                [str(self.terraform.path), *arguments],
                self.folder,
                env,
                self.token,
                spared=command == "destroy",
            )
        if finished.code in accepted:
            return finished
        if finished.code != _FAILED:
            raise self._died(command, finished.code, finished.err)
        said = (
            f"terraform {command} of {self.source} failed: {diagnostics.compact(finished.out, finished.err)}"
        )
        if _FULL in said:
            # No fault of the root's.
            raise CannotRunError(said, "make room, or name a folder on another disk in TMPDIR")
        raise LayoutsError(said)

    def _died(self, command: str, code: int, err: str) -> CannotRunError:
        said = diagnostics.plain(err)
        return CannotRunError(
            f"terraform {command} of {self.source} {guard.describe(code)}{f': {said}' if said else ''}",
            "run it again; what it had applied is destroyed as far as its state tells",
        )

    def _init(self) -> None:
        try:
            with self.installation.lock():
                self._runner.init()
        except CannotRunError:
            raise
        except LayoutsError:
            if self.installation.fallback is None:
                raise
            self.installation = self.installation.fallback
            self._environment = self._cleaned()
            self._init()

    def _cleaned(self) -> dict[str, str]:
        return environment.clean(os.environ, {**self.installation.environment, **self._extra})

    @contextlib.contextmanager
    def _reachable(self, arguments: Sequence[str]) -> Iterator[dict[str, str]]:
        """Yield the environment of one command, with a warm provider lent to it where one will do."""
        providers = self._providers if self._warm_will_do() else None
        if providers is None or arguments[0] == "output":
            yield self._environment
            return
        types = scan.scan(self._modules()).types | self._types_in_state()
        with providers.lease(f"terraform {arguments[0]} of {self.source}") as provider:
            yield self._environment | provider.environment(types)

    def _warm_will_do(self) -> bool:
        """Say whether every module takes the warm provider's version, and they configure it once."""
        if self._providers is None:
            return False
        found = scan.scan(self._modules())
        version = self._providers.binary.version
        return not found.several_configurations and all(
            allows(wanted, version) for wanted in found.aws_versions
        )

    def _modules(self) -> list[Path]:
        """Return the folders of the root and every module under it, as far as they are installed."""
        with contextlib.suppress(OSError, ValueError):
            listed = json.loads((self.folder / ".terraform/modules/modules.json").read_text())
            folders = {(self.folder / module["Dir"]).resolve() for module in listed["Modules"]}
            return sorted(folder for folder in folders | {self.folder} if folder.is_dir())
        return [self.folder]

    def _types_in_state(self) -> set[str]:
        """Return the types of what is applied: the configuration may have dropped them since."""
        with contextlib.suppress(OSError, ValueError):
            state = json.loads((self.folder / "terraform.tfstate").read_text())
            return {resource["type"] for resource in state["resources"]}
        return set()

    def _set(self, variables: Mapping[str, Any] | None) -> None:
        if variables is None:
            return
        unknown = sorted(variables.keys() - scan.variables(self.folder))
        if unknown:
            # In a variables file, Terraform merely warns of it.
            raise LayoutsError(f"{self.source} declares no variable {', '.join(unknown)}", "correct the name")
        self._variables.write_text(json.dumps(dict(variables)))


def fmt_check(path: Path | str) -> list[str]:
    """Return the files below `path` that `terraform fmt` would change; raises `LayoutsError` on bad HCL."""
    terraform = binary.find()
    commands = binary.Commands(terraform.path, Path(path), environment.clean(os.environ))
    flag = python_terraform.IsFlagged
    code, out, err = commands.fmt_cmd(check=flag, recursive=flag, no_color=flag)
    if code not in (0, _NEEDS_FORMATTING):
        raise LayoutsError(f"terraform fmt of {path} failed: {diagnostics.plain(err)}")
    return [str(line) for line in out.split()]


def validate(path: Path | str, providers: ProviderPool | None = None) -> list[str]:
    """Return what `terraform validate` finds wrong in a copy of the root module in `path`."""
    with Root(path, providers=providers) as root:
        root.init()
        return root.validate()


def _instances(module: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in module.get("resources", []):
        yield resource["address"], resource["values"]
    for child in module.get("child_modules", []):
        yield from _instances(child)
