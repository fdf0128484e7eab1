"""Several root modules against one emulator, in the fastest way that still judges each by itself."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Self, TypeVar

from dynamodb_layouts.errors import LayoutsError
from dynamodb_layouts.terraform import binary, environment, mirror
from dynamodb_layouts.terraform.lifecycle import Root
from dynamodb_layouts.terraform.process import CancelledError, CancelToken
from dynamodb_layouts.terraform.warm import ProviderPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

T = TypeVar("T")

#: Roots at a time, at most. Every one has a provider process of 0.5 GB and keeps a processor busy.
MOST_PARALLEL = 4


class Session:
    """What roots share: Terraform, where providers come from, warm providers, one way to stop them all.

    A context manager; its end is the end of the provider processes.
    """

    def __init__(self, extra: Mapping[str, str], *, token: CancelToken | None = None) -> None:
        """Find Terraform and the AWS provider, which is downloaded where it must be.

        `extra` is the emulator's environment. Raises `CannotRunError` when one of the two cannot be had.
        """
        self.terraform = binary.find()
        self.installation = mirror.find()
        self.token = token or CancelToken()
        self._extra = dict(extra)
        settings = environment.clean(os.environ, {**self.installation.environment, **self._extra})
        self.providers = ProviderPool(mirror.provider(self.installation, self.terraform), settings)

    def __enter__(self) -> Self:
        """Return the session itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the providers."""
        self.providers.close()

    def root(self, path: Path | str) -> Root:
        """Return a copy of the root module in `path` that uses what the session shares."""
        return Root(
            path,
            extra=self._extra,
            providers=self.providers,
            terraform=self.terraform,
            installation=self.installation,
            token=self.token,
        )

    def each(
        self, paths: Iterable[Path | str], work: Callable[[Root], T], parallel: int | None = None
    ) -> list[T | LayoutsError]:
        """Do `work` on every root module, `parallel` at a time, and return what it returned, in order.

        Where `work` raised a `LayoutsError`, that takes the result's place: one root's failure is not
        another's. Each root is destroyed and removed when its work ends. Ctrl-C stops the work, lets every
        root destroy what it had applied, and raises KeyboardInterrupt; a second one ends the destroys, too.
        """

        def one(path: Path | str) -> T | LayoutsError:
            try:
                if self.token.cancelled:
                    raise CancelledError(f"{path} was not begun: the run has been stopped")
                with self.root(path) as root:
                    return work(root)
            except LayoutsError as error:
                return error

        with ThreadPoolExecutor(parallel or parallelism(), thread_name_prefix="root") as threads:
            futures = [threads.submit(one, path) for path in paths]
            try:
                wait(futures)
            except KeyboardInterrupt:
                self._stop(futures)
                raise
        return [future.result() for future in futures]

    def _stop(self, futures: list[Future[T | LayoutsError]]) -> None:
        self.token.cancel()
        try:
            wait(futures)
        except KeyboardInterrupt:
            self.token.kill()
            raise


def parallelism() -> int:
    """Return how many roots to run at a time on this machine: one a processor, `MOST_PARALLEL` at most."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, MOST_PARALLEL)
