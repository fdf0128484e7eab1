"""A run: its backends, its Terraform sessions, and the roots that are judged side by side."""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from botocore.exceptions import BotoCoreError, ClientError

from dynamodb_layouts.emulators import EmulatorPool, choose
from dynamodb_layouts.errors import CannotRunError
from dynamodb_layouts.terraform import Session, parallelism
from dynamodb_layouts.verify import leaving
from dynamodb_layouts.verify.applied import Applied
from dynamodb_layouts.verify.judgement import Judgement
from dynamodb_layouts.verify.names import Names
from dynamodb_layouts.verify.needs import needs
from dynamodb_layouts.verify.passes import fails
from dynamodb_layouts.verify.progress import Silent, Watcher
from dynamodb_layouts.verify.report import Report, RootReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from types import TracebackType

    from dynamodb_layouts.emulators import Emulator, Route
    from dynamodb_layouts.terraform import Root
    from dynamodb_layouts.verify.needs import Needs

#: Seeds that are drawn: small enough to be typed again.
_SEEDS = 1_000_000
#: Seconds between two looks at whether the emulators still run.
_LOOK = 0.25
#: Looks between two at an endpoint that was given, each a connection to it, and how many must find nothing
#: there before it counts as gone: its user may have started it anew.
_SELDOM = 8
_TIMES = 3


class Verifier:
    """Judges root modules on emulators that it starts when they are needed.

    A context manager: its end is the end of the emulators and providers. Safe to use from several threads.
    """

    def __init__(
        self,
        backend: str = "auto",
        *,
        jobs: int | None = None,
        watcher: Watcher | None = None,
        seed: int | None = None,
    ) -> None:
        """Start nothing yet.

        `backend` holds the tables as far as it can (`auto`, `localstack`, `ministack` or `moto`); what it
        cannot prove is proved on others. `jobs` roots are judged at a time (default: one a processor, four at
        most). `watcher` is told what goes on. Items for access patterns are made from `seed` (default: a
        new one, which the report names).
        """
        self.watcher: Watcher = watcher or Silent()
        self.pool = EmulatorPool(self.watcher.say)
        self.names = Names()
        self.seed = secrets.randbelow(_SEEDS) if seed is None else seed
        self._backend = backend
        self._jobs = jobs or parallelism()
        self._lock = threading.Lock()
        self._sessions: dict[frozenset[tuple[str, str]], tuple[Session, Route]] = {}
        #: The backends that were ended at the end.
        self.ended: tuple[Emulator, ...] = ()
        self._stopped = threading.Event()
        self._closed = threading.Event()
        self._guard = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch over the emulators."""
        self._guard.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End providers and emulators."""
        self._closed.set()
        self._guard.join()
        with self._lock:
            sessions = [session for session, _ in self._sessions.values()]
        for session in sessions:
            session.__exit__(kind, error, trace)
        self.ended = tuple(emulator for emulator in self.pool.emulators if emulator.process is not None)
        self.pool.close()

    def verify(self, paths: Sequence[Path | str], variables: Mapping[str, Any] | None = None) -> Report:
        """Judge the root modules in `paths`, several at a time, each by itself; never raises for one of them.

        KeyboardInterrupt stops the work, lets every root destroy what it had applied, and passes on; a second
        one ends the destroys, too.
        """
        began = time.monotonic()
        # Here rather than in a thread, so that Ctrl-C reaches it while it installs.
        with contextlib.suppress(CannotRunError):
            self.pool.get(self._backend)
        with ThreadPoolExecutor(self._jobs, thread_name_prefix="root") as threads:
            futures = [threads.submit(self.judge, path, variables) for path in paths]
            try:
                wait(futures)
            except KeyboardInterrupt:
                self._stop(futures)
                raise
        return Report([future.result() for future in futures], time.monotonic() - began, self.seed)

    def judge(self, path: Path | str, variables: Mapping[str, Any] | None = None) -> RootReport:
        """Judge one root module, with values for its variables; whatever goes wrong is in the report."""
        return Judgement(self, Path(path).resolve(), str(path), variables).run()

    @contextlib.contextmanager
    def applied(self, path: Path | str, variables: Mapping[str, Any] | None = None) -> Iterator[Applied]:
        """Apply a root module and yield it; it is destroyed at the end.

        It stands on the backend of this run, or, where that one fails at something the root needs, on the
        one that fails at least. Raises `LayoutsError` when it does not apply or puts out no design.
        """
        planned = self.route(())
        with contextlib.ExitStack() as stack:
            root = stack.enter_context(self.root(path, planned))
            root.init()
            needed = needs(root.plan(variables))
            route = self._for_all(needed)
            if route.environment() != planned.environment():
                root.close()
                root = stack.enter_context(self.root(path, route))
                root.init()
                root.plan(variables)
            root.apply_planned()
            yield Applied(root, route, str(path), self.seed, needed)

    def _for_all(self, needed: Needs) -> Route:
        """Return the way for a root that is to stand as a whole."""
        every = {capability for capabilities in needed.values() for capability in capabilities}
        route = self.route(every)
        if fails(needed, route) and route.primary.kind:
            route = self.route(every, choose(every, route.primary.kind))
        return route

    def emulator(self) -> Emulator:
        """Return the backend that holds the tables, started when it is first asked for."""
        return self.pool.get(self._backend)

    def route(self, needed: Collection[str], backend: str | None = None) -> Route:
        """Return the way for what a root needs, with this run's backend or another for DynamoDB."""
        return self.pool.route(needed, backend or self._backend)

    @contextlib.contextmanager
    def root(self, path: Path | str, route: Route) -> Iterator[Root]:
        """Yield a copy of the root module in `path` on a route; what was applied is destroyed at the end.

        Whatever breaks because a backend has died is raised as `CannotRunError` that names the backend.
        """
        session = self._session(route)
        try:
            with session.root(path) as root:
                try:
                    yield root
                finally:
                    if root.applied and _alive(route):
                        leaving.unprotect(root, route)
        except (BotoCoreError, ClientError) as error:
            _check(route)
            raise CannotRunError(f"{route.primary} does not answer as AWS does: {error}") from error
        except Exception:
            _check(route)
            raise

    def _session(self, route: Route) -> Session:
        environment = route.environment()
        with self._lock:
            key = frozenset(environment.items())
            if key not in self._sessions:
                if self._stopped.is_set():
                    raise CannotRunError("the run has been stopped")
                self._sessions[key] = Session(environment), route
            return self._sessions[key][0]

    def _watch(self) -> None:
        """End every Terraform whose backend has died: it would try to reach it for minutes."""
        looks, missed = 0, Counter[str]()
        while not self._closed.wait(_LOOK):
            with self._lock:
                sessions = [entry for entry in self._sessions.values() if not entry[0].token.cancelled]
            looks += 1
            if looks % _SELDOM == 0:
                for emulator in {each for _, route in sessions for each in route.emulators()}:
                    if emulator.pid is None:
                        missed[emulator.endpoint_url] += 1
                        if emulator.alive():
                            missed[emulator.endpoint_url] = 0
            for session, route in sessions:
                if any(
                    missed[emulator.endpoint_url] >= _TIMES if emulator.pid is None else not emulator.alive()
                    for emulator in route.emulators()
                ):
                    session.token.kill()

    def _stop(self, futures: Sequence[Future[RootReport]]) -> None:
        self._stopped.set()
        with self._lock:
            tokens = [session.token for session, _ in self._sessions.values()]
        for future in futures:
            future.cancel()
        for token in tokens:
            token.cancel()
        self.watcher.say("stopping: what has been applied is being destroyed (once more to end at once)")
        try:
            wait(futures)
        except KeyboardInterrupt:
            for token in tokens:
                token.kill()
            raise


def _alive(route: Route) -> bool:
    """Say whether every backend of the route runs."""
    return all(emulator.alive() for emulator in route.emulators())


def _check(route: Route) -> None:
    for emulator in route.emulators():
        emulator.check()
